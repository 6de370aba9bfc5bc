import { withOptions } from "../../support/optional";
import {
  environment,
  everyBootstrap,
  list,
  resource,
  resourcesOf,
  statements,
  synthesised,
  synthesisedBootstrap,
  type Values,
} from "../../support/synthesised";

describe.each(everyBootstrap().map((stack) => [stack.environment.name, stack] as const))(
  "the bootstrap of %s",
  (name, stack) => {
    const { account, region } = stack.environment;

    test.each(["state", "artifacts"])("keeps the bucket %s private, versioned and out of plaintext", (bucket) => {
      expect(resource(stack, `aws_s3_bucket.${bucket}`).bucket).toBe(`vod-${bucket}-${name}-${account}-${region}`);
      expect(resource(stack, `aws_s3_bucket_public_access_block.${bucket}`)).toMatchObject({
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      });
      expect(resource(stack, `aws_s3_bucket_versioning.${bucket}`).versioning_configuration).toEqual({
        status: "Enabled",
      });
      expect(statements(resource(stack, `aws_s3_bucket_policy.${bucket}`).policy)[0]).toMatchObject({
        Sid: "DenyPlaintextTransport",
        Effect: "Deny",
        Principal: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
    });

    test("encrypts the state bucket with a key of its own that rotates", () => {
      expect(resource(stack, "aws_s3_bucket_server_side_encryption_configuration.state").rule).toEqual([
        {
          apply_server_side_encryption_by_default: {
            sse_algorithm: "aws:kms",
            kms_master_key_id: "${aws_kms_key.state.arn}",
          },
          bucket_key_enabled: true,
        },
      ]);
      expect(resource(stack, "aws_kms_key.state")).toMatchObject({ enable_key_rotation: true });
    });

    test("lets Terraform write its state under the key's alias, and under no other key", () => {
      const alias = `arn:aws:kms:${region}:${account}:alias/vod-${name}-state`;
      expect((stack.document.terraform.backend as { s3: Values }).s3).toMatchObject({ kms_key_id: alias });
      const policy = statements(resource(stack, "aws_s3_bucket_policy.state").policy);
      expect(policy.find(({ Sid }) => Sid === "DenyOtherKey")?.Condition?.StringNotEquals).toEqual({
        "s3:x-amz-server-side-encryption-aws-kms-key-id": ["${aws_kms_key.state.arn}", alias],
      });
    });

    test("keeps overwritten states for a year and saved plans for a month", () => {
      const rules = resource(stack, "aws_s3_bucket_lifecycle_configuration.state").rule as Values[];
      expect(rules.find(({ id }) => id === "expire-noncurrent-versions")).toMatchObject({
        noncurrent_version_expiration: [{ noncurrent_days: 365 }],
      });
      expect(rules.find(({ id }) => id === "forget-saved-plans")).toMatchObject({
        filter: [{ prefix: `plans/${name}/` }],
        expiration: [{ days: 30 }],
        noncurrent_version_expiration: [{ noncurrent_days: 1 }],
      });
    });

    test("lets nobody but apply read a saved plan", () => {
      expect(statements(resource(stack, "aws_s3_bucket_policy.state").policy)).toContainEqual({
        Sid: "OnlyApplyReadsSavedPlans",
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        Resource: `\${aws_s3_bucket.state.arn}/plans/${name}/*`,
        Condition: { ArnNotEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/vod-apply-${name}` } },
      });
    });

    test("lets nobody overwrite or delete an artifact", () => {
      const objects = { Effect: "Deny", Principal: "*", Resource: "${aws_s3_bucket.artifacts.arn}/*" };
      expect(statements(resource(stack, "aws_s3_bucket_policy.artifacts").policy).slice(1)).toEqual([
        {
          Sid: "DenyOverwriting",
          Action: "s3:PutObject",
          Condition: { Null: { "s3:if-none-match": "true" }, Bool: { "s3:ObjectCreationOperation": "true" } },
          ...objects,
        },
        { Sid: "DenyDeleting", Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"], ...objects },
      ]);
    });

    test("destroys no bucket, key or provider by a plan", () => {
      for (const type of ["aws_s3_bucket", "aws_kms_key", "aws_iam_openid_connect_provider"]) {
        for (const [id, { lifecycle }] of resourcesOf(stack, type)) {
          expect([type, id, lifecycle]).toEqual([type, id, { prevent_destroy: true }]);
        }
      }
    });

    test.each([
      ["plan", `${name}-plan`, ["_plan.yml"], ["_deploy.yml", "_drift.yml"]],
      ["upload", `${name}-plan`, ["_plan.yml"], ["_deploy.yml"]],
      ["apply", name, [], ["_deploy.yml"]],
    ])(
      "gives the role %s to main's own workflows in %s, to those that run their caller's code for main alone",
      (...row) => {
        const [role, of, forAnyBranch, forMain] = row;
        const github = "token.actions.githubusercontent.com";
        const trust = (files: readonly string[], more: object = {}) => ({
          Effect: "Allow",
          Action: "sts:AssumeRoleWithWebIdentity",
          Principal: { Federated: "${aws_iam_openid_connect_provider.github.arn}" },
          Condition: {
            StringEquals: {
              [`${github}:aud`]: "sts.amazonaws.com",
              [`${github}:repository_id`]: "100000002",
              [`${github}:sub`]: [
                `repo:example-org/vod-platform:environment:${of}`,
                `repo:example-org@100000001/vod-platform@100000002:environment:${of}`,
              ],
              [`${github}:job_workflow_ref`]: files.map(
                (file) => `example-org/vod-platform/.github/workflows/${file}@refs/heads/main`,
              ),
              ...more,
            },
          },
        });
        expect(resource(stack, `aws_iam_role.${role}`).name).toBe(`vod-${role}-${name}`);
        expect(statements(resource(stack, `aws_iam_role.${role}`).assume_role_policy)).toEqual([
          ...(forAnyBranch.length > 0 ? [trust(forAnyBranch)] : []),
          trust(forMain, { [`${github}:ref`]: "refs/heads/main" }),
        ]);
      },
    );

    test("fits every policy into what IAM takes", () => {
      const policies = resourcesOf(stack, "aws_iam_policy");
      for (const [id, { policy }] of policies) expect([id, (policy as string).length < 6144]).toEqual([id, true]);
      const attached = resourcesOf(stack, "aws_iam_role_policy_attachment").map(([, { role }]) => role);
      for (const role of ["plan", "upload", "apply"]) {
        expect(attached.filter((each) => each === `\${aws_iam_role.${role}.name}`).length).toBeLessThanOrEqual(10);
      }
    });
  },
);

test("an account that has GitHub's provider keeps it", () => {
  const of = environment("staging");
  const repository = { ...of.repository!, oidcProvider: "existing" as const };
  const stack = synthesisedBootstrap({ ...of, repository });
  expect(stack.document.resource.aws_iam_openid_connect_provider).toBeUndefined();
  expect(statements(resource(stack, "aws_iam_role.apply").assume_role_policy)[0]?.Principal).toEqual({
    Federated: `arn:aws:iam::${of.account}:oidc-provider/token.actions.githubusercontent.com`,
  });
});

test("without a repository there are buckets and the boundary, and no role", () => {
  const stack = synthesisedBootstrap({ ...environment("dev"), repository: undefined });
  expect(Object.keys(stack.document.resource.aws_s3_bucket ?? {})).toEqual(["artifacts", "state"]);
  expect(Object.keys(stack.document.resource.aws_iam_policy ?? {})).toEqual(["boundary"]);
  expect(stack.document.resource.aws_iam_role).toBeUndefined();
  const sids = statements(resource(stack, "aws_s3_bucket_policy.state").policy).map(({ Sid }) => Sid);
  expect(sids).not.toContain("OnlyApplyReadsSavedPlans");
});

describe("the boundary", () => {
  const of = environment("prod");
  const allowed = statements(resource(synthesisedBootstrap(of), "aws_iam_policy.boundary").policy);

  test("is on every role of the workload, so that apply may make no other", () => {
    for (const [id, role] of resourcesOf(synthesised(of), "aws_iam_role")) {
      expect([id, role.permissions_boundary]).toEqual([id, `arn:aws:iam::${of.account}:policy/vod-boundary-prod`]);
    }
    expect(
      resourcesOf(synthesised(environment("local")), "aws_iam_role").flatMap(
        ([, role]) => role.permissions_boundary ?? [],
      ),
    ).toEqual([]);
  });

  test.each(["mediapackage", "direct"] as const)("lets every handler of %s do what its policy says", (topology) => {
    const within = new Set(allowed.flatMap(({ Action }) => list(Action)));
    const stacks = [synthesised(environment("prod", topology)), withOptions()];
    const asked = stacks
      .flatMap((stack) => resourcesOf(stack, "aws_iam_role_policy"))
      .flatMap(([id, { policy }]) =>
        statements(policy).flatMap(({ Action }) => list(Action).map((action) => [id, action] as const)),
      );
    expect(asked.filter(([, action]) => !within.has(action))).toEqual([]);
  });

  test("allows no change of permissions", () => {
    const iam = allowed.flatMap(({ Action }) => list(Action)).filter((action) => /^(iam|sts|organizations):|\*/.test(action)); // prettier-ignore
    expect(iam).toEqual(["iam:PassRole"]);
  });
});
