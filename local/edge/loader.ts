import type { Readable } from "node:stream";
import type { Principal } from "../kernel/aws-service";
import type { Clock } from "../kernel/clock";
import type { Behavior } from "./behavior";
import { bufferUpTo } from "./buffer-up-to";
import { cacheKey } from "./cache-key";
import { compressed } from "./compression";
import { errorMinTtl, type ErrorResponses } from "./error-pages";
import type { CachedObject, ObjectCache } from "./object-cache";
import { asFailure, fetchOrigin, OriginFailure, type Gateway, type OriginResponse } from "./origin-fetch";
import { buildOriginRequest, type SignOriginRequest } from "./origin-request";
import { edgeError } from "./refusal";
import { errorLifetime, successLifetime } from "./ttl";
import type { ResponseHeaders, ResultType, ViewerRequest } from "./types";

export interface LoaderOptions {
  readonly clock: Clock;
  readonly cache: ObjectCache;
  readonly gateway: Gateway;
  readonly errors: ErrorResponses;
  /** CloudFront itself, acting for the distribution. */
  readonly principal: Principal;
  readonly signer?: SignOriginRequest;
  /** Larger objects pass through without being kept, in bytes. */
  readonly maxObjectBytes: number;
}

/** What a request got, from the cache or from its origin. */
export interface Loaded {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Whole, or a stream of what is not kept. */
  readonly body: Buffer | Readable;
  readonly result: Exclude<ResultType, "Error" | "FunctionGeneratedResponse">;
  /** Milliseconds, for what came from the cache. */
  readonly storedAt?: number;
  /** The origin applied the viewer's range and conditions itself. */
  readonly negotiated?: boolean;
}

export type Load = (request: ViewerRequest, behavior: Behavior) => Promise<Loaded>;

/**
 * The cache in front of the origins. Requests for one object that arrive while it is being fetched wait for that
 * fetch, as they do at Origin Shield; they go to the origin themselves only where its answer may not be shared.
 * Never throws for what an origin does: a failure is a 502 or 504.
 */
export function makeLoader(options: LoaderOptions): Load {
  const pending = new Map<string, Promise<Loaded>>();

  return async function load(request, behavior) {
    const keeps = behavior.cachedMethods.includes(request.method) || request.method === "HEAD";
    if (!keeps) return pass(options, request, behavior);
    const key = cacheKey(request, behavior);
    const fresh = fromCache(options, key);
    if (fresh) return fresh;
    if (request.method === "HEAD") return pass(options, request, behavior);

    if (behavior.cachePolicy.maxTtl === 0) return fetchAndKeep(options, key, request, behavior);
    const leader = pending.get(key);
    if (leader) {
      await leader;
      return fromCache(options, key) ?? fetchAndKeep(options, key, request, behavior);
    }
    const fetched = fetchAndKeep(options, key, request, behavior);
    pending.set(key, fetched);
    try {
      return await fetched;
    } finally {
      pending.delete(key);
    }
  };
}

function fromCache({ cache, clock }: LoaderOptions, key: string): Loaded | undefined {
  const object = cache.get(key);
  return object && object.expiresAt > clock() ? hit(object) : undefined;
}

function hit(object: CachedObject, result: "Hit" | "RefreshHit" = "Hit"): Loaded {
  const { status, headers, body, storedAt } = object;
  return { status, headers, body, result, storedAt };
}

/** Straight to the origin with the viewer's range and conditions, and straight back. */
async function pass(options: LoaderOptions, request: ViewerRequest, behavior: Behavior): Promise<Loaded> {
  try {
    const response = await send(options, request, behavior, { conditional: true });
    return { ...response, result: "Miss", negotiated: true };
  } catch (error) {
    return failure(error, request, behavior);
  }
}

async function fetchAndKeep(
  options: LoaderOptions,
  key: string,
  request: ViewerRequest,
  behavior: Behavior,
): Promise<Loaded> {
  const stale = options.cache.get(key);
  const caches = behavior.cachePolicy.maxTtl > 0;
  const whole = caches && request.headers.range === undefined;
  let loaded: Loaded;
  try {
    const response = await send(options, request, behavior, { conditional: !caches, headers: validators(stale) });
    if (response.status === 304 && stale) return refresh(options, key, stale, response, behavior);
    loaded = await receive(options, response, request, behavior);
    if (!whole && caches && !Buffer.isBuffer(loaded.body)) {
      loaded.body.destroy(); // too large to keep: the origin shall cut the range out
      return await pass(options, request, behavior);
    }
  } catch (error) {
    loaded = failure(error, request, behavior);
  }
  if (loaded.status >= 500 && stale && stale.status < 400) return serveStale(options, key, stale, loaded.status);
  return keep(options, key, request, behavior, loaded);
}

