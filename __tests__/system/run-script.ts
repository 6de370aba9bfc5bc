import { execFile } from "node:child_process";
import { ROOT } from "./running";

export interface Ran {
  readonly code: number;
  readonly printed: string;
}

/** `npm run <name> -- ...`, without npm around it. */
export function runScript(name: string, ...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const command = [require.resolve("tsx/cli"), `script/${name}.ts`, ...args];
    execFile(process.execPath, command, { cwd: ROOT, encoding: "utf8" }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === "number" ? error.code : 1) : 0;
      resolve({ code, printed: stdout + stderr });
    });
  });
}
