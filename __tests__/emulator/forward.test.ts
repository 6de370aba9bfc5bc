import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { forwardTo } from "../../emulator/forward";
import { call } from "./calls";

interface Seen {
  method?: string;
  url?: string;
  headers: IncomingHttpHeaders;
  body: string;
}

let server: Server;
let endpoint: string;
let seen: Seen;
beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      seen = {
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: Buffer.concat(parts).toString(),
      };
      response.writeHead(409, { etag: '"1"', "x-amz-version-id": "v" }).end("refused");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

test("a request is passed on as the account's, without what the gateway has taken off", async () => {
  const headers = {
    authorization: "AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/s3/aws4_request",
    "content-encoding": "aws-chunked",
    "x-amz-decoded-content-length": "4",
    "x-amz-trailer": "x-amz-checksum-crc32",
    "x-amz-meta-title": "night",
  };
  await call(forwardTo(endpoint, "111111111111", "s3"), "PUT /bucket/a%20b?partNumber=1", { body: "film", headers });
  expect(seen).toMatchObject({ method: "PUT", url: "/bucket/a%20b?partNumber=1", body: "film" });
  expect(seen.headers).toMatchObject({
    authorization: headers.authorization,
    "content-length": "4",
    "x-amz-meta-title": "night",
    "x-moto-account-id": "111111111111",
  });
  expect(Object.keys(seen.headers)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/content-encoding|decoded|trailer/)]),
  );
});

test("the answer is passed back, status and headers with it", async () => {
  const answer = await call(forwardTo(endpoint, "111111111111", "s3"), "GET /bucket");
  expect(answer).toMatchObject({ status: 409, headers: { etag: '"1"', "x-amz-version-id": "v" }, body: "refused" });
});
