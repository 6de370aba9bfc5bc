import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
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
    mkdirSync(dirname(this.file), { recursive: true });
    const temporary = `${this.file}.new`;
    writeFileSync(temporary, JSON.stringify(this.all()), { mode: 0o600 });
    // `mode` counts only for a file that is made; one left over from a crash keeps its own.
    chmodSync(temporary, 0o600);
    renameSync(temporary, this.file);
  }
}

function read(file: string): Secret[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  try {
    return JSON.parse(text) as Secret[];
  } catch {
    // The parser's own message would quote what is in the file.
    throw new Error(`${file}: not readable as JSON, expected the local secrets; delete it to have them made anew`);
  }
}
