import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { AwsError, type Authorize, type Principal } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { Deployment } from "../../terraform/deployment";
import { encryptionKeys } from "../../terraform/encryption-keys";
import { keyUse } from "../key-use";

export interface PublishOptions {
  readonly deployment: Deployment;
  /** One file of JSON lines a topic, in the place of its subscribers. */
  readonly directory: string;
  readonly authorize: Authorize;
  readonly clock: Clock;
}

/** What subscribers of a topic would be sent; whoever publishes to an encrypted topic uses its key. */
export function publishToFiles(
  options: PublishOptions,
): (principal: Principal, topic: string, message: unknown) => void {
  const { deployment } = options;
  const topics = new Map(deployment.all("aws_sns_topic").map(({ values }) => [String(values.name), values]));
  const { arnOf } = encryptionKeys(deployment);
  return (principal, topic, message) => {
    const [, , , region = deployment.region, , name = ""] = topic.split(":");
    const values = topics.get(name);
    if (!values) throw new AwsError("NotFound", `Topic does not exist: ${topic}`, 404);
    options.authorize(principal, "sns:Publish", topic);
    const key = typeof values.kms_master_key_id === "string" ? arnOf(values.kms_master_key_id) : undefined;
    // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    const useKey = keyUse(options.authorize, deployment.account, region, "sns");
    useKey(principal, key, ["GenerateDataKey", "Decrypt"], { "aws:sns:topicArn": topic });
    mkdirSync(options.directory, { recursive: true });
    const line = JSON.stringify({ time: new Date(options.clock()).toISOString(), message });
    appendFileSync(join(options.directory, `${name}.jsonl`), `${line}\n`);
  };
}
