import type { Environment } from "../../environments/environment";

const FILE = "docs/runbook.md";

/** Where a section of the runbook is read: on GitHub where the repository is known, else in the file. */
export function runbook({ repository }: Environment, section: string): string {
  const file = repository ? `https://github.com/${repository.owner}/${repository.name}/blob/main/${FILE}` : FILE;
  return `${file}#${section}`;
}
