import { Readable } from "node:stream";
import { AwsChunkedDecoder, type AwsChunkedOptions } from "../../../local/gateway/aws-chunked";
import { verifySignature } from "../../../local/gateway/signature-v4";
import { parseSignedRequest } from "../../../local/gateway/signed-request";
import { EXAMPLE_TIME, exampleRegistry } from "./example-key";

async function decode(body: string | Buffer, options: AwsChunkedOptions = {}, step = 7): Promise<string> {
  const bytes = Buffer.from(body);
  const pieces = Array.from({ length: Math.ceil(bytes.length / step) }, (_, index) =>
    bytes.subarray(index * step, (index + 1) * step),
  );
  const decoder = Readable.from(pieces).pipe(new AwsChunkedDecoder(options));
  const parts: Buffer[] = [];
  for await (const part of decoder as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString();
}

const CRC = "x-amz-checksum-crc32";
const trailed = (checksum: string): string => `5\r\nhello\r\n0\r\n${CRC}:${checksum}\r\n\r\n`;

it.each([1, 2, 3, 1000])("takes the frames off, however the bytes arrive (%d at a time)", async (step) => {
  const body = "5\r\nhel\r\n\r\nC\r\n, wide world\r\n0\r\n\r\n";
  expect(await decode(body, { decodedLength: 17 }, step)).toBe("hel\r\n, wide world");
});

it("verifies a trailing checksum", async () => {
  expect(await decode(trailed("NhCmhg=="), { decodedLength: 5, trailers: [CRC] })).toBe("hello");
  await expect(decode(trailed("AAAAAA=="), { trailers: [CRC] })).rejects.toMatchObject({
    code: "BadDigest",
    status: 400,
    message: "The x-amz-checksum-crc32 you specified did not match the calculated checksum.",
  });
  await expect(decode("5\r\nhello\r\n0\r\n\r\n", { trailers: [CRC] })).rejects.toMatchObject({ code: "BadDigest" });
});

it.each([
  ["5\r\nhello\r\n", "the body ended before its last chunk"],
  ["5\r\nhel", "the body ended before its last chunk"],
  ["5\r\nhello\r\n0\r\n\r\n", "x-amz-decoded-content-length is 6, got 5 bytes"],
])("refuses a body that is not whole: %j", async (body, reason) => {
  await expect(decode(body, { decodedLength: 6 })).rejects.toMatchObject({
    code: "IncompleteBody",
    status: 400,
    message: `You did not provide the number of bytes specified by the Content-Length HTTP header: ${reason}.`,
  });
});

it.each([
  ["zz\r\nhello\r\n", "a chunk does not begin with its size in hexadecimal"],
  ["3\r\nhello\r\n0\r\n\r\n", "a chunk is longer than its size says"],
  ["0\r\n\r\nmore\r\n", "data follows the last chunk"],
  ["0\r\nnonsense\r\n\r\n", "a trailer has no colon"],
  ["1".repeat(20_000), "a line of the framing is over 16384 bytes"],
])("refuses framing that is none: %.20s", async (body, reason) => {
  await expect(decode(body)).rejects.toMatchObject({
    code: "InvalidChunkSizeError",
    message: `The aws-chunked body is malformed: ${reason}.`,
  });
});

describe("AWS's example of signed chunks", () => {
  // https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
  const signatures = [
    "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
    "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
    "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
  ];
  const chunk = (size: number, signature = ""): string =>
    `${size.toString(16)};chunk-signature=${signature}\r\n${"a".repeat(size)}\r\n`;
  const body = (letters = "a"): string =>
    (chunk(65_536, signatures[0]) + chunk(1_024, signatures[1]) + chunk(0, signatures[2])).replace(
      "aaaa",
      `aaa${letters}`,
    );

  function verifier() {
    const head = {
      method: "PUT",
      url: "/examplebucket/chunkObject.txt",
      headers: {
        host: "s3.amazonaws.com",
        "x-amz-date": "20130524T000000Z",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
        "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "content-encoding": "aws-chunked",
        "x-amz-decoded-content-length": "66560",
        "content-length": "66824",
        authorization:
          "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request," +
          "SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class," +
          "Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
      },
    };
    const options = { credentials: exampleRegistry(), clock: () => EXAMPLE_TIME };
    const payloadHash = head.headers["x-amz-content-sha256"];
    return verifySignature(head, parseSignedRequest(head)!, { ...options, payloadHash }).chunks;
  }

  it("passes", async () => {
    expect(await decode(body(), { decodedLength: 66_560, verifier: verifier() }, 5_000)).toBe("a".repeat(66_560));
  });

  it("is refused with one byte changed", async () => {
    await expect(decode(body("b"), { verifier: verifier() }, 5_000)).rejects.toMatchObject({
      code: "SignatureDoesNotMatch",
      status: 403,
      message: "The signature of a chunk of the body does not match.",
    });
  });
});
