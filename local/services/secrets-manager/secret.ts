/** One version of a secret's value. */
export interface SecretVersion {
  readonly id: string;
  /** Staging labels, e.g. `AWSCURRENT`. */
  readonly stages: readonly string[];
  readonly string?: string;
  /** Base64. */
  readonly binary?: string;
  /** Milliseconds since 1970. */
  readonly created: number;
}

export interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly description?: string;
  readonly kmsKeyId?: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** Oldest first. */
  readonly versions: readonly SecretVersion[];
  /** SHA-256 of the value that the stack gave last, so that a restart does not undo a rotation. */
  readonly deployed?: string;
}

export const CURRENT = "AWSCURRENT";
export const PREVIOUS = "AWSPREVIOUS";

/**
 * The secret with one more version. A label stands on one version only; what was current becomes the previous one,
 * and versions that lose their last label are dropped.
 */
export function withVersion(secret: Secret, version: SecretVersion): Secret {
  const moved = secret.versions.map((old) => ({ ...old, stages: stagesAfter(old.stages, version.stages) }));
  return { ...secret, versions: [...moved.filter(({ stages }) => stages.length > 0), version] };
}

function stagesAfter(stages: readonly string[], taken: readonly string[]): string[] {
  const kept = stages.filter((stage) => !taken.includes(stage));
  if (!taken.includes(CURRENT)) return kept;
  const earlier = kept.filter((stage) => stage !== PREVIOUS);
  return stages.includes(CURRENT) ? [...earlier, PREVIOUS] : earlier;
}
