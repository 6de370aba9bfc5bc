import { withOptions } from "../../support/optional";
import { ACCESS } from "../../../stacks/bootstrap/deployers";
import {
  environment,
  everyBootstrap,
  everyStack,
  list,
  resource,
  resourcesOf,
  statements,
  type PolicyStatement,
  type SynthesisedStack,
} from "../../support/synthesised";

/** All statements of a role. */
function policiesOf(stack: SynthesisedStack, role: string): PolicyStatement[] {
  return resourcesOf(stack, "aws_iam_role_policy_attachment")
    .filter(([, attachment]) => attachment.role === `\${aws_iam_role.${role}.name}`)
    .flatMap(([name]) => statements(resource(stack, `aws_iam_policy.${name}`).policy));
}

const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(text);

/** Whether statements let an action happen on a resource, whatever the conditions of those that allow. */
function allows(policy: readonly PolicyStatement[], action: string, arn: string): boolean {
  const about = policy.filter(
    ({ Action, Resource }) =>
      list(Action).some((pattern) => matches(pattern, action)) &&
      list(Resource).some((pattern) => matches(pattern, arn)),
  );
  return about.some(({ Effect }) => Effect === "Allow") && !about.some(({ Effect }) => Effect === "Deny");
}

const dev = everyBootstrap()[0]!;
const { account: A, region: R } = dev.environment;
const roles = Object.fromEntries(["plan", "upload", "apply"].map((role) => [role, policiesOf(dev, role)]));
const may = (role: string, action: string, arn: string): boolean => allows(roles[role] ?? [], action, arn);
const bucket = (name: string): string => `arn:aws:s3:::vod-${name}-dev-${A}-${R}`;

test("every type of the workload has its access, and nothing has that is no type of it", () => {
  const served = Object.values(ACCESS).flatMap((grants) => grants(environment("prod")).flatMap(({ types }) => types));
  const types = new Set([...everyStack(), withOptions()].flatMap(({ document }) => Object.keys(document.resource)));
  expect([...served].sort()).toEqual([...types].sort());
});

/** `[type, argument that names it, action that makes it, ARN]`. */
const NAMED = [
  ["aws_s3_bucket", "bucket", "s3:CreateBucket", (name: string) => `arn:aws:s3:::${name}`],
  ["aws_dynamodb_table", "name", "dynamodb:CreateTable", (name: string) => `arn:aws:dynamodb:${R}:${A}:table/${name}`],
  ["aws_lambda_function", "function_name", "lambda:CreateFunction", (name: string) => `arn:aws:lambda:${R}:${A}:function:${name}`], // prettier-ignore
  ["aws_cloudwatch_log_group", "name", "logs:CreateLogGroup", (name: string) => `arn:aws:logs:${name.startsWith("aws-waf-logs-") ? "us-east-1" : R}:${A}:log-group:${name}`], // prettier-ignore
  ["aws_sqs_queue", "name", "sqs:CreateQueue", (name: string) => `arn:aws:sqs:${R}:${A}:${name}`],
  ["aws_sns_topic", "name", "sns:CreateTopic", (name: string) => `arn:aws:sns:${R}:${A}:${name}`],
  ["aws_cloudwatch_event_rule", "name", "events:PutRule", (name: string) => `arn:aws:events:${R}:${A}:rule/${name}`],
  ["aws_iam_role", "name", "iam:CreateRole", (name: string) => `arn:aws:iam::${A}:role/${name}`],
  ["aws_kms_alias", "name", "kms:CreateAlias", (name: string) => `arn:aws:kms:${name.endsWith("-firewall") ? "us-east-1" : R}:${A}:${name}`], // prettier-ignore
  ["aws_secretsmanager_secret", "name", "secretsmanager:CreateSecret", (name: string) => `arn:aws:secretsmanager:${R}:${A}:secret:${name}-AbCdEf`], // prettier-ignore
  ["aws_cloudformation_stack", "name", "cloudformation:CreateStack", (name: string) => `arn:aws:cloudformation:${R}:${A}:stack/${name}/1-2`], // prettier-ignore
  ["aws_cloudfront_function", "name", "cloudfront:CreateFunction", (name: string) => `arn:aws:cloudfront::${A}:function/${name}`], // prettier-ignore
  ["aws_wafv2_web_acl", "name", "wafv2:CreateWebACL", (name: string) => `arn:aws:wafv2:us-east-1:${A}:global/webacl/${name}/1-2`], // prettier-ignore
  ["aws_wafv2_rule_group", "name", "wafv2:CreateRuleGroup", (name: string) => `arn:aws:wafv2:us-east-1:${A}:global/rulegroup/${name}/1-2`], // prettier-ignore
  ["aws_media_convert_queue", "name", "mediaconvert:CreateQueue", (name: string) => `arn:aws:mediaconvert:${R}:${A}:queues/${name}`], // prettier-ignore
  ["aws_media_packagev2_channel_group", "name", "mediapackagev2:CreateChannelGroup", (name: string) => `arn:aws:mediapackagev2:${R}:${A}:channelGroup/${name}`], // prettier-ignore
] as const;

