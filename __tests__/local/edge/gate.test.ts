import { getSignedCookies, getSignedUrl } from "@aws-sdk/cloudfront-signer";
import { judge } from "../../../local/edge/gate";
import type { ViewerRequest } from "../../../local/edge/types";
import { keyPair, NOW, viewerRequest } from "./fixture";

const HOST = "127.0.0.1:8443";
const SECONDS = NOW / 1000;
const rsa = keyPair("rsa");
const ec = keyPair("ec");
const keys = new Map([
  ["KRSA", rsa.publicKey],
  ["KEC", ec.publicKey],
]);

const ACCESS_DENIED = { code: "AccessDenied", message: "Access denied" };
const MALFORMED_POLICY = { code: "MalformedPolicy", message: "Malformed Policy" };

type Statement = { Resource?: unknown; Condition: Record<string, unknown> };

function statement(
  condition: Record<string, unknown> = {},
  resource: unknown = `https://${HOST}/v1/title/*`,
): Statement {
  return { Resource: resource, Condition: { DateLessThan: { "AWS:EpochTime": SECONDS + 300 }, ...condition } };
}

interface SignOptions {
  readonly pair?: typeof rsa;
  readonly keyPairId?: string;
  readonly algorithm?: "SHA1" | "SHA256";
}

function cookies(policy: string, { pair = rsa, keyPairId = "KRSA", algorithm }: SignOptions = {}): string {
  const signed = getSignedCookies({ policy, keyPairId, privateKey: pair.privatePem, algorithm });
  return header(signed);
}

const header = (values: object) =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join("; ");
const policyOf = (...statements: Statement[]) => JSON.stringify({ Statement: statements });
const withCookies = (cookie: string, overrides: Partial<ViewerRequest> = {}) =>
  viewerRequest({ path: "/v1/title/index.m3u8", headers: { cookie }, ...overrides });
const decide = (request: ViewerRequest, now = NOW) => judge(request, keys, HOST, now);

function fromUrl(url: string): ViewerRequest {
  const { pathname, search } = new URL(url);
  return viewerRequest({ path: pathname, query: search.slice(1) });
}

describe("a signed request", () => {
  test.each([
    ["RSA and SHA-1", { pair: rsa, keyPairId: "KRSA", algorithm: "SHA1" }],
    ["RSA and SHA-256", { pair: rsa, keyPairId: "KRSA", algorithm: "SHA256" }],
    ["ECDSA and SHA-1", { pair: ec, keyPairId: "KEC", algorithm: "SHA1" }],
    ["ECDSA and SHA-256", { pair: ec, keyPairId: "KEC", algorithm: "SHA256" }],
  ] as const)("is admitted by cookies with a custom policy signed with %s", (_, options) => {
    expect(decide(withCookies(cookies(policyOf(statement()), options)))).toBeUndefined();
  });

  test("is admitted by cookies with a canned policy for exactly that address", () => {
    const signed = getSignedCookies({
      url: `https://${HOST}/v1/title/index.m3u8?a=1`,
      keyPairId: "KEC",
      privateKey: ec.privatePem,
      dateLessThan: new Date(NOW + 60_000).toISOString(),
      algorithm: "SHA256",
    });
    expect(Object.keys(signed)).toContain("CloudFront-Expires");
    expect(decide(withCookies(header(signed), { query: "a=1" }))).toBeUndefined();
    expect(decide(withCookies(header(signed), { query: "a=2" }))).toEqual(ACCESS_DENIED);
    expect(decide(withCookies(header(signed), { query: "a=1" }), NOW + 60_000)).toEqual(ACCESS_DENIED);
  });

  test("is admitted by a signed URL, canned or custom, its own parameters kept in the judged address", () => {
    const url = `https://${HOST}/downloads/film.mp4?size=large`;
    const canned = getSignedUrl({
      url,
      keyPairId: "KRSA",
      privateKey: rsa.privatePem,
      dateLessThan: new Date(NOW + 60_000).toISOString(),
    });
    const custom = getSignedUrl({
      url,
      keyPairId: "KRSA",
      privateKey: rsa.privatePem,
      policy: policyOf(statement({}, `http*://${HOST}/downloads/*size=lar?e`)),
      algorithm: "SHA256",
    });
    expect(decide(fromUrl(canned))).toBeUndefined();
    expect(decide(fromUrl(custom))).toBeUndefined();
    expect(decide(fromUrl(canned.replace("large", "small")))).toEqual(ACCESS_DENIED);
  });

  test("is judged by the URL alone when cookies come with it", () => {
    const good = cookies(policyOf(statement()));
    const request = withCookies(good, { query: "Signature=bad&Key-Pair-Id=KRSA&Expires=99999999999" });
    expect(decide(request)).toEqual(ACCESS_DENIED);
    expect(decide(withCookies(good, { query: "Expires=5" }))).toBeUndefined();
  });

  test("needs no resource in its policy", () => {
    const { Condition } = statement();
    expect(decide(withCookies(cookies(policyOf({ Condition }))))).toBeUndefined();
  });

  test("is admitted from the address range of its policy only", () => {
    const cookie = cookies(policyOf(statement({ IpAddress: { "AWS:SourceIp": "127.0.0.2/32" } })));
    expect(decide(withCookies(cookie, { address: "127.0.0.2" }))).toBeUndefined();
    expect(decide(withCookies(cookie, { address: "127.0.0.3" }))).toEqual(ACCESS_DENIED);
  });

  test("is admitted from the start of its policy until just before the end", () => {
    const cookie = cookies(policyOf(statement({ DateGreaterThan: { "AWS:EpochTime": SECONDS + 10 } })));
    expect(decide(withCookies(cookie), NOW + 9_999)).toEqual(ACCESS_DENIED);
    expect(decide(withCookies(cookie), NOW + 10_000)).toBeUndefined();
    expect(decide(withCookies(cookie), NOW + 299_999)).toBeUndefined();
    expect(decide(withCookies(cookie), NOW + 300_000)).toEqual(ACCESS_DENIED);
  });
});

