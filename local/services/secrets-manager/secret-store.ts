import { readPrivateJson, writePrivateJson } from "../../kernel/private-file";
import type { Secret } from "./secret";

/** Secrets in one file that its owner alone may read. */
export class SecretStore {
  private readonly secrets: Map<string, Secret>;

  constructor(private readonly file: string) {
    this.secrets = new Map(read(file).map((secret) => [secret.arn, secret]));
  }

  all(): Secret[] {
    return [...this.secrets.values()];
  }

  /** By ARN, by ARN without the random suffix, or by name. */
  find(id: string): Secret | undefined {
    return this.secrets.get(id) ?? this.all().find(({ name, arn }) => name === id || arn.slice(0, -7) === id);
  }

  save(secret: Secret): void {
    this.secrets.set(secret.arn, secret);
    writePrivateJson(this.file, this.all());
  }
}

function read(file: string): Secret[] {
  const kept = readPrivateJson(file, "the local secrets; delete it to have them made anew");
  return (kept as Secret[] | undefined) ?? [];
}
