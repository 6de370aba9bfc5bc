import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { Statement } from "../shared/policy";
import { PrivateBucket } from "../shared/private-bucket";
import { keyAliasArn, StorageKey } from "../shared/storage-key";

/** A state that was overwritten by mistake can be fetched back for a year. */
const NONCURRENT_DAYS = 365;
/** Longest that GitHub keeps a job waiting for its approval: https://docs.github.com/en/actions/reference/limits */
const SAVED_PLAN_DAYS = 30;

/**
 * Where Terraform keeps the environment's states, plans that wait for approval, and the record of each apply. All of it
 * may hold secrets in clear, so it has a key of its own. The lock is a file beside the state: nothing to make.
 */
export class StateBucket extends Construct {
  readonly bucket: PrivateBucket;
  readonly key: StorageKey;

  constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
  ) {
    super(scope, id);
    this.key = new StorageKey(this, "state", { environment, description: "Terraform states, saved plans, records" });
    this.key.admit([]);
    this.bucket = new PrivateBucket(this, "state", {
      environment,
      key: this.key,
      keyNames: [keyAliasArn(environment, "state")],
      noncurrentDays: NONCURRENT_DAYS,
      lifecycle: [
        {
          id: "forget-saved-plans",
          status: "Enabled",
          filter: [{ prefix: this.savedPlans }],
          expiration: [{ days: SAVED_PLAN_DAYS }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
        },
      ],
    });
  }

  /** Sets the bucket policy. A saved plan is read by the role that applies it and by nobody else, person or role. */
  admit(applyRole?: string): void {
    this.bucket.admit(applyRole === undefined ? [] : [this.onlyReadBy(applyRole)]);
  }

  private get savedPlans(): string {
    return `plans/${this.environment.name}/`;
  }

  private onlyReadBy(role: string): Statement {
    return {
      Sid: "OnlyApplyReadsSavedPlans",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: `${this.bucket.arn}/${this.savedPlans}*`,
      Condition: { ArnNotEquals: { "aws:PrincipalArn": role } },
    };
  }
}
