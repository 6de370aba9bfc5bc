import { randomBytes } from "node:crypto";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CredentialRegistry } from "../../../local/gateway/credentials";
import { OPERATOR, temporaryDirectory } from "./test-gateway";

const CLOUDFRONT = { kind: "service", arn: "cloudfront.amazonaws.com" } as const;

it("gives a principal one key, and finds the principal by it", () => {
  const registry = new CredentialRegistry({ file: join(temporaryDirectory(), "a", "keys.json"), random: randomBytes });
  const key = registry.issue({ principal: OPERATOR });
  expect(key).toEqual({
    accessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
    secretAccessKey: expect.stringMatching(/^[\w+/]{40}$/),
  });
  expect(registry.issue({ principal: { ...OPERATOR } })).toEqual(key);
  expect(registry.lookup(key.accessKeyId)).toMatchObject({ principal: OPERATOR, secretAccessKey: key.secretAccessKey });
  expect(registry.lookup("AKIAOTHER")).toBeUndefined();
});

it("tells the same service apart by what it acts for", () => {
  const registry = new CredentialRegistry({ file: join(temporaryDirectory(), "keys.json"), random: randomBytes });
  const one = registry.issue({ principal: { ...CLOUDFRONT, sourceArn: "arn:one" } });
  const two = registry.issue({ principal: { ...CLOUDFRONT, sourceArn: "arn:two" } });
  expect(one.accessKeyId).not.toBe(two.accessKeyId);
  expect(registry.lookup(two.accessKeyId)?.principal.sourceArn).toBe("arn:two");
});

it("keeps keys over a restart, readable by their owner alone", () => {
  const file = join(temporaryDirectory(), "keys.json");
  const key = new CredentialRegistry({ file, random: randomBytes }).issue({ principal: OPERATOR });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const refuse = (): Buffer => {
    throw new Error("no new key may be made");
  };
  expect(new CredentialRegistry({ file, random: refuse }).issue({ principal: OPERATOR })).toEqual(key);
});

it("names a file that it cannot read", () => {
  const file = join(temporaryDirectory(), "keys.json");
  writeFileSync(file, "[{");
  expect(() => new CredentialRegistry({ file, random: randomBytes })).toThrow(
    new Error(`${file}: not readable as JSON, expected the gateway's access keys; delete it to have new ones made`),
  );
});
