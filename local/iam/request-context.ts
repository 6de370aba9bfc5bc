import type { Clock } from "../kernel/clock";
import type { ConditionContext, Principal } from "../kernel/aws-service";
import type { ReadKey } from "./conditions";
import { accountOf } from "./principals";

/** A call that somebody makes of a service. */
export interface Call {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  /** The condition keys that the service itself supplies. */
  readonly context: ConditionContext;
}

/** What is known of the account besides the call. */
export interface Surroundings {
  readonly account: string;
  readonly region: string;
  readonly clock: Clock;
  /** Tags of a resource by ARN. */
  readonly tagsOf: (arn: string) => Readonly<Record<string, string>>;
}

type Source = (call: Call, surroundings: Surroundings) => string | undefined;

/**
 * Keys that every request has
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html), in lower case.
 */
const GLOBAL: Readonly<Record<string, Source>> = {
  "aws:currenttime": (_, { clock }) => new Date(clock()).toISOString(),
  "aws:epochtime": (_, { clock }) => String(Math.floor(clock() / 1000)),
  "aws:principalaccount": ({ principal }) => accountOf(principal),
  "aws:principalarn": ({ principal }) => (accountOf(principal) === undefined ? undefined : principal.arn),
  "aws:principaltype": ({ principal: { kind } }) => ({ role: "AssumedRole", user: "User", anonymous: "Anonymous", service: undefined })[kind], // prettier-ignore
  "aws:principalisawsservice": ({ principal: { kind } }) => String(kind === "service"),
  "aws:principalservicename": ({ principal: { kind, arn } }) => (kind === "service" ? arn : undefined),
  "aws:username": ({ principal: { kind, arn } }) => (kind === "user" ? arn.slice(arn.lastIndexOf("/") + 1) : undefined),
  "aws:requestedregion": (_, { region }) => region,
  "aws:resourceaccount": (_, { account }) => account,
  // The platform speaks http where AWS speaks TLS; what is to count as plaintext says so.
  "aws:securetransport": () => "true",
  "aws:sourcearn": ({ principal }) => principal.sourceArn,
  "aws:sourceaccount": ({ principal: { kind, sourceArn } }, { account }) =>
    kind === "service" && sourceArn !== undefined ? sourceArn.split(":")[4] || account : undefined,
  "aws:viaawsservice": () => "false",
};

const RESOURCE_TAG = "aws:resourcetag/";

/** The condition keys of a call: its own, those of its request, and those that every request has. */
export function readContext(call: Call, surroundings: Surroundings): ReadKey {
  const own = lowerCased({ ...call.principal.request, ...call.context });
  return (key) => {
    const name = key.toLowerCase();
    const given = own.get(name);
    if (given !== undefined) return given;
    const value = name.startsWith(RESOURCE_TAG)
      ? surroundings.tagsOf(call.resource)[key.slice(RESOURCE_TAG.length)]
      : Object.hasOwn(GLOBAL, name)
        ? GLOBAL[name]?.(call, surroundings)
        : undefined;
    return value === undefined ? undefined : [value];
  };
}

function lowerCased(context: ConditionContext): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), [value].flat()]));
}
