import { ENVIRONMENT_NAMES, type EnvironmentName } from "../../environments/environment";
import { KEY_TYPES, type KeyType } from "./make-pair";

export const USAGE = `npm run keys -- <action> <env> [NAME]

  new <env> [NAME] --secret-file FILE      first step: trust a new key; its private half goes to FILE
  put <env> NAME --secret-file FILE        puts the private half into its secret (--wait: once the secret is there)
  activate <env> NAME                      second step: sign with it
  retire <env> NAME                        third step: trust a key no more
  replace <env> [NAME] --secret-file FILE  for a key that leaked: all three steps as one change

  <env>        ${ENVIRONMENT_NAMES.join(", ")}; local keeps both halves in its state directory and takes no file
  NAME         today's date unless given
  --type T     ${KEY_TYPES.join(" or ")}; rsa unless given
  --state DIR  local's state directory (.local)
`;

const ACTIONS = ["new", "put", "activate", "retire", "replace"] as const;
const NAME = /^[a-z0-9-]{1,40}$/;

export interface KeysArguments {
  readonly action: (typeof ACTIONS)[number];
  readonly environment: EnvironmentName;
  readonly name: string;
  readonly type: KeyType;
  /** Empty where the action needs none. */
  readonly secretFile: string;
}

export interface Typed {
  readonly positionals: readonly string[];
  readonly type: string;
  readonly secretFile?: string;
}

/** What was typed, checked; `today` is `YYYY-MM-DD`. @throws with what is allowed. */
export function readArguments({ positionals, type, secretFile = "" }: Typed, today: string): KeysArguments {
  const [typed = "", where = "", given, ...more] = positionals;
  const action = oneOf("<action>", ACTIONS, typed);
  const environment = oneOf("<env>", ENVIRONMENT_NAMES, where);
  const makes = action === "new" || action === "replace";
  const name = given ?? (makes ? today : "");
  if (!NAME.test(name)) {
    throw new Error(`NAME must be lower-case letters, digits and hyphens, 40 at most, got ${JSON.stringify(name)}`);
  }
  if (more.length > 0) throw new Error(`one key at a time, got ${more.join(" ")} besides`);
  if (action === "put" && environment === "local")
    throw new Error("put is not for local, which keeps both halves itself");
  const needsFile = (makes && environment !== "local") || action === "put";
  if (needsFile && secretFile === "") throw new Error(`${action} ${environment} needs --secret-file FILE`);
  if (!needsFile && secretFile !== "") throw new Error(`${action} ${environment} takes no --secret-file`);
  return { action, environment, name, type: oneOf("--type", KEY_TYPES, type), secretFile };
}

function oneOf<T extends string>(what: string, allowed: readonly T[], got: string): T {
  const found = allowed.find((each) => each === got);
  if (!found) throw new Error(`${what} must be one of ${allowed.join(", ")}, got ${JSON.stringify(got)}`);
  return found;
}
