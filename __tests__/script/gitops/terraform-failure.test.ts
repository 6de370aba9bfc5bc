import { LockHeld, terraformFailure } from "../../../script/gitops/terraform-failure";

const CONTEXT = { command: "plan", environment: "dev" };

/** What Terraform 1.11 says, frames and all. */
const LOCK = `
╷
│ Error: Error acquiring the state lock
│
│ Error message: operation error S3: PutObject, https response error StatusCode: 412, api error PreconditionFailed
│ Lock Info:
│   ID:        7f3e0c2a-9f5c-0e0b-7d7e-000000000000
│   Path:      vod-state-dev-111111111111-eu-west-1/vod/dev/vod-dev.tfstate
│   Operation: OperationTypeApply
│   Who:       runner@vm-1
│   Version:   1.11.4
│   Created:   2026-01-02 03:04:05.6 +0000 UTC
│   Info:
│
│ Terraform acquires a state lock to protect the state from being written
│ by multiple users at the same time.
╵`;

describe("what Terraform says when it fails becomes one line", () => {
  it("a held lock: who, since when, and how to break it", () => {
    const failure = terraformFailure(LOCK, CONTEXT);
    expect(failure).toBeInstanceOf(LockHeld);
    expect([failure.exit, failure.message]).toEqual([
      2,
      "the state is locked since 2026-01-02 03:04:05.6 +0000 UTC by runner@vm-1 (OperationTypeApply): see whether that run is still at work; only if it is not: terraform force-unlock 7f3e0c2a-9f5c-0e0b-7d7e-000000000000",
    ]);
  });

  it.each([
    [
      "│ Error: Saved plan is stale\n│\n│ The given plan file can no longer be applied because the state was changed",
      "the saved plan is stale: the state has changed since it was made, so nothing was applied; plan again and have that plan approved",
    ],
    [
      'Error: Error loading state:\nS3 bucket "vod-state-dev-1" does not exist.\n\nThe referenced S3 bucket must have been previously created.',
      "the state bucket vod-state-dev-1 does not exist: make it with npm run bootstrap -- dev",
    ],
    [
      "Error: No valid credential sources found\n\nPlease see https://developer.hashicorp.com",
      "no usable AWS credentials for dev: in a workflow assume the environment's role first, on a laptop set AWS_PROFILE",
    ],
    [
      'Error: No value for required variable\n│\n│   on cdk.tf.json line 9, in variable:\n│    9:     "cdn_identifier": {\n│\n│ The root module input variable "cdn_identifier" is not set',
      "variable cdn_identifier has no value: set TF_VAR_cdn_identifier from the environment's secrets",
    ],
    [
      "Error: Provider dependency changes detected\n\nChanges to the required provider dependencies were detected",
      "the lock file does not fit the providers: write it anew with npm run lock and commit it",
    ],
    [
      "Error: Backend configuration changed\n\nA change in the backend configuration has been detected",
      "the folder was initialised for another backend: remove it and run again",
    ],
    [
      "│ Error: creating Athena WorkGroup (vod-logs-dev): operation error Athena: CreateWorkGroup, https response error StatusCode: 400, api error AccessDeniedException: User: arn:aws:sts::111111111111:assumed-role/vod-apply-dev/run-1 is not authorized to perform: athena:CreateWorkGroup on resource: arn:aws:athena:eu-west-1:111111111111:workgroup/vod-logs-dev because no identity-based policy allows the athena:CreateWorkGroup action",
      "the role may not call athena:CreateWorkGroup: if this version uses more of AWS than the last, an administrator runs npm run bootstrap -- dev from it first; if that finds nothing to do, the action is missing in stacks/bootstrap/access",
    ],
  ])("%s", (said, line) => {
    expect(terraformFailure(said, CONTEXT)).toMatchObject({ message: line, exit: 2 });
  });

  it("anything else: the first error, without frames and short", () => {
    const said = `╷\n│ Error: creating thing\n│\n│ it is\n│ forbidden\n╵\n╷\n│ Error: second\n╵`;
    expect(terraformFailure(said, CONTEXT)).toMatchObject({
      message: "terraform plan failed: creating thing it is forbidden",
      exit: 1,
    });
    expect(terraformFailure(`Error: ${"x".repeat(5_000)}`, CONTEXT).message).toHaveLength(626);
  });
});
