import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { secretSigningKey } from "../../../handlers/shared/signing-key";

const pem = (pair: { privateKey: { export(options: { type: "pkcs8"; format: "pem" }): string | Buffer } }) =>
  pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const RSA = pem(generateKeyPairSync("rsa", { modulusLength: 2048 }));
const EC = pem(generateKeyPairSync("ec", { namedCurve: "prime256v1" }));
const ARN = "arn:aws:secretsmanager:eu-west-1:000000000000:secret:signing";

function setup(...answers: (string | undefined | Error)[]) {
  const clock = { now: 0 };
  let calls = 0;
  const send = () => {
    const answer = answers[Math.min(calls, answers.length - 1)];
    calls += 1;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ SecretString: answer });
  };
  const key = secretSigningKey({ send } as unknown as SecretsManagerClient, ARN, () => clock.now);
  return { key, clock, calls: () => calls };
}
const pemOf = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" });

test("the key is fetched and parsed once for many requests, also at once", async () => {
  const { key, calls } = setup(RSA);
  const [first, ...others] = await Promise.all([key(), key(), key()]);
  expect(first && pemOf(first)).toBe(RSA);
  for (const other of [...others, await key()]) expect(other).toBe(first);
  expect(calls()).toBe(1);
});

test("a key that was replaced is picked up within ten minutes", async () => {
  const { key, clock } = setup(RSA, EC);
  expect(pemOf(await key())).toBe(RSA);
  clock.now = 10 * 60_000 - 1;
  expect(pemOf(await key())).toBe(RSA);
  clock.now = 10 * 60_000;
  expect(pemOf(await key())).toBe(EC);
});

test("a fetch that failed is tried again by the next request", async () => {
  const { key } = setup(new Error("throttled"), RSA);
  await expect(key()).rejects.toThrow(new Error("throttled"));
  expect(pemOf(await key())).toBe(RSA);
});

test.each([
  ["no key", "hunter2", "something else"],
  ["nothing", undefined, "something else"],
  ["a larger RSA key", pem(generateKeyPairSync("rsa", { modulusLength: 3072 })), "RSA 3072"],
  ["another curve", pem(generateKeyPairSync("ec", { namedCurve: "secp384r1" })), "ECDSA secp384r1"],
  ["another kind", pem(generateKeyPairSync("ed25519")), "ed25519"],
])("%s in the secret is named, and not shown", async (_, secret, got) => {
  await expect(setup(secret).key()).rejects.toThrow(
    new Error(
      `Secret ${ARN} must hold a private key in PEM, RSA 2048 or ECDSA P-256 as CloudFront takes them, got ${got}`,
    ),
  );
});
