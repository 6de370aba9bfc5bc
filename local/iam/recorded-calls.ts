import type { CallRecord } from "../gateway/call-log";
import type { Principal } from "../kernel/aws-service";
import type { Call } from "./request-context";

/** A record as a call that can be judged again. */
export function callOf({ caller, sourceArn, action, resource, context = {} }: CallRecord): Call {
  return { principal: principalOf(caller, sourceArn), action, resource, context };
}

/** The calls of records, each once: a thousand segments are read in one way. */
export function distinctCalls(records: readonly CallRecord[]): Call[] {
  const calls = records.map(callOf).map((call) => [JSON.stringify(call), call] as const);
  return [...new Map(calls).values()];
}

/** Records out of `calls.jsonl`. */
export function readRecords(lines: string): CallRecord[] {
  return lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as CallRecord);
}

function principalOf(caller: string, sourceArn: string | undefined): Principal {
  const [, kind] = /^arn:[^:]+:iam::\d*:(role|user)\//.exec(caller) ?? [];
  if (kind === "role" || kind === "user") return { kind, arn: caller };
  if (caller === "anonymous") return { kind: "anonymous", arn: caller };
  return { kind: "service", arn: caller, ...(sourceArn === undefined ? {} : { sourceArn }) };
}
