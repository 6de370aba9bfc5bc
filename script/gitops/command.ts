import { spawn } from "node:child_process";
import { Failure } from "./failure";

/** The whole environment of a program: nothing is inherited. */
export type Variables = Readonly<Record<string, string>>;

export interface CommandOptions {
  readonly env: Variables;
  readonly cwd?: string;
  /** Written to standard input, which is closed otherwise. */
  readonly input?: string;
  /** Told of each line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, whatever its status; tests give another. */
export type Run = (command: string, args: readonly string[], options: CommandOptions) => Promise<Outcome>;

/** @throws {Failure} when the program is not there. */
export const runCommand: Run = (command, args, { env, cwd, input, onLine }) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...env }, cwd, stdio: ["pipe", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    let rest = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output.stdout += text;
      if (!onLine) return;
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(onLine);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => void (output.stderr += text));
    child.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "ENOENT" ? new Failure(`${command} is not installed here: install it and run again`) : error,
      ),
    );
    child.once("close", (status, signal) => {
      if (rest !== "") onLine?.(rest);
      const killed = signal === null ? "" : `\n${command} was ended by ${signal}`;
      resolve({ ...output, stderr: output.stderr + killed, status: status ?? 1 });
    });
    // A program that ends without reading closes the pipe: its status says why.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input ?? "");
  });

const PASSED = ["PATH", "HOME", "TMPDIR", "LANG", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE"];
const PASSED_GROUPS = [
  /^AWS_/,
  /^TF_VAR_/,
  /^TF_CLI_CONFIG_FILE$/,
  /^TF_PLUGIN_CACHE_/,
  /^TF_TOKEN_/,
  /^(GH|GITHUB)_TOKEN$/,
];

/**
 * What programs get of an environment. `TF_LOG` stays behind, since it writes requests with secrets in them, and so
 * does `TF_CLI_ARGS`, which would change what was asked for.
 */
export function programVariables(env: Readonly<Record<string, string | undefined>>): Variables {
  const passed = Object.entries(env).flatMap(([name, value]): [string, string][] =>
    value !== undefined && (PASSED.includes(name) || PASSED_GROUPS.some((group) => group.test(name)))
      ? [[name, value]]
      : [],
  );
  return Object.fromEntries(passed);
}
