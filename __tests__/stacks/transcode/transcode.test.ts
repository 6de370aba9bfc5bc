import { jobTemplate } from "../../../job-templates/job-template";
import {
  environment,
  everyStack,
  resource,
  statements,
  synthesised,
  title,
  type Values,
} from "../../support/synthesised";

describe.each(everyStack().map((stack) => [title(stack), stack] as const))("transcoding in %s", (_, stack) => {
  const template = jobTemplate(
    stack.environment.topology,
    stack.environment.ladder,
    stack.environment.transcode.download,
  );

  test("deploys the rendered job template under a name that carries its version, and submits by that name", () => {
    const body = JSON.parse(resource(stack, "aws_cloudformation_stack.job_template").template_body as string);
    const name = `vod-${stack.environment.name}-${template.kind}-${template.version}`;
    expect(body.Resources.JobTemplate.Properties).toMatchObject({ Name: name, SettingsJson: template.settings });
    expect(resource(stack, "aws_lambda_function.submit_transcode").environment).toMatchObject({
      variables: { JOB_TEMPLATE: name, JOB_TEMPLATE_VERSION: template.version },
    });
  });

  test("lets MediaConvert read mezzanines, write ladder and stills, and use each bucket's key for what it does there", () => {
    const { region, topology } = stack.environment;
    const Condition = { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } };
    const ladder = topology === "mediapackage" ? "ladder" : "v1";
    expect(statements(resource(stack, "aws_iam_role_policy.mediaconvert").policy)).toEqual([
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["${aws_s3_bucket.source.arn}/uploads/*"] },
      { Effect: "Allow", Action: ["kms:Decrypt"], Resource: ["${aws_kms_key.source.arn}"], Condition },
      {
        Effect: "Allow",
        Action: ["s3:PutObject"],
        Resource: [ladder, "posters", ...(stack.environment.transcode.download === "none" ? [] : ["downloads"])].map(
          (prefix) => `\${aws_s3_bucket.packaged.arn}/${prefix}/*`,
        ),
      },
      {
        Effect: "Allow",
        Action: ["kms:GenerateDataKey", "kms:Decrypt"],
        Resource: ["${aws_kms_key.packaged.arn}"],
        Condition,
      },
    ]);
  });

  test("may pass MediaConvert's role to MediaConvert only", () => {
    const pass = statements(resource(stack, "aws_iam_role_policy.submit_transcode").policy).filter(({ Action }) =>
      Action.includes("iam:PassRole"),
    );
    expect(pass).toEqual([
      {
        Effect: "Allow",
        Action: ["iam:PassRole"],
        Resource: ["${aws_iam_role.mediaconvert.arn}"],
        Condition: { StringEquals: { "iam:PassedToService": "mediaconvert.amazonaws.com" } },
      },
    ]);
  });

  test("hears of this queue's finished jobs and of no other queue's", () => {
    const pattern = (rule: string) =>
      JSON.parse(resource(stack, `aws_cloudwatch_event_rule.${rule}`).event_pattern as string);
    expect(pattern("transcode_complete").detail).toEqual({
      status: ["COMPLETE"],
      queue: ["${aws_media_convert_queue.vod.arn}"],
    });
    expect(pattern("transcode_failed").detail.status).toEqual(["ERROR", "CANCELED"]);
  });
});

test("a reserved queue states its commitment", () => {
  const dev = environment("dev");
  const reserved = synthesised({
    ...dev,
    transcode: { ...dev.transcode, queue: { plan: "RESERVED", slots: 2, renewal: "EXPIRE" } },
  });
  expect(resource(reserved, "aws_media_convert_queue.vod")).toMatchObject({
    pricing_plan: "RESERVED",
    reservation_plan_settings: { commitment: "ONE_YEAR", renewal_type: "EXPIRE", reserved_slots: 2 },
  });
});

test("packaged media are tiered by access after a week", () => {
  const rules = resource(synthesised(environment("dev")), "aws_s3_bucket_lifecycle_configuration.packaged")
    .rule as Values[];
  expect(rules.find(({ id }) => id === "tier-by-access")?.transition).toEqual([
    { days: 7, storage_class: "INTELLIGENT_TIERING" },
  ]);
});
