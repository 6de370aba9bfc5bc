/** One thing wrong with an environment file. */
export interface Problem {
  /** Dotted path inside the file, e.g. `deliver.ipv6`; empty for the file itself. */
  readonly path: string;
  /** What is allowed, as the rest of a sentence: `must be ...`. */
  readonly rule: string;
  /** What stood there; `undefined` when nothing did. */
  readonly got: unknown;
}

/** Every problem of an environment file at once; nothing is synthesised from a file that has one. */
export class EnvironmentError extends Error {
  constructor(
    file: string,
    readonly problems: readonly Problem[],
  ) {
    super(problems.map((problem) => line(file, problem)).join("\n"));
    this.name = "EnvironmentError";
  }
}

function line(file: string, { path, rule, got }: Problem): string {
  const where = path === "" ? file : `${file}: ${path}`;
  return `${where} ${rule}, got ${got === undefined ? "nothing" : JSON.stringify(got)}`;
}
