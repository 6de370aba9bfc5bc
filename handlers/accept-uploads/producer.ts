import { createHash } from "node:crypto";
import { EDITORS, rolesOf } from "../shared/roles";
import { PRODUCERS } from "./contract";

/** Somebody who may upload. */
export interface Producer {
  /** Subject of the token. */
  readonly id: string;
  readonly isEditor: boolean;
  /** Where the producer's files go, below the upload prefix; ends with `/`. */
  readonly folder: string;
}

/** Undefined for whoever has no role that may upload. */
export function producerOf(
  claims: Readonly<Record<string, unknown>>,
  groupsClaim: string,
  uploadPrefix: string,
): Producer | undefined {
  const roles = rolesOf(claims, groupsClaim);
  const isEditor = roles.has(EDITORS);
  if (typeof claims.sub !== "string" || !(isEditor || roles.has(PRODUCERS))) return undefined;
  return { id: claims.sub, isEditor, folder: `${uploadPrefix}${folderName(claims.sub)}/` };
}

/** Whether a producer may write a key; the whole of it decides, since keys know no `..`. */
export function mayWrite({ isEditor, folder }: Producer, key: string, uploadPrefix: string): boolean {
  return key.startsWith(isEditor ? uploadPrefix : folder);
}

/** A subject may hold anything: an external issuer names it. */
function folderName(subject: string): string {
  return createHash("sha256").update(subject).digest("hex").slice(0, 12);
}
