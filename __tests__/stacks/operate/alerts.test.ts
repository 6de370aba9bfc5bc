import { createEventBridge } from "../../../local/services/eventbridge/event-bridge";
import { readStack } from "../../../local/terraform/read-stack";
import { counter, manualTime, recordingAuthorize, unexpected } from "../../local/services/test-kit";
import { environment, resource, synthesised } from "../../support/synthesised";

const stack = synthesised(environment("local"));
const deployment = readStack(stack.file, {
  account: "000000000000",
  region: "eu-west-1",
  edgeHost: "127.0.0.1:8080",
  gatewayHost: "127.0.0.1:4566",
  variables: { api_origin_secret: "a", cdn_identifier: "b" },
});

/** What operators are told of one recorded call. */
async function told(source: string, eventName: string, detail: Record<string, unknown> = {}): Promise<unknown[]> {
  const messages: unknown[] = [];
  const bus = createEventBridge({
    deployment,
    deliver: (_, topic, message) => void messages.push([topic.split(":").slice(3, 6).join(":"), message]),
    deadLetters: unexpected("dead letter"),
    authorize: recordingAuthorize().authorize,
    ...manualTime(),
    ids: counter(),
    onLost: unexpected("loss"),
  });
  const common = {
    eventTime: "2026-01-02T03:04:05Z",
    sourceIPAddress: "192.0.2.1",
    userIdentity: { arn: "arn:aws:iam::000000000000:user/someone" },
  };
  bus.publish({ source, detailType: "AWS API Call via CloudTrail", detail: { ...common, eventName, ...detail } });
  await bus.idle();
  return messages;
}

test("somebody who disables a key is named to the operators, with the section of the runbook", async () => {
  expect(await told("aws.kms", "DisableKey")).toEqual([
    [
      "eu-west-1:000000000000:vod-operators-local",
      "An encryption key was disabled, is to be deleted, or has another policy. arn:aws:iam::000000000000:user/someone called DisableKey from 192.0.2.1 at 2026-01-02T03:04:05Z. Runbook: docs/runbook.md#key-changes",
    ],
  ]);
});

const bucket = "vod-packaged-local-000000000000-eu-west-1";

test.each([
  [
    "secret-changes",
    "aws.secretsmanager",
    "PutSecretValue",
    { requestParameters: { secretId: "vod/local/signing/a" } },
  ],
  ["bucket-changes", "aws.s3", "PutBucketPolicy", { requestParameters: { bucketName: bucket } }],
  ["trail-changes", "aws.cloudtrail", "StopLogging", {}],
  ["policy-changes", "aws.iam", "PutRolePolicy", { requestParameters: { roleName: "vod-mint-playback-local" } }],
  ["distribution-changes", "aws.cloudfront", "UpdateDistribution", {}],
  ["distribution-changes", "aws.cloudfront", "DeletePublicKey", {}],
])("%s: %s %s is told", async (section, source, eventName, detail) => {
  const [[topic, message] = []] = (await told(source, eventName, detail)) as [string, string][];
  const edge = ["aws.iam", "aws.cloudfront"].includes(source);
  expect(topic).toBe(edge ? "us-east-1:000000000000:vod-edge-operators-local" : "eu-west-1:000000000000:vod-operators-local"); // prettier-ignore
  expect(message).toMatch(new RegExp(`Runbook: docs/runbook.md#${section}$`));
});

test.each([
  ["a call that was refused", "aws.kms", "DisableKey", { errorCode: "AccessDenied" }],
  ["what the approved apply does", "aws.cloudfront", "UpdateDistribution", { userIdentity: { sessionContext: { sessionIssuer: { userName: "vod-apply-local" } } } }], // prettier-ignore
  ["another platform's bucket", "aws.s3", "PutBucketPolicy", { requestParameters: { bucketName: "other" } }],
  ["another platform's role", "aws.iam", "PutRolePolicy", { requestParameters: { roleName: "vod-x-prod" } }],
  ["an invalidation", "aws.cloudfront", "CreateInvalidation", {}],
  ["reading", "aws.s3", "GetBucketPolicy", { requestParameters: { bucketName: bucket } }],
])("%s is nobody's business", async (_, source, eventName, detail) => {
  expect(await told(source, eventName, detail)).toEqual([]);
});

test("IAM and CloudFront report in us-east-1, so their rules, queue and topic are there", () => {
  for (const address of ["policy_changes", "distribution_changes"]) {
    expect(resource(stack, `aws_cloudwatch_event_rule.${address}`).provider).toBe("aws.edge");
    expect(resource(stack, `aws_cloudwatch_event_target.${address}`)).toMatchObject({
      provider: "aws.edge",
      arn: "${aws_sns_topic.edge_operators.arn}",
      dead_letter_config: { arn: "${aws_sqs_queue.edge_alerts_dead_letters.arn}" },
    });
  }
  expect(resource(stack, "aws_sqs_queue.edge_alerts_dead_letters").provider).toBe("aws.edge");
  expect(resource(stack, "aws_cloudwatch_event_rule.key_changes").provider).toBeUndefined();
});

test("each topic takes what is meant for it: alarms all, changes the operators', the budget those of the home Region", () => {
  const publishers = (topic: string): unknown =>
    (
      JSON.parse(String(resource(stack, `aws_sns_topic_policy.${topic}`).policy)) as {
        Statement: { Principal: { Service: string } }[];
      }
    ).Statement.map(({ Principal }) => Principal.Service);
  const [alarms, changes, budget] = ["cloudwatch.amazonaws.com", "events.amazonaws.com", "budgets.amazonaws.com"];
  expect(publishers("operators")).toEqual([alarms, changes, budget]);
  expect(publishers("edge_operators")).toEqual([alarms, changes]);
  expect(publishers("pager")).toEqual([alarms]);
  expect(publishers("edge_pager")).toEqual([alarms]);
});
