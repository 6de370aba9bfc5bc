import type { CloudformationStack } from "@cdktf/provider-aws/lib/cloudformation-stack";
import { MediaConvertQueue } from "@cdktf/provider-aws/lib/media-convert-queue";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { RecordFailureEnv } from "../../handlers/record-failure/contract";
import type { SubmitTranscodeEnv } from "../../handlers/submit-transcode/contract";
import { type JobTemplate, jobTemplate } from "../../job-templates/job-template";
import type { Ingest } from "../ingest/ingest";
import type { Catalogue } from "../shared/catalogue";
import { EventRoute } from "../shared/event-route";
import { type FunctionContext, HandlerFunction } from "../shared/handler-function";
import { allow } from "../shared/policy";
import { PrivateBucket } from "../shared/private-bucket";
import { StorageKey } from "../shared/storage-key";
import { typedCloudFormation } from "../shared/typed-cloudformation";
import { MediaConvertRole } from "./mediaconvert-role";

export interface TranscodeProps {
  readonly context: FunctionContext;
  readonly ingest: Ingest;
  readonly catalogue: Catalogue;
}

/** Transcode: each mezzanine becomes an aligned adaptive ladder in the packaged bucket, by a versioned job template. */
export class Transcode extends Construct {
  readonly packaged: PrivateBucket;
  readonly packagedKey: StorageKey;
  readonly submit: HandlerFunction<SubmitTranscodeEnv>;
  readonly recordFailure: HandlerFunction<RecordFailureEnv>;
  private readonly queue: MediaConvertQueue;
  private readonly template: JobTemplate;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TranscodeProps,
  ) {
    super(scope, id);
    const { environment } = props.context;
    this.packagedKey = new StorageKey(this, "packaged", { environment, description: "Packaged media" });
    this.packaged = new PrivateBucket(this, "packaged", {
      environment,
      key: this.packagedKey,
      lifecycle: [
        {
          id: "tier-by-access",
          status: "Enabled",
          filter: [{ prefix: "" }],
          transition: [{ days: 7, storageClass: "INTELLIGENT_TIERING" }],
        },
      ],
    });
    this.template = jobTemplate(environment.topology, environment.ladder, environment.transcode.download);
    this.queue = this.makeQueue(environment);
    this.deployTemplate(environment);
    this.submit = this.makeSubmit(environment);
    this.recordFailure = this.makeRecordFailure(environment);
  }

  /** The event pattern of this queue's finished jobs. */
  finished(...statuses: ("COMPLETE" | "ERROR" | "CANCELED")[]): unknown {
    return {
      source: ["aws.mediaconvert"],
      "detail-type": ["MediaConvert Job State Change"],
      detail: { status: statuses, queue: [this.queue.arn] },
    };
  }

  private makeQueue({ name, transcode: { queue } }: Environment): MediaConvertQueue {
    return new MediaConvertQueue(this, "vod", {
      name: `vod-${name}`,
      pricingPlan: queue.plan,
      ...(queue.plan === "RESERVED" && {
        reservationPlanSettings: {
          commitment: "ONE_YEAR",
          renewalType: queue.renewal ?? "EXPIRE",
          reservedSlots: queue.slots ?? 1,
        },
      }),
    });
  }

  private templateName({ name }: Environment): string {
    return `vod-${name}-${this.template.kind}-${this.template.version}`;
  }

  private deployTemplate(environment: Environment): CloudformationStack {
    const name = this.templateName(environment);
    return typedCloudFormation(this, "job_template", {
      name: `vod-${environment.name}-job-template`,
      body: {
        Description: `MediaConvert job template ${name}`,
        Resources: {
          JobTemplate: {
            Type: "AWS::MediaConvert::JobTemplate",
            Properties: {
              Name: name,
              Description: `The ladder ${environment.ladder.rungs.join(", ")} as ${this.template.kind}`,
              Category: `vod-${environment.name}`,
              StatusUpdateInterval: "SECONDS_10",
              SettingsJson: this.template.settings,
            },
          },
        },
        Outputs: { Arn: { Value: { "Fn::GetAtt": ["JobTemplate", "Arn"] } } },
      },
    });
  }

  private makeSubmit(environment: Environment): HandlerFunction<SubmitTranscodeEnv> {
    const { context, ingest, catalogue } = this.props;
    const { account, region } = environment;
    const { role } = new MediaConvertRole(this, "mediaconvert-role", {
      environment,
      ingest,
      packaged: this.packaged,
      packagedKey: this.packagedKey,
    });
    const uploads = environment.ingest.uploadPrefix;
    const template = this.templateName(environment);
    const jobs = `arn:aws:mediaconvert:${region}:${account}:jobs/*`;
    return new HandlerFunction<SubmitTranscodeEnv>(this, "submit-transcode", {
      context,
      invokedBy: "events",
      timeoutSeconds: 60,
      variables: {
        CATALOGUE_TABLE: catalogue.tableName,
        TOPOLOGY: environment.topology,
        JOB_TEMPLATE: template,
        JOB_TEMPLATE_VERSION: this.template.version,
        QUEUE_ARN: this.queue.arn,
        MEDIACONVERT_ROLE_ARN: role.arn,
        SOURCE_BUCKET: ingest.source.bucketName,
        PACKAGED_BUCKET: this.packaged.bucketName,
        UPLOAD_PREFIX: uploads,
      },
      statements: [
        ...catalogue.items("GetItem", "UpdateItem"),
        // Side-cars are found by listing what stands beside the mezzanine.
        allow(["s3:ListBucket"], [ingest.source.arn], { StringLike: { "s3:prefix": `${uploads}*` } }),
        // Probe reads the mezzanine; whose permission it uses is not documented, so the caller has it.
        allow(["s3:GetObject"], [`${ingest.source.arn}/${uploads}*`]),
        ingest.key.through("s3", "Decrypt"),
        allow(["mediaconvert:GetJobTemplate"], [`arn:aws:mediaconvert:${region}:${account}:jobTemplates/${template}`]),
        allow(["mediaconvert:CreateJob"], [this.queue.arn]),
        allow(["mediaconvert:TagResource"], [jobs]),
        // A submission that broke off before its record is looked for, not paid for again.
        allow(["mediaconvert:ListJobs"], [this.queue.arn]),
        // Probe names no resource that a policy could narrow to.
        allow(["mediaconvert:Probe"], ["*"]),
        allow(["iam:PassRole"], [role.arn], { StringEquals: { "iam:PassedToService": "mediaconvert.amazonaws.com" } }),
      ],
    });
  }

  private makeRecordFailure(environment: Environment): HandlerFunction<RecordFailureEnv> {
    const { context, catalogue } = this.props;
    const handler = new HandlerFunction<RecordFailureEnv>(this, "record-failure", {
      context,
      invokedBy: "events",
      timeoutSeconds: 15,
      variables: { CATALOGUE_TABLE: catalogue.tableName },
      statements: catalogue.items("GetItem", "UpdateItem"),
    });
    new EventRoute(this, "transcode_failed", {
      environment,
      description: "A job failed or was cancelled: say so on the title",
      on: { pattern: this.finished("ERROR", "CANCELED") },
      to: handler,
    });
    return handler;
  }
}
