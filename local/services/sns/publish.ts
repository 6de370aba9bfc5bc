import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { AwsError, type Authorize, type Principal } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { Deployment } from "../../terraform/deployment";

export interface PublishOptions {
  readonly deployment: Deployment;
  /** One file of JSON lines a topic, in the place of its subscribers. */
  readonly directory: string;
  readonly authorize: Authorize;
  readonly clock: Clock;
}

/** What subscribers of a topic would be sent. */
export function publishToFiles(
  options: PublishOptions,
): (principal: Principal, topic: string, message: unknown) => void {
  const names = new Set(options.deployment.all("aws_sns_topic").map(({ values }) => String(values.name)));
  return (principal, topic, message) => {
    const name = topic.slice(topic.lastIndexOf(":") + 1);
    if (!names.has(name)) throw new AwsError("NotFound", `Topic does not exist: ${topic}`, 404);
    options.authorize(principal, "sns:Publish", topic);
    mkdirSync(options.directory, { recursive: true });
    const line = JSON.stringify({ time: new Date(options.clock()).toISOString(), message });
    appendFileSync(join(options.directory, `${name}.jsonl`), `${line}\n`);
  };
}
