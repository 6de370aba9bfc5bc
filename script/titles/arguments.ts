import { ENVIRONMENT_NAMES, type EnvironmentName } from "../../environments/environment";
import { ASSET_ID } from "../../handlers/shared/asset-id";

export const USAGE = `npm run titles -- <env> <action>

  withdraw ASSET [--now]  no new cookie from now on; --now: those that were given out open nothing either
  publish ASSET           puts the newest version that can be watched on show, and lifts a block
  unblock ASSET           lifts the firewall's block of a title that stays withdrawn
  blocked                 what the firewall blocks

  <env>        ${ENVIRONMENT_NAMES.join(", ")}
  --state DIR  local's state directory (.local)
`;

const ACTIONS = ["withdraw", "publish", "unblock", "blocked"] as const;

export interface TitlesArguments {
  readonly environment: EnvironmentName;
  readonly action: (typeof ACTIONS)[number];
  /** Empty for `blocked`. */
  readonly assetId: string;
  readonly immediately: boolean;
}

/** What was typed, checked. @throws with what is allowed. */
export function readArguments(positionals: readonly string[], immediately: boolean): TitlesArguments {
  const [environment = "", action = "", assetId = "", ...more] = positionals;
  const env = oneOf("<env>", ENVIRONMENT_NAMES, environment);
  const known = oneOf("<action>", ACTIONS, action);
  if (known === "blocked" ? assetId !== "" : !ASSET_ID.test(assetId)) {
    const wanted = known === "blocked" ? "takes no title" : "needs a title's id, such as first-light-0123456789ab";
    throw new Error(`${known} ${wanted}, got ${JSON.stringify(assetId)}`);
  }
  if (more.length > 0) throw new Error(`one title at a time, got ${more.join(" ")} besides`);
  if (immediately && known !== "withdraw") throw new Error(`--now belongs to withdraw, got it with ${known}`);
  return { environment: env, action: known, assetId, immediately };
}

function oneOf<T extends string>(what: string, allowed: readonly T[], got: string): T {
  const found = allowed.find((each) => each === got);
  if (!found) throw new Error(`${what} must be one of ${allowed.join(", ")}, got ${JSON.stringify(got)}`);
  return found;
}
