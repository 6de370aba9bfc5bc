import { unreadable } from "./problem";
import { asRecord, asText } from "./read";
import { ok, refused, type Result } from "./result";

/** What the stack writes to `config.json` beside the page. */
export interface PlayerConfig {
  /** Root address of the identity service with a scheme: `https://cognito-idp.<region>.amazonaws.com/`. */
  readonly identityUrl: string;
  /** Id of the user pool's public client; it has no secret. */
  readonly clientId: string;
  readonly region: string;
}

/**
 * Reads `config.json`. Its endpoint is protocol-relative (`//host/<poolId>`), so that one page serves https and
 * the plain http of one machine; `base` is the page's own address, whose scheme it takes.
 */
export function parseConfig(value: unknown, base: string): Result<PlayerConfig> {
  const { userPoolEndpoint, clientId, region } = asRecord(value) ?? {};
  const fields = { userPoolEndpoint: asText(userPoolEndpoint), clientId: asText(clientId), region: asText(region) };
  const missing = Object.entries(fields).flatMap(([name, text]) => (text === undefined ? [name] : []));
  const endpoint = fields.userPoolEndpoint && rootOf(fields.userPoolEndpoint, base);
  if (missing.length > 0) return invalid(`lacks ${missing.join(", ")}`);
  if (!endpoint)
    return invalid(`userPoolEndpoint must look like //host/poolId, got ${JSON.stringify(userPoolEndpoint)}`);
  return ok({ identityUrl: endpoint, clientId: fields.clientId ?? "", region: fields.region ?? "" });
}

/** Cognito's API is called at the host's root; the pool id in the path belongs to its issuer address. */
function rootOf(endpoint: string, base: string): string | undefined {
  if (!/^(https?:)?\/\/[^/]/.test(endpoint)) return undefined;
  try {
    return new URL("/", new URL(endpoint, base)).href;
  } catch {
    // `//[` and the like: reported by the caller, with what was got.
    return undefined;
  }
}

function invalid(why: string): ReturnType<typeof refused> {
  return refused(unreadable("config.json", `config.json ${why}. It is written by the stack; deploy it again.`));
}
