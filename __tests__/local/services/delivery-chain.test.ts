import { createHash, randomUUID } from "node:crypto";
import { sign } from "../../../local/gateway/signature-v4";
import { createEventBridge } from "../../../local/services/eventbridge/event-bridge";
import { routeTargets } from "../../../local/services/eventbridge/targets";
import { createLambda } from "../../../local/services/lambda/lambda";
import { createSqs } from "../../../local/services/sqs/sqs";
import { systemTimers } from "../../../local/services/timers";
import { startTestGateway, type TestGateway } from "../gateway/test-gateway";
import { BEGINNING, bundle, ROLE, sha256 } from "./lambda/test-lambda";
import { deploymentOf, recordingAuthorize, temporaryDirectory, unexpected } from "./test-kit";

const directory = temporaryDirectory();
const FUNCTION = "arn:aws:lambda:eu-west-1:000000000000:function:worker";
const PARKED = "arn:aws:sqs:eu-west-1:000000000000:parked";
const zip = bundle(
  'export const handler = async (event: { detail: { key: string } }) => { throw new Error("cannot read " + event.detail.key); };',
);

const deployment = deploymentOf({
  "aws_sqs_queue.parked": { name: "parked" },
  "aws_lambda_function.worker": {
    function_name: "worker",
    role: ROLE,
    s3_bucket: "artifacts",
    s3_key: "worker.zip",
    source_code_hash: sha256(zip),
    handler: "index.handler",
    runtime: "nodejs22.x",
  },
  "aws_lambda_function_event_invoke_config.worker": {
    function_name: "worker",
    maximum_retry_attempts: 1,
    destination_config: { on_failure: { destination: PARKED } },
  },
  "aws_cloudwatch_event_rule.upload": {
    name: "upload",
    event_pattern: JSON.stringify({ detail: { key: [{ suffix: ".mp4" }] } }),
  },
  "aws_cloudwatch_event_target.worker": { rule: "upload", arn: FUNCTION },
});

/** Calls a JSON service over HTTP, signed as the operator. */
async function call(gateway: TestGateway, service: string, target: string, input: object): Promise<unknown> {
  const body = JSON.stringify(input);
  const payloadHash = createHash("sha256").update(body).digest("hex");
  const { host: _host, ...headers } = sign(
    {
      method: "POST",
      host: `127.0.0.1:${gateway.port}`,
      path: "/",
      headers: { "x-amz-target": target, "content-type": "application/x-amz-json-1.0" },
    },
    { credentials: gateway.key, service, region: "eu-west-1", clock: Date.now, payloadHash },
  );
  const response = await fetch(gateway.address, { method: "POST", headers, body });
  return (await response.json()) as unknown;
}

test("an event that a function cannot handle travels from PutEvents over rule, retries and destination to ReceiveMessage", async () => {
  const gateway = await startTestGateway();
  const { authorize, calls } = recordingAuthorize();
  const shared = {
    deployment,
    authorize,
    clock: Date.now,
    ids: randomUUID,
    timers: systemTimers,
    onLost: unexpected("loss"),
  };
  const sqs = createSqs({ ...shared, directory: `${directory}/sqs` });
  const lambda = createLambda({
    ...shared,
    directory: `${directory}/lambda`,
    fetchZip: async () => zip,
    endpoint: gateway.address,
    credentialsFor: () => gateway.key,
    send: sqs.send,
    retryDelayMs: () => 1,
  });
  const deliver = routeTargets({ lambda: (...event) => void lambda.invokeAsync(...event) });
  const events = createEventBridge({ ...shared, deliver, deadLetters: sqs.send });
  gateway.register(sqs, lambda, events);
  try {
    const entry = { Source: "vod", DetailType: "Uploaded", Detail: '{"key":"film.mp4"}' };
    expect(await call(gateway, "events", "AWSEvents.PutEvents", { Entries: [entry] })).toMatchObject({
      FailedEntryCount: 0,
    });
    await events.idle();
    await lambda.idle();
    const url = "https://sqs.eu-west-1.amazonaws.com/000000000000/parked";
    const received = (await call(gateway, "sqs", "AmazonSQS.ReceiveMessage", { QueueUrl: url })) as {
      Messages: { Body: string }[];
    };
    expect(received.Messages.map(({ Body }) => JSON.parse(Body) as unknown)).toMatchObject([
      {
        requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 2 },
        requestPayload: { source: "vod", detail: { key: "film.mp4" } },
        responsePayload: { errorMessage: "cannot read film.mp4" },
      },
    ]);
    expect(calls.map((each) => each.replace(/^\S+[/]/, ""))).toEqual([
      "operator events:PutEvents arn:aws:events:eu-west-1:000000000000:event-bus/default",
      `events.amazonaws.com lambda:InvokeFunction ${FUNCTION}`,
      ...BEGINNING.map((each) => each.replace(/^\S+[/]/, "")),
      `worker sqs:SendMessage ${PARKED}`,
      `operator sqs:ReceiveMessage ${PARKED}`,
    ]);
    expect(gateway.defects).toEqual([]);
  } finally {
    await events.stop();
    await lambda.stop();
    await gateway.stop();
  }
});
