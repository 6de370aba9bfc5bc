import type { Principal } from "../kernel/aws-service";
import { readPrivateJson, writePrivateJson } from "../kernel/private-file";

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface Entry extends AccessKey {
  readonly principal: Principal;
}

export interface CredentialRegistryOptions {
  /** JSON file, made with mode 0600, that keeps the keys over a restart. */
  readonly file: string;
  /** Cryptographically random bytes. */
  readonly random: (bytes: number) => Buffer;
}

/**
 * The access keys of everyone who may call the gateway: one per principal, the same after a restart, so that a
 * client configured yesterday still works today.
 */
export class CredentialRegistry {
  private readonly byPrincipal = new Map<string, Entry>();
  private readonly byAccessKeyId = new Map<string, Entry>();

  constructor(private readonly options: CredentialRegistryOptions) {
    for (const entry of readEntries(options.file)) this.remember(entry);
  }

  /** The key of a principal, made on first request. */
  issue({ principal }: { readonly principal: Principal }): AccessKey {
    const known = this.byPrincipal.get(identity(principal));
    if (known) return { accessKeyId: known.accessKeyId, secretAccessKey: known.secretAccessKey };
    const entry: Entry = {
      principal,
      // The shape of AWS's own long-term keys, so that clients which check it are content.
      accessKeyId: `AKIA${base32(this.options.random(16))}`,
      secretAccessKey: this.options.random(30).toString("base64"),
    };
    this.remember(entry);
    this.save();
    return { accessKeyId: entry.accessKeyId, secretAccessKey: entry.secretAccessKey };
  }

  /** Who holds an access key id, and the secret that its signatures are checked with. */
  lookup(accessKeyId: string): { readonly principal: Principal; readonly secretAccessKey: string } | undefined {
    return this.byAccessKeyId.get(accessKeyId);
  }

  private remember(entry: Entry): void {
    this.byPrincipal.set(identity(entry.principal), entry);
    this.byAccessKeyId.set(entry.accessKeyId, entry);
  }

  private save(): void {
    writePrivateJson(this.options.file, [...this.byPrincipal.values()]);
  }
}

function readEntries(file: string): Entry[] {
  const kept = readPrivateJson(file, "the gateway's access keys; delete it to have new ones made");
  return (kept as Entry[] | undefined) ?? [];
}

function identity({ kind, arn, sourceArn }: Principal): string {
  return JSON.stringify([kind, arn, sourceArn ?? null]);
}

function base32(bytes: Buffer): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return Array.from(bytes, (byte) => alphabet[byte % 32]).join("");
}
