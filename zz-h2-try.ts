import { randomBytes, randomUUID, createHash } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { spawnSync, spawn } from "node:child_process";
import { zipSync } from "fflate";
import { CredentialRegistry } from "/work/main/local/gateway/credentials";
import { startGateway } from "/work/main/local/gateway/gateway";
import { createSqs } from "/work/main/local/services/sqs/sqs";
import { createLambda } from "/work/main/local/services/lambda/lambda";
import { createEventBridge } from "/work/main/local/services/eventbridge/event-bridge";
import { routeTargets } from "/work/main/local/services/eventbridge/targets";
import { createCognito } from "/work/main/local/services/cognito/cognito";
import { createApiGateway } from "/work/main/local/services/api-gateway/api-gateway";
import { systemTimers } from "/work/main/local/services/timers";
(async () => {
const dir = mkdtempSync("/tmp/h2try/s-");
const credentials = new CredentialRegistry({ file: dir + "/c.json", random: randomBytes });
const gateway = await startGateway({ port: 0, credentials, clock: Date.now, newId: randomUUID, onError: (e, r) => console.log("ERR", r, e) });
const G = `127.0.0.1:${gateway.port}`;
const zip = Buffer.from(zipSync({ "index.mjs": Buffer.from(readFileSync("/tmp/h2try/index.mjs")) }));
const parked = "arn:aws:sqs:eu-west-1:000000000000:parked";
const res: Record<string, any> = {
  "aws_sqs_queue.parked": { name: "parked" },
  "aws_lambda_function.w": { function_name: "w", role: "arn:aws:iam::000000000000:role/w", s3_bucket: "b", s3_key: "k", source_code_hash: createHash("sha256").update(zip).digest("base64"), handler: "index.handler", runtime: "nodejs22.x", timeout: 5, memory_size: 256, environment: { variables: { A: "1" } } },
  "aws_lambda_function_event_invoke_config.w": { function_name: "w", destination_config: { on_failure: { destination: parked } } },
  "aws_cloudwatch_event_rule.r": { name: "r", event_pattern: '{"source":["mine"]}' },
  "aws_cloudwatch_event_target.t": { rule: "r", arn: "arn:aws:lambda:eu-west-1:000000000000:function:w" },
  "aws_cognito_user_pool.v": { id: "eu-west-1_Abc", endpoint: G + "/eu-west-1_Abc" },
  "aws_cognito_user_pool_client.c": { id: "client", user_pool_id: "eu-west-1_Abc", explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH"] },
  "aws_apigatewayv2_api.a": { id: "api1", protocol_type: "HTTP" },
  "aws_apigatewayv2_integration.i": { id: "i1", api_id: "api1", integration_uri: "arn:aws:lambda:eu-west-1:000000000000:function:w", payload_format_version: "2.0" },
  "aws_apigatewayv2_authorizer.j": { id: "j1", api_id: "api1", identity_sources: ["$request.header.Authorization"], jwt_configuration: { audience: ["client"], issuer: `https://${G}/eu-west-1_Abc` } },
  "aws_apigatewayv2_route.p": { api_id: "api1", route_key: "POST /play/{id}", target: "integrations/i1", authorization_type: "JWT", authorizer_id: "j1" },
};
const all = Object.entries(res).map(([address, values]) => ({ type: address.split(".")[0]!, name: address.split(".")[1]!, address, values }));
const deployment = { account: "000000000000", region: "eu-west-1", all: (t: string) => all.filter((r) => r.type === t), get: (a: string) => all.find((r) => r.address === a)! };
const authorize = (p: any, a: string, r: string) => console.log("  auth", p.arn, a, r);
const base = { deployment, authorize, clock: Date.now, ids: randomUUID, timers: systemTimers, onLost: (m: string) => console.log("LOST", m) };
const sqs = createSqs({ ...base, directory: dir + "/sqs" });
const lambda = createLambda({ ...base, fetchZip: async () => zip, directory: dir + "/lambda", endpoint: gateway.address, credentialsFor: (arn) => credentials.issue({ principal: { kind: "role", arn } }), send: sqs.send, retryDelayMs: () => 50 });
const events = createEventBridge({ ...base, deliver: routeTargets({ lambda: (p, a, e) => void lambda.invokeAsync(p, a, e) }), deadLetters: sqs.send });
const cognito = createCognito({ ...base, directory: dir + "/cognito" });
const api = createApiGateway({ ...base, invoke: lambda.invoke, jwksFor: cognito.jwksFor, onFailure: (m) => console.log("API", m) });
gateway.register(sqs, lambda, events, cognito);
gateway.registerOrigin(api);
const op = credentials.issue({ principal: { kind: "user", arn: "arn:aws:iam::000000000000:user/op" } });
const env = { ...process.env, AWS_ENDPOINT_URL: gateway.address, AWS_ACCESS_KEY_ID: op.accessKeyId, AWS_SECRET_ACCESS_KEY: op.secretAccessKey, AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-1", AWS_PAGER: "" };
const aws = (...args: string[]) => new Promise<void>((done) => { const c = spawn("aws", args, { env }); let o = ""; c.stdout.on("data", d => o += d); c.stderr.on("data", d => o += d); c.on("close", (code) => { console.log("$ aws", args.join(" "), "->", code, o.trim()); done(); }); });
const url = "https://sqs.eu-west-1.amazonaws.com/000000000000/parked";
await aws("sqs", "list-queues");
await aws("sqs", "send-message", "--queue-url", url, "--message-body", "hi", "--message-attributes", '{"A":{"DataType":"String","StringValue":"x"}}');
await aws("sqs", "receive-message", "--queue-url", url, "--message-attribute-names", "All");
await aws("sqs", "get-queue-attributes", "--queue-url", url, "--attribute-names", "All");
await aws("sqs", "get-queue-url", "--queue-name", "nope");
await aws("sqs", "purge-queue", "--queue-url", url);
await aws("lambda", "invoke", "--function-name", "w", "--payload", '{"ok":1}', "--cli-binary-format", "raw-in-base64-out", dir + "/out.json"); console.log(readFileSync(dir + "/out.json", "utf8"));
await aws("events", "put-events", "--entries", '[{"Source":"mine","DetailType":"d","Detail":"{\\"fail\\":true}"}]');
await events.idle(); await lambda.idle();
await aws("sqs", "receive-message", "--queue-url", url);
await aws("cognito-idp", "admin-create-user", "--user-pool-id", "eu-west-1_Abc", "--username", "bob");
await aws("cognito-idp", "admin-set-user-password", "--user-pool-id", "eu-west-1_Abc", "--username", "bob", "--password", "Secret-123", "--permanent");
await aws("cognito-idp", "initiate-auth", "--auth-flow", "USER_PASSWORD_AUTH", "--client-id", "client", "--auth-parameters", "USERNAME=bob,PASSWORD=wrong");
await aws("cognito-idp", "list-users", "--user-pool-id", "eu-west-1_Abc");
const t = await cognito.tokensFor("bob");
const http = await import("node:http");
const call = (headers: any) => new Promise<void>((done) => { const r = http.request({ host: "127.0.0.1", port: gateway.port, path: "/play/x%20y?a=1", method: "POST", headers: { host: "api1.execute-api.eu-west-1.amazonaws.com", ...headers } }, (res) => { let o = ""; res.on("data", d => o += d); res.on("end", () => { console.log(res.statusCode, res.headers, o); done(); }); }); r.end("{}"); });
await call({}); await call({ authorization: "Bearer " + t.accessToken });
console.log(await (await fetch(gateway.address + "/eu-west-1_Abc/.well-known/jwks.json")).status);
await events.stop(); await lambda.stop(); await gateway.stop();
console.log("stopped");
})();
