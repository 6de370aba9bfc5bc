import {
  DescribeSecretCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";

/** `absent`: the change that trusts the key is not applied yet. `empty`: nobody has put its private half there. */
export type SecretState = "absent" | "empty" | "filled";

/** Name of the secret that the stack makes for a key's private half. */
export const secretName = (environment: string, key: string): string => `vod/${environment}/signing/${key}`;

/** The secrets of private halves. Their values are written here and never read. */
export class SigningSecrets {
  constructor(private readonly client: SecretsManagerClient) {}

  async state(name: string): Promise<SecretState> {
    try {
      const { VersionIdsToStages = {} } = await this.client.send(new DescribeSecretCommand({ SecretId: name }));
      return Object.keys(VersionIdsToStages).length > 0 ? "filled" : "empty";
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return "absent";
      throw error;
    }
  }

  async put(name: string, privatePem: string): Promise<void> {
    await this.client.send(new PutSecretValueCommand({ SecretId: name, SecretString: privatePem }));
  }
}
