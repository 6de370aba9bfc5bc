import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Addresses that a viewer's device uses, absolute. */
export interface ViewerAddresses {
  /** The player page. */
  readonly app: string;
  /** The mint's for this title: POST with a bearer token. */
  readonly play: string;
  readonly hls: string;
  readonly dash: string;
  /** Only where the topology packages it apart from DASH. */
  readonly cmaf?: string;
}

/** What a client of the local AWS needs; the key opens nothing beyond this machine. */
export interface AwsAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sourceBucket: string;
  readonly packagedBucket: string;
  readonly uploadPrefix: string;
}

/** What happened, whether it went well or not. */
interface Course {
  readonly topology: string;
  /** Stages that ended, in order. */
  readonly stages: readonly { readonly name: string; readonly ms: number }[];
  /** Requests that the edge answered, and how. */
  readonly edge: { readonly requests: number; readonly hits: number; readonly misses: number; readonly denied: number };
}

/** What there is once a title plays. */
interface Playable {
  readonly assetId: string;
  readonly viewer: ViewerAddresses;
  /** Bearer tokens of the two sample viewers and of the sample editor. */
  readonly tokens: { readonly entitled: string; readonly other: string; readonly editor: string };
  readonly aws: AwsAccess;
}

export type ReadyReport = { readonly status: "ready" } & Course & Playable;

/** `reason` is one line for people; the rest is there as far as it was known when it failed. */
export type FailedReport = { readonly status: "failed"; readonly reason: string } & Course & Partial<Playable>;

export type Report = ReadyReport | FailedReport;

/** It holds tokens, so nobody else on the machine may read it. */
const OWNER_ONLY = 0o600;

/**
 * Writes a report so that a reader sees the old file or the whole new one, making the folder if need be.
 * @throws {Error} naming the file and the cause; nothing half-written is left behind.
 */
export async function writeReport(file: string, report: Report): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, `${JSON.stringify(report, null, 2)}\n`, { mode: OWNER_ONLY });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first error is the one to tell
    throw new Error(`the report cannot be written to ${file}: ${cause(error)}`);
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the disk is read-only",
  ENOSPC: "no space left on the disk",
  EISDIR: "it is a folder, name a file",
  ENOTDIR: "a part of the path is a file, not a folder",
  EEXIST: "a part of the path is a file, not a folder",
};

function cause(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return CAUSES[code] ?? message;
}
