import { type Value } from "./syntax";
import { byBytes, isList, numberText } from "./values";

/** What Go's encoder escapes beyond JSON's needs, so that the text is safe inside HTML and JavaScript. */
const GO_ESCAPES = /[<>&\u2028\u2029]/g;

/**
 * The bytes of Terraform's `jsonencode`: keys sorted, no spaces, `<`, `>` and `&` escaped.
 * @see https://developer.hashicorp.com/terraform/language/functions/jsonencode
 */
export function jsonEncode(value: Value): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return numberText(value);
  if (typeof value === "string") return quoted(value);
  if (isList(value)) return `[${value.map(jsonEncode).join(",")}]`;
  const members = Object.entries(value).sort(([a], [b]) => byBytes(a, b));
  return `{${members.map(([key, member]) => `${quoted(key)}:${jsonEncode(member)}`).join(",")}}`;
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    GO_ESCAPES,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
