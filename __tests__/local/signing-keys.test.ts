import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { keysDirectory, openSecrets } from "../../local/secrets";
import { activeKey, addKey, dropKey, privateKeyFor, signWith } from "../../local/signing-keys";
import { temporaryDirectory } from "./gateway/test-gateway";

const PAIR = { publicPem: "public", privatePem: "private" };

test("the first key is the one that the state directory was made with", () => {
  const state = temporaryDirectory();
  const secrets = openSecrets(state);
  expect(privateKeyFor("vod/local/signing/local", state, secrets)).toBe(secrets.signingKey);
  expect(privateKeyFor("vod/local/signing/next", state, secrets)).toBeUndefined();
  expect(privateKeyFor("MediaPackage/vod-local/cdn-identifier", state, secrets)).toBeUndefined();
  expect(activeKey(state)).toBeUndefined();
});

test("another key is kept beside it, its private half for the owner alone, until it is dropped", () => {
  const state = temporaryDirectory();
  const secrets = openSecrets(state);
  addKey(state, "next", PAIR);
  signWith(state, "next");
  expect(readFileSync(join(keysDirectory(state), "next.pem"), "utf8")).toBe("public");
  expect(privateKeyFor("vod/local/signing/next", state, secrets)).toBe("private");
  expect(statSync(join(state, "signing", "next.private.pem")).mode & 0o777).toBe(0o600);
  expect(activeKey(state)).toBe("next");
  dropKey(state, "next");
  expect(privateKeyFor("vod/local/signing/next", state, secrets)).toBeUndefined();
});

test("a key of the same name is not written over", () => {
  const state = temporaryDirectory();
  addKey(state, "next", PAIR);
  expect(() => addKey(state, "next", PAIR)).toThrow(/EEXIST/);
});
