import { json } from "./json";

/** One statement of an IAM, bucket, key or queue policy. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export function allow(
  actions: readonly string[],
  resources: readonly string[],
  condition?: Statement["Condition"],
): Statement {
  return { Effect: "Allow", Action: actions, Resource: resources, ...(condition ? { Condition: condition } : {}) };
}

export function policyDocument(statements: readonly Statement[]): string {
  return json({ Version: "2012-10-17", Statement: statements });
}

/**
 * Who may assume a role: an AWS service, and, where it says for whom it acts, only on behalf of this account, so that
 * nobody else's resource can have it act here (https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html).
 * `account` is left out for a service that is not known to say it: the condition would then refuse every call.
 */
export function serviceTrust(service: string, account?: string): string {
  const condition = account === undefined ? {} : { Condition: { StringEquals: { "aws:SourceAccount": account } } };
  return policyDocument([{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service }, ...condition }]);
}
