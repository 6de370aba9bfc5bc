import { createPrivateKey, createPublicKey } from "node:crypto";
import { belongTogether, makePair } from "../../../script/keys/make-pair";

test.each([
  ["rsa", { asymmetricKeyType: "rsa", asymmetricKeyDetails: { modulusLength: 2048 } }],
  ["ecdsa", { asymmetricKeyType: "ec", asymmetricKeyDetails: { namedCurve: "prime256v1" } }],
] as const)("a pair of type %s is one that CloudFront takes", (type, kind) => {
  const { publicPem, privatePem } = makePair(type);
  expect(createPublicKey(publicPem)).toMatchObject(kind);
  expect(createPrivateKey(privatePem)).toMatchObject(kind);
  expect(publicPem).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
});

test("halves are known to belong together, or not", () => {
  const [one, two] = [makePair("ecdsa"), makePair("ecdsa")];
  expect(belongTogether(one.privatePem, one.publicPem)).toBe(true);
  expect(belongTogether(two.privatePem, one.publicPem)).toBe(false);
  expect(belongTogether(one.publicPem, one.publicPem)).toBe(false);
  expect(belongTogether("no key", one.publicPem)).toBe(false);
});
