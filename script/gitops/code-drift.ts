/** A function that does not run the code which the state believes it to run. */
export interface CodeDrift {
  readonly address: string;
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  /** SHA-256 in base64 of what it runs, and of what it should run. */
  readonly runs: string;
  readonly planned: string;
}

interface FunctionValues {
  readonly function_name?: string;
  readonly s3_bucket?: string;
  readonly s3_key?: string;
  readonly source_code_hash?: string;
  readonly code_sha256?: string;
}

interface PlannedFunction {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly before: FunctionValues | null; readonly after: FunctionValues | null };
}

/**
 * Functions whose code Terraform takes for right though it is not. The provider never reads `source_code_hash` back, and
 * writes the planned one into the state even when the update of the code was refused: the next plan is empty, and the
 * function runs the old code for good. What it runs stands in the plan as `code_sha256`.
 */
export function codeDriftOf(planJson: string): CodeDrift[] {
  const { resource_changes: changes = [] } = JSON.parse(planJson) as { resource_changes?: PlannedFunction[] };
  return changes.flatMap(({ address, type, change: { before, after } }) => {
    if (type !== "aws_lambda_function" || !before?.code_sha256 || !after?.source_code_hash) return [];
    const { code_sha256: runs } = before;
    const { source_code_hash: planned, function_name: name = "", s3_bucket: bucket = "", s3_key: key = "" } = after;
    const updates = before.source_code_hash !== planned || before.s3_key !== key || before.s3_bucket !== bucket;
    return updates || runs === planned ? [] : [{ address, name, bucket, key, runs, planned }];
  });
}

/** For a report, above what Terraform plans; nothing where there is none. */
export function codeDriftMarkdown(drift: readonly CodeDrift[]): string {
  if (drift.length === 0) return "";
  const lines = drift.map(
    ({ address, name, runs, planned }) =>
      `- \`${address}\`: \`${name}\` runs code \`${runs}\`, the stack names \`${planned}\``,
  );
  return [
    `**${drift.length} ${drift.length === 1 ? "function does" : "functions do"} not run the code of the stack.** Terraform does not see it; an apply puts the code back.`,
    "",
    ...lines,
    "",
    "",
  ].join("\n");
}
