import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend, type TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { bucketName } from "./private-bucket";
import { keyAliasArn } from "./storage-key";

/** AWS provider majors that the stacks are written for; the committed lock file pins one. */
const PROVIDER_VERSIONS = ">= 5.100.0, < 7.0.0";
const TERRAFORM_VERSIONS = ">= 1.10.0, < 2.0.0"; // 1.10 brought the native lock file of the S3 backend

/**
 * What every stack of an environment has: remote state, providers bound to the environment's account, tags,
 * and addresses without hashes.
 */
export class PlatformStack extends TerraformStack {
  private readonly addresses = new Map<string, string>();
  /** For what AWS keeps in us-east-1 whatever the Region: the edge's firewall and certificate. */
  readonly edgeProvider: AwsProvider;

  constructor(
    scope: Construct,
    id: string,
    readonly environment: Environment,
  ) {
    super(scope, id);
    const { account, region } = environment;
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: [account],
      defaultTags: [{ tags: defaultTags(environment) }],
    });
    this.edgeProvider = new AwsProvider(this, "aws_edge", {
      alias: "edge",
      region: "us-east-1",
      allowedAccountIds: [account],
      defaultTags: [{ tags: defaultTags(environment) }],
    });
    const backend = new S3Backend(this, {
      bucket: bucketName(environment, "state"),
      key: stateKey(environment, id),
      region,
      encrypt: true,
      // Without a key, Terraform asks for S3's own, whatever the bucket's default is.
      kmsKeyId: keyAliasArn(environment, "state"),
    });
    backend.addOverride("use_lockfile", true);
    this.addOverride("terraform.required_providers.aws.version", PROVIDER_VERSIONS);
    this.addOverride("terraform.required_version", TERRAFORM_VERSIONS);
  }

  /**
   * A resource's name is its construct id up to a colon: `new S3BucketPolicy(this, "source:policy")` is
   * `aws_s3_bucket_policy.source`. Names are an interface: they are what plans, states and reviewers speak of.
   */
  protected override allocateLogicalId(element: TerraformElement): string {
    const name = (element.node.id.split(":")[0] ?? element.node.id).replaceAll("-", "_");
    if (element instanceof TerraformResource) this.claim(`${element.terraformResourceType}.${name}`, element.node.path);
    return name;
  }

  private claim(address: string, path: string): void {
    const holder = this.addresses.get(address);
    if (holder !== undefined && holder !== path) throw new Error(`${address} is claimed by ${holder} and by ${path}`);
    this.addresses.set(address, path);
  }
}

/** Where a stack's state lies in the state bucket. */
export function stateKey({ name }: Environment, stack: string): string {
  return `vod/${name}/${stack}.tfstate`;
}

/** What everything of an environment that takes tags carries. */
export function defaultTags({ name, tags }: Environment): Record<string, string> {
  return {
    "content-classification": tags.contentClassification,
    owner: tags.owner,
    "cost-center": tags.costCenter,
    env: name,
  };
}
