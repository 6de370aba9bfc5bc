import type { Environment } from "../../../environments/environment";
import { allow, type Statement } from "../../shared/policy";

/** What Terraform needs of AWS for some of the workload's resources. */
export interface Grant {
  /** Terraform's types that it serves; each type has its grants here or nowhere. */
  readonly types: readonly string[];
  /** ARNs by name of the environment, or as narrow as AWS can tell. */
  readonly on: readonly string[];
  /** To refresh: both roles, plan and apply. */
  readonly read?: readonly string[];
  /** To create, update and destroy: apply alone. */
  readonly change?: readonly string[];
  readonly when?: Statement["Condition"];
}

export function toRead(grants: readonly Grant[]): Statement[] {
  return grants.flatMap(({ read, on, when }) => (read ? [allow(read, on, when)] : []));
}

export function toChange(grants: readonly Grant[]): Statement[] {
  return grants.flatMap(({ read = [], change = [], on, when }) => [allow([...read, ...change], on, when)]);
}

/** The same in the environment's Region and in us-east-1, where the edge is watched and its firewall is. */
export function inBothRegions({ account, region }: Environment, service: string, resource: string): string[] {
  return [...new Set([region, "us-east-1"])].map((place) => `arn:aws:${service}:${place}:${account}:${resource}`);
}

/** `service:Action` of each name. */
export function of(service: string, ...actions: readonly string[]): string[] {
  return actions.map((action) => `${service}:${action}`);
}

/** The provider tags all that it makes: what carries another environment's tag, or none, is not ours. */
export const tagged = (environment: string) => ({ StringEquals: { "aws:ResourceTag/env": environment } });
export const tagging = (environment: string) => ({ StringEquals: { "aws:RequestTag/env": environment } });
