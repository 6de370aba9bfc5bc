/** Service part of an ARN: `sqs` of `arn:aws:sqs:eu-west-1:000000000000:dead-letters`. */
export function arnService(arn: string): string {
  return arn.split(":")[2] ?? "";
}

/** Last part of an ARN, after the account: `dead-letters`, `function:name`, `rule/name`. */
export function arnResource(arn: string): string {
  return arn.split(":").slice(5).join(":");
}