describe("a request is refused", () => {
  test("with MissingKey without a key pair id", () => {
    const missing = { code: "MissingKey", message: "Missing Key-Pair-Id query parameter or cookie value" };
    expect(decide(viewerRequest({ path: "/v1/title/index.m3u8" }))).toEqual(missing);
    expect(decide(withCookies("CloudFront-Key-Pair-Id="))).toEqual(missing);
  });

  test("with InvalidKey for a key that no group of the behaviour holds", () => {
    const cookie = cookies(policyOf(statement()), { keyPairId: "KOTHER" });
    expect(decide(withCookies(cookie))).toEqual({ code: "InvalidKey", message: "Unknown Key" });
  });

  test("with AccessDenied for another title", () => {
    const cookie = cookies(policyOf(statement()));
    expect(decide(withCookies(cookie, { path: "/v1/other/index.m3u8" }))).toEqual(ACCESS_DENIED);
  });

  test("with AccessDenied for another host in the policy, or plain http", () => {
    const other = cookies(policyOf(statement({}, "https://other.example/v1/title/*")));
    const plain = cookies(policyOf(statement({}, `http://${HOST}/v1/title/*`)));
    expect(decide(withCookies(other))).toEqual(ACCESS_DENIED);
    expect(decide(withCookies(plain))).toEqual(ACCESS_DENIED);
  });

  test("with AccessDenied for a policy that was changed after it was signed", () => {
    const signed = getSignedCookies({ policy: policyOf(statement()), keyPairId: "KRSA", privateKey: rsa.privatePem });
    const wider = cookies(policyOf(statement({}, "*")));
    const stolen = header({ ...signed, "CloudFront-Policy": /CloudFront-Policy=([^;]+)/.exec(wider)?.[1] });
    expect(decide(withCookies(stolen))).toEqual(ACCESS_DENIED);
  });

  test("with AccessDenied for the signature of another key, another hash, or none", () => {
    const policy = policyOf(statement());
    expect(decide(withCookies(cookies(policy, { pair: ec, keyPairId: "KRSA" })))).toEqual(ACCESS_DENIED);
    const sha256 = cookies(policy, { algorithm: "SHA256" });
    expect(decide(withCookies(sha256.replace(/; CloudFront-Hash-Algorithm=SHA256/, "")))).toEqual(ACCESS_DENIED);
    for (const name of ["MD5", "toString", "__proto__"]) {
      const other = sha256.replace("Hash-Algorithm=SHA256", `Hash-Algorithm=${name}`);
      expect([name, decide(withCookies(other))]).toEqual([name, ACCESS_DENIED]);
    }
    expect(decide(withCookies(sha256.replace("=SHA256", "=MD5")))).toEqual(ACCESS_DENIED);
    expect(decide(withCookies(sha256.replace(/CloudFront-Signature=[^;]+; /, "")))).toEqual(ACCESS_DENIED);
  });

  test("with MalformedSignature for a signature that is not CloudFront's base64", () => {
    const cookie = cookies(policyOf(statement())).replace(/(CloudFront-Signature=)[^;]+/, "$1a!b");
    const malformed = { code: "MalformedSignature", message: "Could not unencode Signature" };
    expect(decide(withCookies(cookie))).toEqual(malformed);
  });

  test.each([
    ["two statements", policyOf(statement(), statement())],
    ["no statement", policyOf()],
    ["no end", JSON.stringify({ Statement: [{ Resource: "*", Condition: {} }] })],
    ["an end in quotes", policyOf(statement({ DateLessThan: { "AWS:EpochTime": String(SECONDS + 300) } }))],
    ["a start without a time", policyOf(statement({ DateGreaterThan: {} }))],
    ["an address that is none", policyOf(statement({ IpAddress: { "AWS:SourceIp": "::1/128" } }))],
    ["two resources", policyOf(statement({}, ["*"]))],
    ["text that is not JSON", "{"],
  ])("with MalformedPolicy for a policy with %s", (_, policy) => {
    expect(decide(withCookies(cookies(policy)))).toEqual(MALFORMED_POLICY);
  });

  test("with MalformedPolicy without policy or expiry, or with an expiry that is no number", () => {
    expect(decide(withCookies("CloudFront-Key-Pair-Id=KRSA; CloudFront-Signature=aaaa"))).toEqual(MALFORMED_POLICY);
    const soon = "CloudFront-Key-Pair-Id=KRSA; CloudFront-Signature=aaaa; CloudFront-Expires=soon";
    expect(decide(withCookies(soon))).toEqual(MALFORMED_POLICY);
  });
});
