import { jsonEncode } from "../json-encode";
import { Arguments, type TerraformFunction } from "./arguments";

/** `%%`, or flags, width and verb, as in `%-10s` and `%05d`. */
const VERB = /%(?:%|([-0]*)(\d*)([a-zA-Z]?))/g;

/**
 * `format` with the verbs `%s %d %q %t %v %%`, the flags `-` and `0`, and a width.
 * @see https://developer.hashicorp.com/terraform/language/functions/format
 */
export const formatFunction: TerraformFunction = (values) => {
  const args = new Arguments("format", values);
  let next = 1;
  const text = args.text(0).replace(VERB, (verb: string, flags: string, width: string, letter: string) => {
    if (verb === "%%") return "%";
    const index = next++;
    if (index >= values.length) throw args.failure(`${verb} has no argument left`);
    return padded(rendered(args, index, letter, verb), flags, Number(width));
  });
  if (next < values.length) throw args.failure(`there are ${values.length - next} arguments more than verbs`);
  return text;
};

function rendered(args: Arguments, index: number, letter: string, verb: string): string {
  const value = args.values[index] ?? null;
  if (letter === "s") return args.text(index);
  if (letter === "d") return String(args.whole(index));
  if (letter === "q") return jsonEncode(args.text(index));
  if (letter === "t" && typeof value === "boolean") return String(value);
  if (letter === "v") return typeof value === "object" ? jsonEncode(value) : args.text(index);
  throw args.failure(`${verb} is not supported for this argument: there are %s %d %q %t %v`);
}

function padded(text: string, flags: string, width: number): string {
  if (flags.includes("-")) return text.padEnd(width);
  if (!flags.includes("0")) return text.padStart(width);
  const sign = text.startsWith("-") ? "-" : "";
  return sign + text.slice(sign.length).padStart(width - sign.length, "0");
}
