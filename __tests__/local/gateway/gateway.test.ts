import { request as send, type IncomingHttpHeaders } from "node:http";
import { createServer } from "node:net";
import { Readable } from "node:stream";
import { sha256Hex } from "../../../local/gateway/canonical-request";
import { sign } from "../../../local/gateway/signature-v4";
import { AwsError, type AwsRequest, type AwsResponse, type AwsService } from "../../../local/kernel/aws-service";
import { OPERATOR, REGION, startTestGateway, type TestGateway } from "./test-gateway";

let gateway: TestGateway;
let answer: (request: AwsRequest) => Promise<AwsResponse>;
const service = (name: string): AwsService => ({ name, handle: (request) => answer(request) });
beforeEach(async () => {
  answer = () => Promise.reject(new Error("not expected to be called"));
  gateway = await startTestGateway();
});
afterEach(async () => {
  await gateway.stop();
});

interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly service?: string;
}

/** Sends a request, signed when a service is named. */
function call({
  method = "GET",
  path = "/",
  host = `127.0.0.1:${gateway.port}`,
  headers = {},
  body = "",
  service: to,
}: Call) {
  const hash = sha256Hex(body);
  const options = { credentials: gateway.key, region: REGION, clock: Date.now, payloadHash: hash };
  const signed = to ? sign({ method, host, path, headers }, { ...options, service: to }) : { ...headers, host };
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
    const request = send({ port: gateway.port, host: "127.0.0.1", method, path, headers: signed }, (response) => {
      let text = "";
      response.on("error", reject);
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, text }));
    });
    request.on("error", reject).end(body);
  });
}

const read = async ({ body }: AwsRequest): Promise<string> => {
  let text = "";
  for await (const part of body) text += String(part);
  return text;
};

it("hands a signed request to the service of its scope, with its caller", async () => {
  gateway.register(service("mediaconvert"));
  let seen: AwsRequest | undefined;
  answer = async (request) => {
    seen = request;
    return { status: 201, headers: { "x-seen": "1" }, body: await read(request) };
  };
  const result = await call({
    method: "POST",
    path: "/2017-08-29/jobs/a%20b?x=1%202",
    body: '{"a":1}',
    service: "mediaconvert",
  });
  expect(result).toMatchObject({ status: 201, text: '{"a":1}', headers: { "x-seen": "1" } });
  expect(seen).toMatchObject({
    method: "POST",
    path: "/2017-08-29/jobs/a%20b",
    host: "127.0.0.1",
    principal: OPERATOR,
  });
  expect(seen!.query.get("x")).toBe("1 2");
});

it("answers 503 while a service is not registered", async () => {
  const before = await call({ service: "sqs" });
  expect(before.status).toBe(503);
  expect(JSON.parse(before.text)).toEqual({
    __type: "ServiceUnavailable",
    message: 'no service "sqs" answers at this gateway; there are: none yet, the platform is starting',
  });
  gateway.register(service("s3"));
  expect((await call({ service: "sqs" })).text).toContain("there are: s3");
});

it("writes errors in the protocol of the service", async () => {
  gateway.register(service("s3"), service("secretsmanager"));
  answer = () => Promise.reject(new AwsError("NoSuchThing", "<none> & nowhere", 404));
  const xml = await call({ path: "/b/k", service: "s3" });
  expect(xml.status).toBe(404);
  expect(xml.headers["content-type"]).toBe("application/xml");
  expect(xml.text).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<Error><Code>NoSuchThing<\/Code><Message>&#60;none&#62; &#38; nowhere<\/Message><Resource>\/b\/k<\/Resource><RequestId>.+<\/RequestId><\/Error>$/,
  );
  const json = await call({
    method: "POST",
    headers: { "content-type": "application/x-amz-json-1.1" },
    body: "{}",
    service: "secretsmanager",
  });
  expect(json.headers).toMatchObject({
    "content-type": "application/x-amz-json-1.1",
    "x-amzn-errortype": "NoSuchThing",
  });
  expect(JSON.parse(json.text)).toEqual({ __type: "NoSuchThing", message: "<none> & nowhere" });
});

it("hides a defect from the caller and reports it", async () => {
  gateway.register(service("secretsmanager"));
  const defect = new Error("secret detail");
  answer = () => Promise.reject(defect);
  const result = await call({ method: "POST", service: "secretsmanager" });
  expect(result.status).toBe(500);
  expect(JSON.parse(result.text)).toEqual({
    __type: "InternalFailure",
    message: "We encountered an internal error. Please try again.",
  });
  expect(gateway.defects).toEqual([defect]);
});

it("refuses a body that is not the one that was signed", async () => {
  gateway.register(service("secretsmanager"), service("s3"));
  answer = async (request) => ({ status: 200, body: await read(request) });
  const target = { port: gateway.port, host: "127.0.0.1", method: "POST" };
  const forged = async (to: string): Promise<string> => {
    const options = { credentials: gateway.key, region: REGION, clock: Date.now, payloadHash: sha256Hex("one") };
    const headers = sign({ method: "POST", host: "x", path: "/" }, { ...options, service: to });
    return new Promise((resolve) => {
      send({ ...target, headers }, (response) => {
        let text = "";
        response
          .on("data", (part) => (text += String(part)))
          .on("end", () => resolve(`${response.statusCode} ${text}`));
      }).end("two");
    });
  };
  expect(await forged("secretsmanager")).toMatch(/^403 .*SignatureDoesNotMatch/);
  expect(await forged("s3")).toMatch(/^400 [^]*XAmzContentSHA256Mismatch/);
});

