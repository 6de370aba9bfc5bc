import { readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";

/** Writes a private half where its owner alone can read it, never into the repository and never over a file. */
export function writeSecretFile(file: string, privatePem: string, root: string): void {
  refuseInside(file, root);
  try {
    writeFileSync(file, privatePem, { mode: 0o600, flag: "wx" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new Error(`--secret-file ${file}: must not exist yet; choose another name`);
    if (code === "ENOENT") throw new Error(`--secret-file ${file}: its folder must exist; make it first`);
    throw error;
  }
}

export function readSecretFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new Error(`--secret-file ${file}: must be the private half that "new" wrote, found nothing`);
  }
}

function refuseInside(file: string, root: string): void {
  const path = relative(root, resolve(file));
  if (path.startsWith("..") || isAbsolute(path)) return;
  throw new Error(`--secret-file ${file}: must be outside the repository, so that it can never be committed`);
}
