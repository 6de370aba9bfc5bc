import type { Authorize, Principal } from "../kernel/aws-service";
import type { Clock } from "../kernel/clock";

/**
 * Takes a role and gives who the service then is. `sourceArn` is what the service acts for, where it is known to say so:
 * only then may a trust policy ask for it.
 *
 * @throws AwsError when the role does not trust the service
 */
export type AssumeRole = (
  roleArn: string,
  options?: { readonly sourceArn?: string; readonly session?: string },
) => Principal;

/** A session lasts an hour unless asked otherwise: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const SESSION_MS = 3_600_000;

/** The roles that a service takes, e.g. `mediaconvert.amazonaws.com`; a session is used until it ends. */
export function roleSessions(authorize: Authorize, clock: Clock, service: string): AssumeRole {
  const since = new Map<string, number>();
  return (roleArn, { sourceArn, session } = {}) => {
    const key = `${roleArn} ${sourceArn}`;
    if (clock() - (since.get(key) ?? -SESSION_MS) >= SESSION_MS) {
      const principal: Principal = { kind: "service", arn: service, ...(sourceArn === undefined ? {} : { sourceArn }) };
      authorize(principal, "sts:AssumeRole", roleArn);
      since.set(key, clock());
    }
    return { kind: "role", arn: roleArn, ...(session === undefined ? {} : { session }) };
  };
}
