import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSecretFile, writeSecretFile } from "../../../script/keys/secret-file";

const folder = mkdtempSync(join(tmpdir(), "vod-secret-file-"));
const root = join(folder, "repository");
afterAll(() => rmSync(folder, { recursive: true }));

test("a private half is for its owner's eyes", () => {
  const file = join(folder, "a.pem");
  writeSecretFile(file, "half", root);
  expect([readFileSync(file, "utf8"), statSync(file).mode & 0o777]).toEqual(["half", 0o600]);
  expect(readSecretFile(file)).toBe("half");
});

test("it goes neither into the repository nor over a file nor into a folder that is not there", () => {
  const write = (file: string) => () => writeSecretFile(file, "half", root);
  const inside = join(root, "keys", "a.pem");
  expect(write(inside)).toThrow(
    new Error(`--secret-file ${inside}: must be outside the repository, so that it can never be committed`),
  );
  const there = join(folder, "there.pem");
  write(there)();
  expect(write(there)).toThrow(new Error(`--secret-file ${there}: must not exist yet; choose another name`));
  const nowhere = join(folder, "no", "a.pem");
  expect(write(nowhere)).toThrow(new Error(`--secret-file ${nowhere}: its folder must exist; make it first`));
});

test("a file that is not there is named", () => {
  const file = join(folder, "nothing.pem");
  expect(() => readSecretFile(file)).toThrow(
    new Error(`--secret-file ${file}: must be the private half that "new" wrote, found nothing`),
  );
});
