import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { allow, policyDocument, type Statement } from "./policy";

export interface StorageKeyProps {
  readonly environment: Environment;
  /** What it encrypts, as the key's description. */
  readonly description: string;
  /** Of another Region than the environment's; the environment's own unless given. */
  readonly provider?: AwsProvider;
}

/**
 * A customer-managed key with yearly rotation. Its policy is a resource of its own, added last, so that a service
 * principal that is only known later (the distribution) can be admitted without a cycle.
 */
export class StorageKey extends Construct {
  private readonly key: KmsKey;
  /** Each is made once, so that whoever asks twice for the same can tell. */
  private readonly uses = new Map<string, Statement>();
  private admission?: KmsKeyPolicy;

  constructor(
    scope: Construct,
    private readonly name: string,
    private readonly props: StorageKeyProps,
  ) {
    super(scope, `${name}-key`);
    this.key = new KmsKey(this, name, {
      provider: props.provider,
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
    });
    new KmsAlias(this, `${name}:alias`, {
      provider: props.provider,
      name: keyAlias(props.environment, name),
      targetKeyId: this.key.keyId,
    });
  }

  get arn(): string {
    return this.key.arn;
  }

  /** Permission to use the key by way of one service, e.g. `s3`, and in no other way. */
  through(service: string, ...actions: ("Decrypt" | "GenerateDataKey")[]): Statement {
    const name = [service, ...actions].join(" ");
    const use = this.uses.get(name) ?? this.makeUse(service, actions);
    this.uses.set(name, use);
    return use;
  }

  private makeUse(service: string, actions: readonly string[]): Statement {
    const { region } = this.props.environment;
    return allow(
      actions.map((action) => `kms:${action}`),
      [this.key.arn],
      { StringEquals: { "kms:ViaService": `${service}.${region}.amazonaws.com` } },
    );
  }

  /** The policy, for what a service checks it for when it is made; set by {@link admit}. */
  get policy(): KmsKeyPolicy[] {
    return this.admission ? [this.admission] : [];
  }

  /** Sets the key's policy: the account administers it and delegates its use to IAM; `services` are admitted besides. */
  admit(services: readonly Statement[]): void {
    this.admission = new KmsKeyPolicy(this, `${this.name}:policy`, {
      provider: this.props.provider,
      keyId: this.key.keyId,
      policy: policyDocument([
        {
          Sid: "AccountAdministersAndDelegatesToIam",
          Effect: "Allow",
          Action: "kms:*",
          Resource: "*",
          Principal: { AWS: `arn:aws:iam::${this.props.environment.account}:root` },
        },
        ...services,
      ]),
    });
  }
}

/** The name by which a key is known before it exists. */
export function keyAlias(environment: Environment, name: string): string {
  return `alias/vod-${environment.name}-${name.replaceAll("_", "-")}`;
}

/** The same as an ARN, for requests and settings that are written before the key exists. */
export function keyAliasArn(environment: Environment, name: string): string {
  return `arn:aws:kms:${environment.region}:${environment.account}:${keyAlias(environment, name)}`;
}
