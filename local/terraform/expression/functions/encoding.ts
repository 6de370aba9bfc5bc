import { createHash } from "node:crypto";
import { jsonEncode } from "../json-encode";
import type { Value } from "../syntax";
import { type Arguments, define } from "./arguments";

const sha256 = (text: string) => createHash("sha256").update(text);

/** @see https://developer.hashicorp.com/terraform/language/functions */
export const encodingFunctions = {
  ...define("base64decode", 1, 1, decodeBase64),
  ...define("base64encode", 1, 1, (args) => Buffer.from(args.text(0)).toString("base64")),
  ...define("base64sha256", 1, 1, (args) => sha256(args.text(0)).digest("base64")),
  ...define("jsondecode", 1, 1, decodeJson),
  ...define("jsonencode", 1, 1, (args) => jsonEncode(args.values[0] ?? null)),
  ...define("sha256", 1, 1, (args) => sha256(args.text(0)).digest("hex")),
};

function decodeBase64(args: Arguments): string {
  const text = args.text(0);
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") !== text) throw args.failure("the text is not base64");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw args.failure("what the base64 holds is not UTF-8");
  }
}

function decodeJson(args: Arguments): Value {
  const text = args.text(0);
  try {
    return JSON.parse(text) as Value;
  } catch {
    // The parser's own message quotes the text, which may be secret.
    throw args.failure("the text is not JSON");
  }
}
