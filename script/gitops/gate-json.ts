/** Text that is no JSON, or JSON that Terraform reads otherwise than JavaScript does. */
export class StrictJsonError extends Error {
  override name = "StrictJsonError";
}

const TOKENS = /"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}]/g;

/**
 * JSON in which no object names a key twice. `JSON.parse` keeps the last of two equal keys, while Terraform merges both:
 * what hides in the first would be planned and never judged.
 * @throws {StrictJsonError} with the reason.
 */
export function readStrictJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new StrictJsonError(`no JSON: ${(error as Error).message}`);
  }
  const twice = repeatedKey(text);
  if (twice !== undefined) throw new StrictJsonError(`the key ${JSON.stringify(twice)} stands twice in one object`);
  return value;
}

/** `text` is known to be JSON, so a string with a colon after it is a key, of the innermost object that is open. */
function repeatedKey(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (token.endsWith(":")) {
      const key = JSON.parse(token.slice(0, -1)) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return undefined;
}
