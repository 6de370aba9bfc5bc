import { generateKeyPairSync, type KeyObject, verify } from "node:crypto";
import { type CookieRequest, signedCookies } from "../../../handlers/mint-playback/cookies";

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "prime256v1" });

const request = (privateKey: KeyObject, more: Partial<CookieRequest> = {}): CookieRequest => ({
  cdnOrigin: "https://cdn.example.com",
  prefix: "0123abcd",
  expiresAt: 1_900_000_000,
  playerSite: "same-site",
  keyId: "K123",
  privateKey,
  ...more,
});

/** CloudFront's alphabet back to base64. */
const decode = (text: string) => Buffer.from(text.replace(/-/g, "+").replace(/_/g, "=").replace(/~/g, "/"), "base64");
const values = (cookies: string[]) =>
  Object.fromEntries(
    cookies.map((cookie) => (cookie.split(";")[0] ?? "").split(/=(.*)/s).slice(0, 2) as [string, string]),
  );

test.each([
  ["RSA", rsa],
  ["ECDSA", ec],
] as const)("an %s signature over the policy verifies with the public key", (_, pair) => {
  const cookies = values(signedCookies(request(pair.privateKey)));
  const policy = decode(cookies["CloudFront-Policy"] ?? "");
  expect(verify("sha256", policy, pair.publicKey, decode(cookies["CloudFront-Signature"] ?? ""))).toBe(true);
  expect(cookies).toMatchObject({ "CloudFront-Key-Pair-Id": "K123", "CloudFront-Hash-Algorithm": "SHA256" });
});

test("the policy opens one prefix until one instant", () => {
  const cookies = values(signedCookies(request(rsa.privateKey)));
  expect(JSON.parse(decode(cookies["CloudFront-Policy"] ?? "").toString())).toEqual({
    Statement: [
      {
        Resource: "https://cdn.example.com/v1/0123abcd/*",
        Condition: { DateLessThan: { "AWS:EpochTime": 1_900_000_000 } },
      },
    ],
  });
});

test("bound to an address, it opens for that address alone", () => {
  const cookies = values(signedCookies(request(rsa.privateKey, { viewerIpv4: "198.51.100.7" })));
  const policy = JSON.parse(decode(cookies["CloudFront-Policy"] ?? "").toString()) as {
    Statement: { Condition: object }[];
  };
  expect(policy.Statement[0]?.Condition).toEqual({
    DateLessThan: { "AWS:EpochTime": 1_900_000_000 },
    IpAddress: { "AWS:SourceIp": "198.51.100.7/32" },
  });
});

test("every cookie of the signer is set, for the title's path, without an end of its own", () => {
  const cookies = signedCookies(request(rsa.privateKey));
  expect(cookies.map((cookie) => cookie.replace(/=[^;]*;/, ";")).sort()).toEqual(
    ["Hash-Algorithm", "Key-Pair-Id", "Policy", "Signature"].map(
      (name) => `CloudFront-${name}; Path=/v1/0123abcd/; Secure; HttpOnly; SameSite=Lax`,
    ),
  );
});

test("players on another site get cookies that cross sites", () => {
  const [cookie] = signedCookies(request(rsa.privateKey, { playerSite: "cross-site" }));
  expect(cookie).toMatch(/; Path=\/v1\/0123abcd\/; Secure; HttpOnly; SameSite=None; Partitioned$/);
});