test.each(NAMED)(
  "apply may make every %s of the workload by its name, and none of another environment",
  (type, argument, action, arn) => {
    for (const stack of everyStack().filter((each) => each.environment.name === "dev")) {
      for (const [, values] of resourcesOf(stack, type)) {
        const name = values[argument] as string;
        expect([name, may("apply", action, arn(name))]).toEqual([name, true]);
        const others = name.replaceAll("dev", "prod");
        expect([others, may("apply", action, arn(others))]).toEqual([others, false]);
      }
    }
  },
);

test("apply may make the stream and the configuration of real-time logs, and none of another environment; plan sees no record", () => {
  const made = (env: string) =>
    [
      ["kinesis:CreateStream", `arn:aws:kinesis:${R}:${A}:stream/vod-edge-now-${env}`],
      ["cloudfront:CreateRealtimeLogConfig", `arn:aws:cloudfront::${A}:realtime-log-config/vod-media-${env}`],
    ] as const;
  expect(made("dev").map(([action, arn]) => may("apply", action, arn))).toEqual([true, true]);
  expect(made("prod").map(([action, arn]) => may("apply", action, arn))).toEqual([false, false]);
  for (const role of ["plan", "apply"]) expect(may(role, "kinesis:GetRecords", made("dev")[0][1])).toBe(false);
});

test("plan changes nothing and sees no media, no signing key, no viewer", () => {
  const verbs = new Set((roles.plan ?? []).filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => list(Action)).map((action) => /:([A-Z][a-z]+|GET)/.exec(action)?.[1])); // prettier-ignore
  expect([...verbs].sort()).toEqual(["Decrypt", "Describe", "GET", "Generate", "Get", "List", "Put", "View"]);
  expect((roles.plan ?? []).filter(({ Action }) => list(Action).some((action) => action.includes(":Put")))).toEqual([
    { Effect: "Allow", Action: ["s3:PutObject"], Resource: [`${bucket("state")}/plans/dev/*`] },
  ]);
  for (const role of ["plan", "apply"]) {
    expect(may(role, "s3:GetObject", `${bucket("source")}/uploads/film.mp4`)).toBe(false);
    expect(may(role, "s3:GetObject", `${bucket("packaged")}/ladder/x/index.m3u8`)).toBe(false);
    const secret = `arn:aws:secretsmanager:${R}:${A}:secret:`;
    expect(may(role, "secretsmanager:GetSecretValue", `${secret}vod/dev/signing/a-AbCdEf`)).toBe(false);
    expect(may(role, "secretsmanager:GetSecretValue", `${secret}MediaPackage/vod-dev/cdn-identifier-AbCdEf`)).toBe(
      true,
    );
    expect(may(role, "dynamodb:Query", `arn:aws:dynamodb:${R}:${A}:table/vod-entitlements-dev`)).toBe(false);
  }
});

test("plan puts a plan that it cannot read back, reads state and reviews, and locks nothing", () => {
  const state = `${bucket("state")}/vod/dev/vod-dev.tfstate`;
  expect(may("plan", "s3:GetObject", state)).toBe(true);
  expect(may("plan", "s3:GetObject", `${bucket("artifacts")}/plans/dev/abc/def.json`)).toBe(true);
  expect(may("plan", "s3:PutObject", `${bucket("state")}/plans/dev/1/abc.tfplan`)).toBe(true);
  for (const [action, arn] of [
    ["s3:GetObject", `${bucket("state")}/plans/dev/1/abc.tfplan`],
    ["s3:PutObject", state],
    ["s3:PutObject", `${state}.tflock`],
    ["s3:GetObject", `${bucket("state")}/vod/dev/vod-bootstrap-dev.tfstate`],
    ["s3:PutObject", `${bucket("artifacts")}/lambda/x/1.zip`],
  ] as const) {
    expect([action, arn, may("plan", action, arn)]).toEqual([action, arn, false]);
  }
});

test("upload adds zips, page files and reviews, and can do nothing else", () => {
  expect(roles.upload).toEqual([
    {
      Effect: "Allow",
      Action: ["s3:PutObject"],
      Resource: ["lambda", "player", "plans/dev"].map((folder) => `${bucket("artifacts")}/${folder}/*`),
    },
    {
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: ["lambda", "player"].map((folder) => `${bucket("artifacts")}/${folder}/*`),
    },
  ]);
});

