import { randomBytes } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../kernel/clock";
import type { Deployment } from "../terraform/deployment";
import { makeAccessLog, type AccessRecord } from "./access-log";
import { readDistribution, type Distribution } from "./distribution";
import { type EdgeAnswer, edgeAnswer } from "./edge-answer";
import { globMatches } from "./glob";
import { checkLimits } from "./limits";
import { makeLoader } from "./loader";
import { makeObjectCache, type ObjectCache } from "./object-cache";
import type { SignOriginRequest } from "./origin-request";
import { respond, type Pipeline } from "./pipeline";
import { edgeError } from "./refusal";
import { makeCounter, type EdgeStatistics } from "./statistics";
import type { EdgeResponse, ViewerRequest } from "./types";
import { readViewerRequest, writeResponse } from "./viewer-io";
import type { OperatedRules } from "./waf-statement";

const MEGABYTE = 1024 * 1024;

export interface EdgeOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly clock: Clock;
  /** Where all origins answer, told apart by `Host`: `http://127.0.0.1:4566`. */
  readonly gatewayAddress: string;
  /** Signs requests to origins with an access control. */
  readonly signOriginRequest?: SignOriginRequest;
  /** Country of 127.0.0.1; `NL` by default. */
  readonly homeCountry?: string;
  /** 256 MB by default. */
  readonly cacheBytes?: number;
  /** Told of every answer once its headers are there. */
  readonly onAnswer?: (answer: EdgeAnswer, at: number) => void;
  /** `X-Amz-Cf-Id` of each request; random by default. */
  readonly newRequestId?: () => string;
}

export interface Edge {
  readonly port: number;
  /**
   * Runs the distribution of a deployment from now on, with an empty cache. Throws when it refers to what is not
   * there. Gives what runs at AWS only, in words. `operatedRules` are the firewall's that no plan holds.
   */
  configure(deployment: Deployment, operatedRules?: OperatedRules): readonly string[];
  /** Drops cached objects by path, `*` at the end allowed, as an invalidation does; gives how many went. */
  invalidate(paths: readonly string[]): number;
  statistics(): EdgeStatistics;
  /** The last 1,000 requests, oldest first. */
  accessLog(): readonly AccessRecord[];
  /** Ends open connections too. */
  stop(): Promise<void>;
}

/**
 * A CloudFront edge on 127.0.0.1 that executes the synthesised distribution. It listens at once, so that its port can
 * stand in the deployment, and answers 503 until it is configured. Rejects when the port is taken (`EADDRINUSE`).
 */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const { clock, homeCountry = "NL", newRequestId = () => randomBytes(28).toString("base64url") } = options;
  const agent = new http.Agent({ keepAlive: true });
  const counter = makeCounter();
  const log = makeAccessLog();
  let running: { readonly pipeline: Pipeline; readonly cache: ObjectCache } | undefined;

  // Clients that were busy for a while must not find their idle connection closed under the next request.
  const server = http.createServer({ maxHeaderSize: MEGABYTE / 8, keepAliveTimeout: 75_000 }, (message, out) => {
    const request = readViewerRequest(message, newRequestId(), homeCountry);
    const began = clock();
    const answered = handle(running?.pipeline, request, message.url ?? "/", message.rawHeaders);
    void answered
      .then(async (response) => {
        counter.count(response);
        options.onAnswer?.(edgeAnswer(request.method, response, clock() - began), clock());
        const bytes = await writeResponse(response, request, out);
        log.add(record(clock(), request, response, bytes));
        if (response.status === 413 || response.status === 414) out.socket?.destroySoon();
      })
      .catch(() => out.destroy());
  });
  await listen(server, options.port);

  return {
    port: (server.address() as AddressInfo).port,
    configure(deployment, operatedRules) {
      running = build(options, readDistribution(deployment, clock, operatedRules), agent);
      return running.pipeline.distribution.notEmulated;
    },
    invalidate: (paths) =>
      running?.cache.deleteWhere((object) => paths.some((path) => globMatches(path, object.path))) ?? 0,
    statistics: () => counter.read(),
    accessLog: () => log.records(),
    stop: () => stop(server, agent),
  };
}

function build(options: EdgeOptions, distribution: Distribution, agent: http.Agent) {
  const { clock, cacheBytes = 256 * MEGABYTE } = options;
  const { hostname, port } = new URL(options.gatewayAddress);
  const cache = makeObjectCache(cacheBytes);
  const load = makeLoader({
    clock,
    cache,
    gateway: { host: hostname, port: Number(port), agent },
    errors: distribution.errors,
    principal: { kind: "service", arn: "cloudfront.amazonaws.com", sourceArn: distribution.arn },
    signer: options.signOriginRequest,
    maxObjectBytes: Math.floor(cacheBytes / 8),
  });
  return { cache, pipeline: { distribution, load, clock } };
}

async function handle(
  pipeline: Pipeline | undefined,
  request: ViewerRequest,
  target: string,
  rawHeaders: readonly string[],
): Promise<EdgeResponse> {
  if (!pipeline) return edgeError(503, "The distribution is not deployed yet.", request.id);
  if (!pipeline.distribution.enabled) return edgeError(403, "The distribution is disabled.", request.id);
  const tooLong = checkLimits(target, pipeline.distribution.domainName, rawHeaders, request.id);
  if (tooLong) return tooLong;
  return respond(pipeline, request).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    return edgeError(500, `The local edge failed: ${reason}`, request.id);
  });
}

function record(now: number, request: ViewerRequest, response: EdgeResponse, bytes: number): AccessRecord {
  const { method, path, country } = request;
  const result = response.denied ? "Denied" : response.result;
  return { time: new Date(now).toISOString(), method, path, status: response.status, result, bytes, country };
}

function listen(server: http.Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function stop(server: http.Server, agent: http.Agent): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      agent.destroy();
      resolve();
    });
    server.closeAllConnections();
  });
}