it("says how a request came, and takes one for plaintext that says so", async () => {
  const ways: unknown[] = [];
  gateway.register(service("mediaconvert"));
  answer = async ({ principal }) => {
    ways.push(principal.request);
    return { status: 200 };
  };
  for (const scheme of ["http", "https"]) {
    await call({ path: "/jobs", service: "mediaconvert", headers: { "x-forwarded-proto": scheme } });
  }
  await call({ path: "/jobs", service: "mediaconvert" });
  const from = { "aws:SourceIp": "127.0.0.1" };
  expect(ways).toEqual([{ ...from, "aws:SecureTransport": "false" }, from, from]);
});

it("finds an origin by its host, signed or not", async () => {
  const origin = {
    matches: (host: string) => host === "abc.execute-api.eu-west-1.amazonaws.com",
    handle: service("x").handle,
  };
  gateway.registerOrigin(origin);
  answer = async ({ principal, path }) => ({ status: 200, body: `${principal.kind} ${path}` });
  const host = "ABC.execute-api.eu-west-1.amazonaws.com:80";
  expect((await call({ host, path: "/play/x", headers: { authorization: "Bearer t" } })).text).toBe(
    "anonymous /play/x",
  );
  expect((await call({ host, path: "/play/x", service: "s3" })).text).toBe("user /play/x");
});

it("lets a page call Cognito, which nobody signs, and nothing else", async () => {
  gateway.register(service("cognito-idp"));
  answer = async () => ({ status: 200, body: "{}" });
  const target = { "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth" };
  const result = await call({ method: "POST", headers: target, body: "{}" });
  expect(result).toMatchObject({ status: 200, headers: { "access-control-allow-origin": "*" } });
  const keys = await call({ path: "/eu-west-1_AbC123/.well-known/jwks.json" });
  expect(keys).toMatchObject({ status: 200, headers: { "access-control-allow-origin": "*" } });
  for (const path of ["/oauth2/authorize?client_id=c", "/login", "/logout", "/oauth2/token", "/oauth2/revoke"])
    expect([path, (await call({ path })).status]).toEqual([path, 200]);
  expect((await call({ path: "/oauth2/else" })).text).toContain("there are: cognito-idp");
  const preflight = await call({
    method: "OPTIONS",
    headers: { "access-control-request-method": "POST", "access-control-request-headers": "x-amz-target" },
  });
  expect(preflight).toMatchObject({
    status: 200,
    headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "x-amz-target" },
  });
  const other = await call({
    method: "POST",
    headers: { "x-amz-target": "secretsmanager.GetSecretValue" },
    body: "{}",
  });
  expect(other).toMatchObject({ status: 403, headers: { "x-amzn-errortype": "MissingAuthenticationTokenException" } });
  expect(other.headers["access-control-allow-origin"]).toBeUndefined();
});

it("takes off the connection what a service left unread", async () => {
  gateway.register(service("s3"));
  answer = () => Promise.reject(new AwsError("AccessDenied", "no", 403));
  const body = "x".repeat(4 * 1024 * 1024);
  const results = [await call({ method: "PUT", body, service: "s3" }), await call({ service: "s3" })];
  expect(results.map(({ status }) => status)).toEqual([403, 403]);
});

it("cuts an answer whose stream fails, and closes one whose client leaves", async () => {
  gateway.register(service("s3"));
  answer = async () => ({
    status: 200,
    body: Readable.from(
      (async function* () {
        yield "begun";
        await new Promise((resolve) => setTimeout(resolve, 20));
        throw new Error("disk");
      })(),
    ),
  });
  await expect(call({ service: "s3" })).rejects.toThrow("aborted");

  const endless = new Readable({ read: () => void setImmediate(() => endless.push(Buffer.alloc(65_536))) });
  const closed = new Promise((resolve) => endless.on("close", resolve));
  answer = async () => ({ status: 200, body: endless });
  const headers = sign(
    { method: "GET", host: "x", path: "/" },
    { credentials: gateway.key, region: REGION, clock: Date.now, payloadHash: sha256Hex(""), service: "s3" },
  );
  const request = send({ port: gateway.port, host: "127.0.0.1", headers }, (response) => response.destroy());
  request.on("error", () => undefined).end();
  await closed;
});

it("names a port that is in use", async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => {
    other.listen(0, "127.0.0.1", () => resolve((other.address() as { port: number }).port));
  });
  await expect(startTestGateway({ port })).rejects.toThrow(
    new Error(`gateway: port ${port} of 127.0.0.1 is in use; stop what listens there or choose another`),
  );
  await new Promise((resolve) => other.close(resolve));
});
