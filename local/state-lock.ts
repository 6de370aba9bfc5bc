import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Takes a state directory for this process, so that two platforms never write into one. A lock that a killed process
 * left behind is taken over.
 * @returns the release
 * @throws when a living process holds it
 */
export function lockState(directory: string, pid: number): () => void {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "lock");
  const holder = read(file);
  if (holder !== undefined && holder !== pid && isAlive(holder)) {
    throw new Error(
      `the state directory ${directory} is in use: another platform runs on it (process ${holder}); ` +
        "stop that one, or choose another with --state DIR",
    );
  }
  rmSync(file, { force: true });
  writeFileSync(file, String(pid), { flag: "wx" });
  return () => rmSync(file, { force: true });
}

function read(file: string): number | undefined {
  try {
    return Number(readFileSync(file, "utf8")) || undefined;
  } catch {
    return undefined; // nobody holds it
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // somebody else's, but alive
  }
}
