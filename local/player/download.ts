import type { Api } from "./api";
import { unreadable } from "./problem";
import { asRecord, asText } from "./read";
import { ok, refused, type Result } from "./result";

/** Asks for the address of a title's file, good for a few minutes; the service checks whether the viewer may keep it. */
export async function downloadAddress(api: Pick<Api, "post">, assetId: string): Promise<Result<string>> {
  const answer = await api.post(`/api/titles/${encodeURIComponent(assetId)}/download`);
  if (!answer.ok) return answer;
  const url = asText(asRecord(answer.value)?.url);
  // Root-relative, so that it cannot lead elsewhere.
  if (url && /^\/downloads\//.test(url)) return ok(url);
  return refused(unreadable("The answer about the download", "It names no address."));
}
