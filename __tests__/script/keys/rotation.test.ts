import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keyRing } from "../../../script/keys/key-ring";
import { makePair } from "../../../script/keys/make-pair";
import { activate, newKey, put, replace, retire, type Deps } from "../../../script/keys/rotation";
import type { SecretState } from "../../../script/keys/signing-secret";

const SETTINGS = `{\n  "region": "eu-west-1",\n  "signing": { "active": "old" }\n}\n`;
const PAIR = makePair("ecdsa");
const make = () => PAIR;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "vod-rotation-"));
  mkdirSync(join(root, "keys", "prod"), { recursive: true });
  mkdirSync(join(root, "environments"));
  writeFileSync(join(root, "keys", "prod", "old.pem"), makePair("rsa").publicPem);
  writeFileSync(join(root, "environments", "prod.json"), SETTINGS);
});
afterEach(() => rmSync(root, { recursive: true }));

function setUp(states: (SecretState | "unknown")[] = ["filled"]) {
  const printed: string[] = [];
  const stored: [string, string][] = [];
  const asked: string[] = [];
  let waits = 0;
  const deps: Deps = {
    environment: "prod",
    ring: keyRing("prod", root, ""),
    secretState: async (name) => {
      asked.push(name);
      return states.length > 1 ? (states.shift() as SecretState) : (states[0] as SecretState);
    },
    putSecret: async (name, pem) => void stored.push([name, pem]),
    wait: async () => void (waits += 1),
    print: (line) => void printed.push(line),
  };
  return { deps, printed, stored, asked, waits: () => waits };
}

const files = () => readdirSync(join(root, "keys", "prod")).sort();
const settings = () => readFileSync(join(root, "environments", "prod.json"), "utf8");

test("new adds the public half alone, and says what the plan will show and what comes next", () => {
  const { deps, printed } = setUp();
  newKey(deps, "2026-11", make, "/secure/p.pem");
  expect(files()).toEqual(["2026-11.pem", "old.pem"]);
  expect(readFileSync(join(root, "keys", "prod", "2026-11.pem"), "utf8")).toBe(PAIR.publicPem);
  expect(settings()).toBe(SETTINGS);
  expect(printed.join("\n")).toBe(`keys/prod/2026-11.pem is the public half, /secure/p.pem the private one.

Next: open a pull request with keys/prod/2026-11.pem. Its plan creates
  aws_cloudfront_public_key.signing_2026_11  aws_secretsmanager_secret.signing_2026_11
and updates aws_cloudfront_key_group.signing; it destroys nothing. Once it is applied:
  npm run keys -- put prod 2026-11 --secret-file /secure/p.pem
  npm run keys -- activate prod 2026-11     when the distribution is deployed everywhere`);
});

test("a name that is taken is refused before a pair is made", () => {
  const { deps } = setUp();
  const never = () => {
    throw new Error("made a pair");
  };
  for (const step of [newKey, replace]) {
    expect(() => step(deps, "old", never, "/s")).toThrow(
      new Error("old is taken: keys/prod has old; choose another name"),
    );
  }
});

test("activate changes which key signs, and nothing else", async () => {
  const { deps, printed, asked } = setUp();
  newKey(deps, "new", make, "/s");
  await activate(deps, "new");
  expect(settings()).toBe(SETTINGS.replace('"old"', '"new"'));
  expect(files()).toEqual(["new.pem", "old.pem"]);
  expect(asked).toEqual(["vod/prod/signing/new"]);
  expect(printed[1]).toMatch(/^environments\/prod.json: signing.active is new in the place of old\.\n/);
});

test.each([
  ["absent", "does not exist: apply the change that trusts the key first"],
  ["empty", "is empty: npm run keys -- put prod new --secret-file FILE first"],
] as const)("a key whose secret is %s does not come to sign", async (state, why) => {
  const { deps } = setUp([state]);
  newKey(deps, "new", make, "/s");
  await expect(activate(deps, "new")).rejects.toThrow(
    new Error(`new cannot sign yet: the secret vod/prod/signing/new ${why}`),
  );
  expect(settings()).toBe(SETTINGS);
});

test("without credentials the step is prepared, and what was not checked is said", async () => {
  const { deps, printed } = setUp(["unknown"]);
  newKey(deps, "new", make, "/s");
  await activate(deps, "new");
  expect(printed[1]).toBe(
    "Not checked, for want of credentials: that vod/prod/signing/new holds the private half. While it is empty, every mint fails.",
  );
});

test("activate refuses a key whose public half is not there, and the one that signs already", async () => {
  const { deps } = setUp();
  await expect(activate(deps, "new")).rejects.toThrow(
    new Error("activate needs a key whose public half is in keys/prod, got new; there are old"),
  );
  await expect(activate(deps, "old")).rejects.toThrow(new Error("old signs already; nothing to do"));
});

test("retire drops a key that signs no more, and refuses the one that does", async () => {
  const { deps } = setUp();
  newKey(deps, "new", make, "/s");
  expect(() => retire(deps, "old")).toThrow(
    new Error("old signs, so it cannot be retired: activate new first, and apply that"),
  );
  await activate(deps, "new");
  retire(deps, "old");
  expect(files()).toEqual(["new.pem"]);
  expect(() => retire(deps, "old")).toThrow(
    new Error("retire needs a key whose public half is in keys/prod, got old; there are new"),
  );
});

test("replace does all of it in one change, with its consequences stated", () => {
  const { deps, printed } = setUp();
  replace(deps, "new", make, "/s");
  expect(files()).toEqual(["new.pem"]);
  expect(settings()).toBe(SETTINGS.replace('"old"', '"new"'));
  expect(printed[0]).toContain("whatever old signed is refused");
  expect(printed[0]).toContain("npm run keys -- put prod new --secret-file /s --wait");
});

describe("put", () => {
  test("fills the secret with the half that belongs to the public one", async () => {
    const { deps, stored, printed } = setUp(["empty"]);
    newKey(deps, "new", make, "/s");
    await put(deps, "new", PAIR.privatePem, false);
    expect(stored).toEqual([["vod/prod/signing/new", PAIR.privatePem]]);
    expect(printed[1]).toBe(
      "vod/prod/signing/new holds the private half of new. Delete the file: nothing else needs it.",
    );
  });

  test("refuses another key's half without showing it", async () => {
    const { deps, stored } = setUp();
    newKey(deps, "new", make, "/s");
    await expect(put(deps, "new", makePair("rsa").privatePem, false)).rejects.toThrow(
      new Error("--secret-file must hold the private half of keys/prod/new.pem, got something else"),
    );
    expect(stored).toEqual([]);
  });

  test("says what to do while the secret is not there, or waits for it", async () => {
    const { deps, stored, waits } = setUp(["absent", "absent", "absent", "empty"]);
    newKey(deps, "new", make, "/s");
    await expect(put(deps, "new", PAIR.privatePem, false)).rejects.toThrow(
      new Error("vod/prod/signing/new does not exist yet: apply the change that trusts new first, or wait with --wait"),
    );
    await put(deps, "new", PAIR.privatePem, true);
    expect([waits(), stored.length]).toEqual([2, 1]);
  });
});

test("nothing that is printed holds a private half", () => {
  const { deps, printed } = setUp();
  newKey(deps, "new", make, "/s");
  replace({ ...deps, ring: keyRing("prod", root, "") }, "newer", make, "/s");
  expect(printed.join("\n")).not.toContain("PRIVATE KEY");
});
