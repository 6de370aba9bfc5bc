import { isOver } from "../shared/entitlements";

/** A right to keep files, from the entitlements table: beside what playback asks for, not in its place. */
export interface DownloadRight {
  /** ISO 8601; absent: for good. */
  readonly expiresAt?: string;
}

export interface DownloadRefusal {
  /** Stable, for programs. */
  readonly code: "DOWNLOAD_NOT_INCLUDED" | "DOWNLOAD_EXPIRED";
  /** For people. */
  readonly message: string;
}

export interface DownloadRights {
  /** Of the viewer's account, for every title that they may watch. */
  readonly account?: DownloadRight;
  /** For this title. */
  readonly title?: DownloadRight;
}

/** Either right will do. `now` in milliseconds since 1970. */
export function downloadRefusal({ account, title }: DownloadRights, now: number): DownloadRefusal | undefined {
  const held = [account, title].filter((right) => right !== undefined);
  if (held.length === 0) return { code: "DOWNLOAD_NOT_INCLUDED", message: "This account may watch, but not download." };
  if (held.some(({ expiresAt }) => !isOver(expiresAt, now))) return undefined;
  return { code: "DOWNLOAD_EXPIRED", message: "The right to download has expired." };
}
