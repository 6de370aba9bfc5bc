import { accessEnd } from "../shared/access-end";
import { admit, type Caller } from "../shared/admit";
import { type Facts, refusalOf, type Rule } from "../shared/entitlement-rules";
import { streamLimit } from "../shared/entitlement-standing";
import { type HttpResponse, json, jsonBody, problem } from "../shared/http";
import type { MintDeps } from "../shared/mint";
import { type Playable, playableOf } from "../shared/playable";
import { refusalAnswer } from "../shared/refusal-answer";
import { ok, refused, type Result } from "../shared/result";
import type { Sessions } from "../shared/sessions-table";
import type { SigningKey } from "../shared/signing-key";
import { SESSION_ID } from "../shared/stream-slots";
import { viewerIpv4 } from "../shared/viewer";
import { signedCookies } from "./cookies";
import { refreshAfter } from "./refresh-after";

export interface Deps extends MintDeps {
  readonly sessions: Pick<Sessions, "take">;
  readonly settings: MintDeps["settings"] & {
    readonly cookieSeconds: number;
    readonly playerSite: "same-site" | "cross-site";
    /** Streams of a viewer at a time; 0: any number, unless a plan says one. */
    readonly concurrentStreams: number;
    readonly downloads: "none" | "offered";
  };
}

/**
 * `POST /play/{assetId}`: who may watch gets the title's addresses, and cookies that open them for a few minutes. Each
 * refresh is the same request, and asks every rule again.
 */
export const makeHandler =
  (deps: Deps) =>
  async (event: unknown): Promise<HttpResponse> => {
    const { originSecret } = deps.settings;
    const caller = admit(event, { originSecret, log: deps.log, method: "POST", path: "/play/{assetId}" });
    if (!caller.ok) return caller.problem;
    const session = sessionIn(caller.value);
    return session.ok ? answer(deps, caller.value, session.value) : session.problem;
  };

/** The playing session that the body names, if it has a body. */
function sessionIn({ request }: Caller): Result<string | undefined, HttpResponse> {
  const body = jsonBody(request);
  if (!body.ok) return refused(problem(400, "BODY_INVALID", `${body.problem}, or absent.`));
  const { session } = body.value;
  if (session === undefined) return ok(undefined);
  if (typeof session === "string" && SESSION_ID.test(session)) return ok(session);
  return refused(problem(400, "SESSION_INVALID", "session must be 16 to 64 letters, digits, hyphens or underscores."));
}

async function answer(deps: Deps, caller: Caller, session: string | undefined): Promise<HttpResponse> {
  const { settings, catalogue, entitlements, signingKey, sessions, now } = deps;
  const { assetId, viewerId } = caller;
  const title = await catalogue.read(assetId);
  const held = await entitlements(viewerId, assetId, title?.licence?.collection);
  const playable = playableOf(title);
  const limit = streamLimit(held, now(), settings.concurrentStreams || undefined);
  const facts: Facts = {
    now: now(),
    entitlements: held,
    country: caller.country,
    countries: settings.countries,
    playable: playable.kind,
    terms: title?.licence,
    binding: { required: settings.bindViewerIp === "ipv4", ipv4: viewerIpv4(caller.request) },
    streams: { limit, session, slot: undefined },
  };
  const refusal = refusalOf(facts);
  if (refusal) return refuse(deps, assetId, refusal);
  if (playable.kind !== "playable") throw new Error(`no rule refuses a title that is ${playable.kind}`);

  const privateKey = await signingKey(); // before a slot is taken: a fault must not hold one
  const expiresAt = accessEnd(facts, settings.cookieSeconds);
  const until = expiresAt * 1000;
  const slot =
    limit === undefined || session === undefined
      ? undefined
      : await sessions.take({ viewerId, session, limit, now: facts.now, until });
  const late = refusalOf({ ...facts, streams: { limit, session, slot } });
  if (late) return refuse(deps, assetId, late);
  return mint(deps, { assetId, playable, expiresAt, privateKey, facts, session: slot && session });
}

function refuse({ log }: Deps, assetId: string, rule: Rule): HttpResponse {
  log("PLAYBACK_REFUSED", { assetId, reason: rule.code });
  return refusalAnswer(rule);
}

interface Minting {
  readonly assetId: string;
  readonly playable: Extract<Playable, { kind: "playable" }>;
  /** Seconds since 1970. */
  readonly expiresAt: number;
  readonly privateKey: Awaited<ReturnType<SigningKey>>;
  readonly facts: Facts;
  /** The session that holds a slot, where one is needed. */
  readonly session: string | undefined;
}

function mint({ settings, log }: Deps, minting: Minting): HttpResponse {
  const { assetId, playable, expiresAt, privateKey, facts, session } = minting;
  const { prefix, ...addresses } = playable.playback;
  const { cdnOrigin, playerSite, signingKeyId: keyId } = settings;
  const viewerIpv4 = facts.binding.required ? facts.binding.ipv4 : undefined;
  const cookies = signedCookies({ cdnOrigin, prefix, expiresAt, viewerIpv4, playerSite, keyId, privateKey });
  log("PLAYBACK_MINTED", { assetId });
  const body = {
    assetId,
    ...addresses,
    poster: playable.poster,
    ...(settings.downloads === "offered" && playable.hasDownload && { download: true }),
    expiresAt: new Date(expiresAt * 1000).toISOString(),
    refreshAfterSeconds: refreshAfter(facts.now, expiresAt),
    session,
  };
  return json(200, body, { cookies });
}
