import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadKeys } from "../../environments/keys";

const spki = (key: KeyObject): string => key.export({ type: "spki", format: "pem" }).toString();
const rsa = (modulusLength: number): string => spki(generateKeyPairSync("rsa", { modulusLength }).publicKey);
const ec = (namedCurve: string): string => spki(generateKeyPairSync("ec", { namedCurve }).publicKey);

function load(files: Record<string, string>) {
  const directory = mkdtempSync(join(tmpdir(), "vod-keys-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  return loadKeys(directory);
}

test("RSA 2048 and ECDSA P-256 keys are taken, in order of name; other files are not keys", () => {
  const { keys, problems } = load({ "b.pem": ec("prime256v1"), "a.pem": rsa(2048), "README.md": "keys" });
  expect([keys.map(({ name }) => name), problems]).toEqual([["a", "b"], []]);
});

test("a private key is refused, and its content is not repeated", () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const { problems } = load({ "a.pem": privateKey.export({ type: "pkcs8", format: "pem" }).toString() });
  expect(problems).toEqual([
    {
      path: "keys/a.pem",
      rule: "must be a public key; take the private key out of the repository and retire it",
      got: "a private key",
    },
  ]);
});

test("keys that CloudFront does not take are refused by kind", () => {
  const { problems } = load({ "a.pem": rsa(1024), "b.pem": ec("secp384r1"), "c.pem": "nonsense" });
  expect(problems.map(({ path, got }) => [path, got])).toEqual([
    ["keys/a.pem", "rsa 1024"],
    ["keys/b.pem", "ec secp384r1"],
    ["keys/c.pem", "nonsense"],
  ]);
});

test("no folder is no keys", () => {
  expect(loadKeys(join(tmpdir(), "there-is-no-such-folder"))).toEqual({ keys: [], problems: [] });
});
