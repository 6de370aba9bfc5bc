import { AwsError } from "../../../local/kernel/aws-service";
import { sha256Hex, type RequestHead } from "../../../local/gateway/canonical-request";
import { sign, verifySignature } from "../../../local/gateway/signature-v4";
import { parseSignedRequest } from "../../../local/gateway/signed-request";
import { EXAMPLE_KEY, EXAMPLE_TIME, exampleRegistry } from "./example-key";
import { OPERATOR } from "./test-gateway";

const EMPTY = sha256Hex("");
const credentials = exampleRegistry();
const DAY = 24 * 60 * 60 * 1000;

function verify(head: RequestHead, { payloadHash = "UNSIGNED-PAYLOAD", at = EXAMPLE_TIME } = {}) {
  const signed = parseSignedRequest(head);
  if (!signed) throw new Error("not signed");
  return verifySignature(head, signed, { credentials, clock: () => at, payloadHash }).principal;
}

function signed(path: string, service = "s3"): RequestHead {
  const request = { method: "GET", host: "127.0.0.1:4566", path };
  const options = { credentials: EXAMPLE_KEY, service, region: "eu-west-1", clock: () => EXAMPLE_TIME };
  return { method: "GET", url: path, headers: sign(request, options) };
}

const PRESIGNED =
  "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request" +
  "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host" +
  "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
const presigned = (url = PRESIGNED): RequestHead => ({
  method: "GET",
  url,
  headers: { host: "examplebucket.s3.amazonaws.com" },
});

it("signs AWS's example to AWS's signature, and verifies it", () => {
  const headers = sign(
    { method: "GET", host: "examplebucket.s3.amazonaws.com", path: "/test.txt", headers: { range: "bytes=0-9" } },
    { credentials: EXAMPLE_KEY, service: "s3", region: "us-east-1", clock: () => EXAMPLE_TIME, payloadHash: EMPTY },
  );
  expect(headers.authorization).toBe(
    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, " +
      "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, " +
      "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  );
  expect(verify({ method: "GET", url: "/test.txt", headers }, { payloadHash: EMPTY })).toEqual(OPERATOR);
});

it("verifies AWS's example of a presigned address until it expires", () => {
  expect(verify(presigned())).toEqual(OPERATOR);
  expect(verify(presigned(), { at: EXAMPLE_TIME + DAY })).toEqual(OPERATOR);
  expect(() => verify(presigned(), { at: EXAMPLE_TIME + DAY + 1 })).toThrow("Request has expired");
  expect(() => verify(presigned(), { at: EXAMPLE_TIME - 16 * 60_000 })).toThrow("Request is not yet valid");
});

it("refuses a header of S3's own that the signature does not cover, and no other header", () => {
  const loose = (name: string): RequestHead => {
    const { headers, ...head } = presigned();
    return { ...head, headers: { ...headers, [name]: "public-read" } };
  };
  expect(() => verify(loose("x-amz-acl"))).toThrow(
    new AwsError("AccessDenied", "There were headers present in the request which were not signed", 403),
  );
  expect(verify(loose("content-type"))).toEqual(OPERATOR);
  const { headers, ...head } = signed("/topics", "sns");
  expect(verify({ ...head, headers: { ...headers, "x-amz-user-agent": "x" } })).toEqual(OPERATOR);
});

it.each([
  "/b/a%20b%2Bc%25/%C3%BC",
  "/b/a+b",
  "/b//x/../y/./",
  "/b?list-type=2&prefix=a%2Fb%20c&delimiter=%2F",
  "/b?uploads",
  "/b?b=2&a=1&a=0&A=9",
])("what it signs for S3 it verifies: %s", (path) => {
  expect(verify(signed(path))).toEqual(OPERATOR);
});

it("encodes the path twice and without dot segments for other services", () => {
  const head = signed("/2017-08-29/jobs/a%20b", "mediaconvert");
  expect(verify(head)).toEqual(OPERATOR);
  expect(verify({ ...head, url: "/2017-08-29/./x/../jobs/a%20b" })).toEqual(OPERATOR);
});

describe("refuses", () => {
  const refusal = (call: () => unknown): unknown => {
    try {
      return call();
    } catch (error) {
      const { code, status, message } = error as { code: string; status: number; message: string };
      return { code, status, message };
    }
  };
  const MISMATCH = {
    code: "SignatureDoesNotMatch",
    status: 403,
    message:
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
  };

  it.each([
    ["another method", (head: RequestHead) => ({ ...head, method: "PUT" })],
    ["another path", (head: RequestHead) => ({ ...head, url: "/b/other" })],
    ["a further parameter", (head: RequestHead) => ({ ...head, url: `${head.url}?versionId=1` })],
    ["another host", (head: RequestHead) => ({ ...head, headers: { ...head.headers, host: "evil" } })],
    [
      "a host that is not signed",
      (head: RequestHead) => ({
        ...head,
        headers: { ...head.headers, authorization: head.headers.authorization!.replace("host;", "") },
      }),
    ],
  ])("%s", (_, change) => {
    expect(refusal(() => verify(change(signed("/b/key"))))).toEqual(MISMATCH);
  });

  it("another payload", () => {
    expect(refusal(() => verify(signed("/b/key"), { payloadHash: EMPTY }))).toEqual(MISMATCH);
  });

  it("a key that nobody has", () => {
    const head = signed("/b/key");
    const authorization = head.headers.authorization!.replace("AKIAIOSFODNN7EXAMPLE", "AKIANOBODY");
    expect(refusal(() => verify({ ...head, headers: { ...head.headers, authorization } }))).toEqual({
      code: "InvalidAccessKeyId",
      status: 403,
      message: "The AWS Access Key Id you provided does not exist in our records.",
    });
  });

  it.each([-1, 1])("a clock that is off by more than 15 minutes, either way", (direction) => {
    const edge = EXAMPLE_TIME + direction * 15 * 60_000;
    expect(verify(signed("/b/key"), { at: edge })).toEqual(OPERATOR);
    expect(refusal(() => verify(signed("/b/key"), { at: edge + direction * 1000 }))).toMatchObject({
      code: "RequestTimeTooSkewed",
      status: 403,
    });
  });

  it("a presigned address whose life was stretched, and one of more than a week", () => {
    const stretched = (seconds: string) => presigned(PRESIGNED.replace("Expires=86400", `Expires=${seconds}`));
    expect(refusal(() => verify(stretched("86401")))).toEqual(MISMATCH);
    expect(refusal(() => verify(stretched("604801")))).toEqual({
      code: "AuthorizationHeaderMalformed",
      status: 400,
      message:
        "The authorization is malformed: X-Amz-Expires must be a whole number of seconds from 1 to 604800, got 604801",
    });
  });

  it("a credential that is not of five parts", () => {
    const head = signed("/b/key");
    const authorization = head.headers.authorization!.replace("/s3/aws4_request", "/s3");
    expect(refusal(() => verify({ ...head, headers: { ...head.headers, authorization } }))).toMatchObject({
      code: "AuthorizationHeaderMalformed",
      message:
        "The authorization is malformed: Credential must be KEY/YYYYMMDD/REGION/SERVICE/aws4_request, got AKIAIOSFODNN7EXAMPLE/20130524/eu-west-1/s3",
    });
  });
});

it("takes a bearer token for no signature", () => {
  expect(parseSignedRequest({ method: "GET", url: "/", headers: { authorization: "Bearer x" } })).toBeUndefined();
});
