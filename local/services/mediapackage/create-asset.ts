import { AwsError } from "../../kernel/aws-service";
import { addressHash } from "./domain";
import type { Arns } from "./arns";
import type { Asset } from "./asset";
import { parseSourceArn } from "./source-arn";

export interface CreateAssetRequest {
  readonly id: string;
  readonly packagingGroupId: string;
  readonly sourceArn: string;
  readonly sourceRoleArn: string;
  readonly resourceId?: string;
  readonly tags: Readonly<Record<string, string>>;
}

const REQUIRED = ["id", "packagingGroupId", "sourceArn", "sourceRoleArn"] as const;
const ID = /^[A-Za-z0-9_-]{1,256}$/;
const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/;

/**
 * Validates the body of CreateAsset.
 *
 * @throws AwsError 422 with everything that is wrong
 */
export function parseCreateAsset(body: unknown): CreateAssetRequest {
  const given = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof given[name] === "string" ? given[name] : "");
  const problems = REQUIRED.filter((name) => text(name) === "").map((name) => `${name} is required`);
  if (text("id") !== "" && !ID.test(text("id"))) {
    problems.push(`id must be 1 to 256 letters, digits, - or _, got ${JSON.stringify(text("id"))}`);
  }
  if (text("sourceRoleArn") !== "" && !ROLE.test(text("sourceRoleArn"))) {
    problems.push(`sourceRoleArn must be the ARN of an IAM role, got ${JSON.stringify(text("sourceRoleArn"))}`);
  }
  if (problems.length > 0) throw new AwsError("UnprocessableEntityException", problems.join("; "), 422);
  parseSourceArn(text("sourceArn"));
  return {
    id: text("id"),
    packagingGroupId: text("packagingGroupId"),
    sourceArn: text("sourceArn"),
    sourceRoleArn: text("sourceRoleArn"),
    ...(text("resourceId") && { resourceId: text("resourceId") }),
    tags: (given["tags"] ?? {}) as Record<string, string>,
  };
}

export function newAsset(request: CreateAssetRequest, arns: Arns, now: number): Asset {
  const { id, packagingGroupId, ...rest } = request;
  const arn = arns.asset(id);
  const createdAt = new Date(now).toISOString();
  return { ...rest, id, groupId: packagingGroupId, arn, hash: addressHash("asset", arn), createdAt, status: "QUEUED" };
}
