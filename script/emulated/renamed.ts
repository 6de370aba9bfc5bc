import { readFileSync, writeFileSync } from "node:fs";

interface StackDocument {
  readonly resource: Record<string, Record<string, object>>;
  moved?: readonly { readonly from: string; readonly to: string }[];
}

/**
 * A synthesised stack in which one resource has another name, and a `moved` block says so: what
 * `addOverride("moved", ...)` in the stack's constructor would make of a renamed construct.
 * @returns the path of the new file
 */
export function renamed(stackFile: string, address: string, name: string): string {
  const [type = "", old = ""] = address.split(".");
  const to = `${type}.${name}`;
  const text = readFileSync(stackFile, "utf8").replaceAll(new RegExp(`\\b${type}\\.${old}\\b`, "g"), to);
  const document = JSON.parse(text) as StackDocument;
  const { [old]: body, ...others } = document.resource[type] ?? {};
  if (!body) throw new Error(`${stackFile} has no ${address}`);
  document.resource[type] = { ...others, [name]: body };
  document.moved = [{ from: address, to }];
  const file = stackFile.replace(/\.tf\.json$/, ".renamed.tf.json");
  writeFileSync(file, JSON.stringify(document));
  return file;
}
