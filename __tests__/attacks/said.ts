import type { Answer } from "../local/edge/fixture";

/** A stack trace of this platform's own language, wherever it stands. */
const TRACE = /\n\s+at .+:\d+:\d+|node:internal\//;

/** Status and reason of an answer, e.g. `403 AccessDenied`. A stack trace is named, so that no row can expect one. */
export function said({ status, text }: Pick<Answer, "status" | "text">): string {
  const trace = TRACE.test(text) ? " with a stack trace" : "";
  const reason = status < 400 ? "" : reasonOf(text);
  return `${status} ${reason}`.trim() + trace;
}

/** The code of AWS's XML, of the API's JSON, or the sentence of CloudFront's page. */
function reasonOf(text: string): string {
  const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1];
  if (code !== undefined) return code;
  const sentence = /<HR noshade size="1px">\n(.*?)\.?\n/.exec(text)?.[1];
  if (sentence !== undefined) return sentence.split(". ")[0] ?? "";
  return jsonReason(text) ?? "";
}

function jsonReason(text: string): string | undefined {
  try {
    const { error, message } = JSON.parse(text) as { error?: unknown; message?: unknown };
    const reason = error ?? message;
    return typeof reason === "string" ? reason : undefined;
  } catch {
    return undefined;
  }
}
