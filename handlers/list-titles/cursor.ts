import { ASSET_ID } from "../shared/asset-id";
import type { ListPosition } from "../shared/catalogue";
import { isRecord } from "../shared/read-event";

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Opaque to clients, who send it back as it is. */
export function encodeCursor({ publishedAt, assetId }: ListPosition): string {
  return Buffer.from(JSON.stringify({ publishedAt, assetId })).toString("base64url");
}

/** Undefined for anything that `encodeCursor` did not make: it goes into a query. */
export function decodeCursor(cursor: string): ListPosition | undefined {
  const position = parsed(Buffer.from(cursor, "base64url").toString());
  if (!isRecord(position)) return undefined;
  const { publishedAt, assetId } = position;
  if (typeof publishedAt !== "string" || !INSTANT.test(publishedAt)) return undefined;
  return typeof assetId === "string" && ASSET_ID.test(assetId) ? { publishedAt, assetId } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