async function send(
  options: LoaderOptions,
  request: ViewerRequest,
  behavior: Behavior,
  extra: { conditional: boolean; headers?: Record<string, string> },
): Promise<OriginResponse> {
  const sign = { principal: options.principal, signer: options.signer };
  const originRequest = await buildOriginRequest(request, behavior, sign, extra);
  return fetchOrigin(options.gateway, behavior.origin, originRequest, request.body);
}

/** Errors are always read whole: they may be kept even where caching is off. */
async function receive(
  options: LoaderOptions,
  response: OriginResponse,
  request: ViewerRequest,
  behavior: Behavior,
): Promise<Loaded> {
  const { status, headers } = response;
  const storable = status >= 400 || successLifetime(headers, behavior.cachePolicy, options.clock()).store;
  if (!storable && behavior.cachePolicy.maxTtl === 0) return { ...response, result: "Miss", negotiated: true };
  const body = await bufferUpTo(response, options.maxObjectBytes).catch((error: unknown) => {
    throw asFailure(error, behavior.origin);
  });
  if (!Buffer.isBuffer(body)) return { status, headers, body, result: "Miss" };
  return { ...(await compressed({ status, headers, body }, request, behavior)), result: "Miss" };
}

function keep(options: LoaderOptions, key: string, request: ViewerRequest, behavior: Behavior, loaded: Loaded): Loaded {
  const { status, headers, body } = loaded;
  // 206 and 304 answer what one viewer asked for, not the object.
  if (!Buffer.isBuffer(body) || status === 206 || status === 304) return loaded;
  const now = options.clock();
  const lifetime =
    status >= 400
      ? errorLifetime(status, headers, behavior.cachePolicy, options.errors, now)
      : successLifetime(headers, behavior.cachePolicy, now);
  if (!lifetime.store) options.cache.delete(key);
  else {
    const expiresAt = now + lifetime.seconds * 1000;
    options.cache.put(key, { path: request.path, status, headers, body, storedAt: now, expiresAt });
  }
  return loaded;
}

function validators(stale: CachedObject | undefined): Record<string, string> {
  if (!stale || stale.status >= 400) return {};
  const { etag, "last-modified": modified } = stale.headers;
  return {
    ...(etag === undefined ? {} : { "if-none-match": String(etag) }),
    ...(modified === undefined ? {} : { "if-modified-since": String(modified) }),
  };
}

/** The origin confirmed what is kept: its new headers replace the old ones, but not those that describe the body. */
function refresh(
  { cache, clock }: LoaderOptions,
  key: string,
  stale: CachedObject,
  response: OriginResponse,
  behavior: Behavior,
): Loaded {
  response.body.resume();
  const described = ["content-length", "content-type", "content-encoding", "content-range", "etag", "vary"];
  const updates = Object.entries(response.headers).filter(([name]) => !described.includes(name));
  const headers = { ...stale.headers, ...Object.fromEntries(updates) };
  const now = clock();
  const { store, seconds } = successLifetime(headers, behavior.cachePolicy, now);
  const object = { ...stale, headers, storedAt: now, expiresAt: now + seconds * 1000 };
  if (store) cache.put(key, object);
  else cache.delete(key);
  return hit(object, "RefreshHit");
}

/** An expired object is better than an error of the origin; the origin is asked again after the error's own time. */
function serveStale({ cache, clock, errors }: LoaderOptions, key: string, stale: CachedObject, status: number): Loaded {
  cache.put(key, { ...stale, expiresAt: clock() + errorMinTtl(errors, status) * 1000 });
  return hit(stale);
}

function failure(error: unknown, request: ViewerRequest, behavior: Behavior): Loaded {
  const { status, message } = error instanceof OriginFailure ? error : asFailure(error, behavior.origin);
  const { headers, body } = edgeError(status, message, request.id);
  return { status, headers, body, result: "Miss" };
}