test("apply writes its state under a lock, keeps records and fetches the approved plan", () => {
  const state = `${bucket("state")}/vod/dev/vod-dev.tfstate`;
  for (const [action, arn] of [
    ["s3:PutObject", state],
    ["s3:PutObject", `${state}.tflock`],
    ["s3:DeleteObject", `${state}.tflock`],
    ["s3:GetObject", `${bucket("state")}/plans/dev/1/abc.tfplan`],
    ["s3:PutObject", `${bucket("state")}/records/dev/20261121T000000Z-1.json`],
    ["s3:GetObject", `${bucket("artifacts")}/lambda/mint-playback/1.zip`],
  ] as const) {
    expect([action, arn, may("apply", action, arn)]).toEqual([action, arn, true]);
  }
  expect(may("apply", "s3:DeleteObject", state)).toBe(false);
});

test("apply cannot change what it is: roles, boundary, provider, stores, their key, the bootstrap's state", () => {
  const iam = `arn:aws:iam::${A}:`;
  for (const [action, arn] of [
    ...["plan", "upload", "apply"].flatMap((role) =>
      ["UpdateAssumeRolePolicy", "PutRolePolicy", "AttachRolePolicy", "DeleteRole", "PassRole"].map(
        (verb) => [`iam:${verb}`, `${iam}role/vod-${role}-dev`] as const,
      ),
    ),
    ["iam:CreatePolicyVersion", `${iam}policy/vod-boundary-dev`],
    ["iam:CreatePolicyVersion", `${iam}policy/vod-apply-limits-dev`],
    ["iam:AttachRolePolicy", `${iam}role/vod-mint-playback-dev`],
    ["iam:DeleteRolePermissionsBoundary", `${iam}role/vod-mint-playback-dev`],
    ["iam:AddClientIDToOpenIDConnectProvider", `${iam}oidc-provider/token.actions.githubusercontent.com`],
    ["iam:CreateUser", `${iam}user/anyone`],
    ["s3:PutBucketPolicy", bucket("state")],
    ["s3:DeleteBucketPolicy", bucket("artifacts")],
    ["s3:PutLifecycleConfiguration", bucket("state")],
    ["s3:DeleteObjectVersion", `${bucket("state")}/vod/dev/vod-dev.tfstate`],
    ["s3:PutObject", `${bucket("state")}/vod/dev/vod-bootstrap-dev.tfstate`],
    ["s3:PutObject", `${bucket("artifacts")}/lambda/x/1.zip`],
    ["kms:ScheduleKeyDeletion", "${aws_kms_key.state.arn}"],
    ["kms:UpdateAlias", `arn:aws:kms:${R}:${A}:alias/vod-dev-state`],
  ] as const) {
    expect([action, arn, may("apply", action, arn)]).toEqual([action, arn, false]);
  }
});

test("apply makes and fills roles only with the boundary, and passes them only to services that Terraform hands them", () => {
  const iam = (roles.apply ?? []).filter(({ Effect, Action }) => Effect === "Allow" && list(Action).some((action) => action.startsWith("iam:"))); // prettier-ignore
  const of = (action: string) => iam.filter(({ Action }) => list(Action).includes(action));
  for (const action of ["iam:CreateRole", "iam:PutRolePolicy", "iam:PutRolePermissionsBoundary"]) {
    expect(of(action).map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { "iam:PermissionsBoundary": `arn:aws:iam::${A}:policy/vod-boundary-dev` } },
    ]);
  }
  expect(of("iam:PassRole").map(({ Condition }) => Condition)).toEqual([
    {
      StringEquals: {
        "iam:PassedToService": ["cloudfront", "firehose", "lambda", "mediapackage"].map((of) => `${of}.amazonaws.com`),
      },
    },
  ]);
  for (const { Action, Resource } of iam) {
    expect(list(Resource)).toEqual([`arn:aws:iam::${A}:role/vod-*-dev`]);
    for (const action of list(Action)) expect(action).not.toContain("*");
  }
});

test("no role is allowed a wildcard of actions, and every resource only where AWS cannot narrow", () => {
  for (const stack of everyBootstrap()) {
    for (const role of ["plan", "upload", "apply"]) {
      for (const { Effect, Action, Resource, Condition } of policiesOf(stack, role)) {
        if (Effect !== "Allow") continue;
        for (const action of list(Action)) expect(action).not.toContain("*");
        if (!list(Resource).includes("*") || Condition) continue;
        for (const action of list(Action)) {
          expect(action).toMatch(
            /^(kms:ListAliases|cognito-idp:DescribeUserPoolDomain|cloudfront:\w+(KeyGroup|PublicKey)|mediapackage-vod:CreatePackaging\w+|logs:\w+(ResourcePolicy|ResourcePolicies|LogDelivery)|cloudtrail:DescribeTrails|logs:(Describe|Put|Delete)QueryDefinitions?)$/,
          );
        }
      }
    }
  }
});
