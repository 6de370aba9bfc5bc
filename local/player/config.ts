import { isSafeAddress } from "./provider";
import { unreadable } from "./problem";
import { asPositive, asRecord, asText } from "./read";
import { ok, refused, type Result } from "./result";

/** What the stack writes to `config.json` beside the page. */
export interface PlayerConfig {
  /** Whom viewers sign in with; its OpenID document stands below. */
  readonly issuer: string;
  /** Id of the page's public client at the issuer; it has no secret. */
  readonly clientId: string;
  /** What is asked for, between spaces. */
  readonly scopes: string;
  /** Claim of the access token that holds roles; absent where nobody has one. */
  readonly groupsClaim?: string;
  /** What players report; absent where they report nothing. */
  readonly beacons?: { readonly everySeconds: number; readonly sampleShare: number };
  /** Parameter of the issuer's sign-out address that says where to go afterwards. */
  readonly signOutParameter: "logout_uri" | "post_logout_redirect_uri";
}

/**
 * Reads `config.json`. The issuer may be protocol-relative (`//host/<poolId>`), so that one page serves https and
 * the plain http of one machine; `base` is the page's own address, whose scheme it takes.
 */
export function parseConfig(value: unknown, base: string): Result<PlayerConfig> {
  const { issuer, clientId, scopes, groupsClaim, signOutParameter, beacons } = asRecord(value) ?? {};
  const fields = { issuer: asText(issuer), clientId: asText(clientId), scopes: asText(scopes) };
  const missing = Object.entries(fields).flatMap(([name, text]) => (text === undefined ? [name] : []));
  if (missing.length > 0) return invalid(`lacks ${missing.join(", ")}`);
  const address = fields.issuer && resolved(fields.issuer, base);
  if (!address) return invalid(`issuer must look like //host/poolId, got ${JSON.stringify(issuer)}`);
  if (signOutParameter !== "logout_uri" && signOutParameter !== "post_logout_redirect_uri") {
    const got = JSON.stringify(signOutParameter);
    return invalid(`signOutParameter must be "logout_uri" or "post_logout_redirect_uri", got ${got}`);
  }
  const { clientId: id = "", scopes: asked = "" } = fields;
  const roles = { groupsClaim: asText(groupsClaim) };
  return ok({ issuer: address, clientId: id, scopes: asked, ...roles, signOutParameter, ...beaconsIn(beacons) });
}

/** Numbers that are none are no reason to keep anybody from watching. */
function beaconsIn(value: unknown): Pick<PlayerConfig, "beacons"> {
  const { everySeconds, sampleShare } = asRecord(value) ?? {};
  const [every, share] = [asPositive(everySeconds), asPositive(sampleShare)];
  return every && share ? { beacons: { everySeconds: every, sampleShare: share } } : {};
}

/** As it is written, save for the scheme: whether an issuer's address ends with a slash is part of its name. */
function resolved(issuer: string, base: string): string | undefined {
  if (!/^(https?:)?\/\/[^/]/.test(issuer)) return undefined;
  const address = issuer.startsWith("//") ? new URL(base).protocol + issuer : issuer;
  return isSafeAddress(address, base) ? address : undefined;
}

function invalid(why: string): ReturnType<typeof refused> {
  return refused(unreadable("config.json", `config.json ${why}. It is written by the stack; deploy it again.`));
}
