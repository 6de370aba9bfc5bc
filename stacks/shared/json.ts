import { Token } from "cdktf";

/** `${` that does not open one of CDKTF's own string tokens (`${TfToken[12]}`). */
const LITERAL_OPENING = /\$\{(?!TfToken\[)/g;

/**
 * A JSON document as a plain string, for policies, event patterns and template bodies.
 * String tokens become Terraform references in place; a literal `${` (an IAM variable, say) is escaped, so that
 * Terraform leaves it alone. A token that is not a string would come out as a meaningless number, so it is refused.
 */
export function json(document: unknown): string {
  return JSON.stringify(document, (key, value: unknown) => {
    if (typeof value === "string") return value.replace(LITERAL_OPENING, "$$${");
    if (Token.isUnresolved(value)) throw new Error(`json(): ${key || "the document"} is a token that is not a string`);
    return value;
  });
}
