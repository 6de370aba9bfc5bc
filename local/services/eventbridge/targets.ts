import { AwsError, type Principal } from "../../kernel/aws-service";

/** Hands a payload to a target as `principal`; a promise that rejects is a failed attempt. */
export type Deliver = (principal: Principal, targetArn: string, payload: unknown) => Promise<void> | void;

/** Picks the receiver by the service in the target's ARN, e.g. `{ lambda: ..., sqs: ... }`. */
export function routeTargets(receivers: Readonly<Record<string, Deliver>>): Deliver {
  return async (principal, targetArn, payload) => {
    const receiver = receivers[serviceOf(targetArn)];
    if (!receiver) {
      const allowed = Object.keys(receivers).join(", ");
      throw new AwsError("ResourceNotFoundException", `Targets must be of ${allowed}, got ${targetArn}.`);
    }
    await receiver(principal, targetArn, payload);
  };
}

/** `sqs` of `arn:aws:sqs:eu-west-1:000000000000:dead-letters`. */
const serviceOf = (arn: string): string => arn.split(":")[2] ?? "";
