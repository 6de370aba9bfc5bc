import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { ReadyReport, Report } from "../../local/report";

export const ROOT = resolve(__dirname, "..", "..");

/** A platform that was started as its user does, in a process of its own. */
export interface Running {
  readonly report: ReadyReport;
  readonly state: string;
  /** Ctrl-C; gives the exit code. Started again with `state`, it resumes. */
  interrupt(): Promise<number | null>;
  /** Ctrl-C, and away with the state. */
  stop(): Promise<void>;
}

export interface Ended {
  readonly code: number | null;
  readonly printed: string;
  readonly report?: Report;
}

const freshState = (): string => mkdtempSync(join(tmpdir(), "vod-state-"));

/** `npm start -- ...`, until its report says that a title plays. @throws with what it printed when it ends before. */
export async function start(args: readonly string[], state = freshState()): Promise<Running> {
  const file = join(state, `report-${Date.now()}.json`);
  const child = launch([...args, "--port", "0", "--state", state, "--report", file]);
  const ended = exit(child.process);
  await Promise.race([appears(file), ended]);
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Report) : undefined;
  if (report?.status !== "ready") {
    await ended;
    throw new Error(`the platform did not come up: ${report?.reason}\n${child.printed()}`);
  }
  const interrupt = async (): Promise<number | null> => {
    child.process.kill("SIGINT");
    return ended;
  };
  return {
    report,
    state,
    interrupt,
    stop: async () => {
      await interrupt();
      await rm(state, { recursive: true, force: true });
    },
  };
}

/** `npm start -- --once ...`, until it ends; on a state of its own, unless one is given. */
export async function once(args: readonly string[], given?: string): Promise<Ended> {
  const state = given ?? freshState();
  const file = join(state, `report-${Date.now()}.json`);
  const child = launch([...args, "--once", "--state", state, "--report", file]);
  const code = await exit(child.process);
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Report) : undefined;
  if (given === undefined) await rm(state, { recursive: true, force: true });
  return { code, printed: child.printed(), report };
}

/** The process itself, without npm around it, so that a signal reaches it. */
function launch(args: readonly string[]): { process: ChildProcess; printed: () => string } {
  const tsx = require.resolve("tsx/cli");
  const child = spawn(process.execPath, [tsx, "local/main.ts", ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return { process: child, printed: () => Buffer.concat(chunks).toString("utf8") };
}

function exit(child: ChildProcess): Promise<number | null> {
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => done(code));
  });
}

async function appears(file: string): Promise<void> {
  while (!existsSync(file)) await new Promise((wait) => setTimeout(wait, 100).unref());
}
