import type { Decide } from "../gateway/call-log";
import type { Clock } from "../kernel/clock";
import type { Deployment } from "../terraform/deployment";
import { evaluate } from "./evaluate";
import { readPolicies, tagsByArn, type PoliciesOptions } from "./policies";
import { reasonOf } from "./refusal";
import type { Surroundings } from "./request-context";

/** Judges every call by the policies of the synthesised stack, compiled once. */
export function createJudge(deployment: Deployment, clock: Clock, options?: PoliciesOptions): Decide {
  const policies = readPolicies(deployment, options);
  const surroundings = surroundingsOf(deployment, clock);
  return (principal, action, resource, context) => {
    const judgement = evaluate({ principal, action, resource, context }, policies, surroundings);
    return judgement.allowed ? { allowed: true } : { allowed: false, reason: reasonOf(judgement, action) };
  };
}

export function surroundingsOf(deployment: Deployment, clock: Clock): Surroundings {
  const { account, region } = deployment;
  return { account, region, clock, tagsOf: tagsByArn(deployment) };
}
