import { block } from "../terraform/deployment";
import { text, texts, type Values } from "./values";

/** Which headers, cookies or query parameters a policy takes. */
export interface Selection {
  readonly kind: "none" | "all" | "listed" | "allExcept";
  readonly names: readonly string[];
}

export const NOTHING: Selection = { kind: "none", names: [] };

const KINDS: Readonly<Record<string, Selection["kind"]>> = {
  none: "none",
  all: "all",
  allViewer: "all",
  // The listed names are CloudFront's own headers, added to all of the viewer's.
  allViewerAndWhitelistCloudFront: "all",
  whitelist: "listed",
  allExcept: "allExcept",
};

/** Reads e.g. `headers_config { header_behavior, headers { items } }`. */
export function readSelection(values: Values | undefined, noun: "header" | "cookie" | "query_string"): Selection {
  const config = values && block(values, `${noun}s_config`);
  const behavior = text(config, `${noun}_behavior`) ?? "none";
  const kind = KINDS[behavior];
  if (!kind) {
    const allowed = Object.keys(KINDS).join(", ");
    throw new Error(`${noun}s_config.${noun}_behavior: got "${behavior}", allowed: ${allowed}`);
  }
  return { kind, names: texts(config && block(config, `${noun}s`), "items") };
}

/** Header names compare without regard to case, names of cookies and parameters with it. */
export function selects(selection: Selection, name: string, ignoreCase = false): boolean {
  const listed = ignoreCase
    ? selection.names.some((one) => one.toLowerCase() === name.toLowerCase())
    : selection.names.includes(name);
  switch (selection.kind) {
    case "none":
      return false;
    case "all":
      return true;
    case "listed":
      return listed;
    case "allExcept":
      return !listed;
  }
}
