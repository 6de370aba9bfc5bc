import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { PlatformStack } from "../shared/platform-stack";
import { ArtifactsBucket } from "./artifacts-bucket";
import { Boundary } from "./boundary";
import { DEPLOYERS, deployerArn } from "./deployer-role";
import { Deployers } from "./deployers";
import { StateBucket } from "./state-bucket";

/** What stands before the first apply of an environment: its state, its artifacts, and who may deploy it. */
export class BootstrapStack extends PlatformStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, bootstrapName(environment), environment);
    const state = new StateBucket(this, "states", environment);
    const artifacts = new ArtifactsBucket(this, "artifacts", environment);
    new Boundary(this, "limits", environment);
    const { repository } = environment;
    if (repository) new Deployers(this, "deployers", { environment, repository, stateKeyArn: state.key.arn });
    state.admit(repository && deployerArn(environment, "apply"));

    this.keep();
    this.output("state_bucket", state.bucket.bucketName, "Where Terraform keeps the environment's states");
    this.output("artifacts_bucket", artifacts.bucket.bucketName, "Where what is deployed lies, by its content");
    for (const name of repository ? DEPLOYERS : []) {
      this.output(`${name}_role`, deployerArn(environment, name), `The role that workflows ${name} with`);
    }
  }

  /** What cannot be made again, or serves others too, is destroyed by no plan. */
  private keep(): void {
    for (const construct of this.node.findAll()) {
      const lasting =
        construct instanceof S3Bucket || construct instanceof KmsKey || construct instanceof IamOpenidConnectProvider;
      if (lasting) construct.lifecycle = { preventDestroy: true };
    }
  }

  private output(id: string, value: string, description: string): void {
    new TerraformOutput(this, `${id}:output`, { value, description }).overrideLogicalId(id);
  }
}

export function bootstrapName({ name }: Environment): string {
  return `vod-bootstrap-${name}`;
}
