import { AwsError, type ConditionContext, type Principal } from "../kernel/aws-service";
import type { Judgement } from "./evaluate";
import { shownAs } from "./principals";

/** Why a call was refused, as AWS's messages end (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html). */
export function reasonOf(judgement: Extract<Judgement, { allowed: false }>, action: string): string {
  const { deniedBy, policy } = judgement;
  if (deniedBy) return `with an explicit deny in ${policy === "identity-based policy" ? "an" : "a"} ${policy}`;
  return `because no ${policy} allows the ${action} action`;
}

export interface RefusedCall {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context: ConditionContext;
  readonly reason: string;
}

/** Services of the JSON protocols answer a refusal with 400; those that speak REST with 403. */
const BAD_REQUEST = ["cognito-idp", "dynamodb", "events", "kms", "logs", "secretsmanager", "sqs", "sts"];

/** The refusal in the words and with the code of the service that was asked: of S3, where S3 asked KMS. */
export function refusal({ principal, action, resource, context, reason }: RefusedCall): AwsError {
  const service = askedService(action, context);
  const quoted = action.startsWith("s3:") ? `"${resource}"` : resource;
  const message = `User: ${shownAs(principal)} is not authorized to perform: ${action} on resource: ${quoted} ${reason}`;
  if (service === "s3") return new AwsError("AccessDenied", message, 403);
  const code = service === "sqs" && action.startsWith("kms:") ? "KMS.AccessDeniedException" : "AccessDeniedException";
  return new AwsError(code, message, BAD_REQUEST.includes(service) ? 400 : 403);
}

function askedService(action: string, context: ConditionContext): string {
  const via = context["kms:ViaService"];
  return typeof via === "string" ? (via.split(".")[0] ?? "kms") : (action.split(":")[0] ?? "");
}
