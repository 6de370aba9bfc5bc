import { CloudfrontKeyGroup } from "@cdktf/provider-aws/lib/cloudfront-key-group";
import { CloudfrontPublicKey } from "@cdktf/provider-aws/lib/cloudfront-public-key";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { createHash } from "node:crypto";
import { Construct } from "constructs";
import type { Environment, SigningKey } from "../../environments/environment";
import { allow, type Statement } from "../shared/policy";
import type { StorageKey } from "../shared/storage-key";

/**
 * The gate's keys. Every public key of the environment is trusted; the active one's private half signs. Private keys are
 * put into their secrets by an operator and never pass through Terraform.
 */
export class SigningKeys extends Construct {
  readonly keyGroupId: string;
  /** CloudFront's id of the key that signs. */
  readonly activeKeyId: string;
  /** Secret of the key that signs. */
  readonly activeSecretArn: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
    private readonly secretsKey: StorageKey,
  ) {
    super(scope, id);
    const trusted = environment.keys.map((key) => this.trust(key));
    const active = trusted.find(({ name }) => name === environment.signing.active);
    if (!active) throw new Error(`no public key is called ${environment.signing.active}`);
    this.activeKeyId = active.publicKey.id;
    this.activeSecretArn = active.secret.arn;
    const group = new CloudfrontKeyGroup(this, "signing", {
      name: `vod-keys-${environment.name}`,
      items: trusted.map(({ publicKey }) => publicKey.id),
      lifecycle: { createBeforeDestroy: true },
    });
    this.keyGroupId = group.id;
  }

  /** What the mint needs in order to read the active private key, and no other. */
  readActiveKey(): Statement[] {
    return [
      allow(["secretsmanager:GetSecretValue"], [this.activeSecretArn]),
      this.secretsKey.through("secretsmanager", "Decrypt"),
    ];
  }

  private trust({ name, pem }: SigningKey) {
    const id = `signing_${name.replaceAll("-", "_")}`;
    // A key's content cannot be changed, only replaced beside the old one: so its name carries its content.
    const digest = createHash("sha256").update(pem).digest("hex").slice(0, 8);
    const publicKey = new CloudfrontPublicKey(this, id, {
      name: `vod-signing-${this.environment.name}-${name}-${digest}`,
      encodedKey: pem,
      lifecycle: { createBeforeDestroy: true },
    });
    const secret = new SecretsmanagerSecret(this, `${id}:private`, {
      name: `vod/${this.environment.name}/signing/${name}`,
      description: `Private key of the public key ${name}; its value is set by an operator`,
      kmsKeyId: this.secretsKey.arn,
    });
    return { name, publicKey, secret };
  }
}
