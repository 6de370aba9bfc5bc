import { generateKeyPairSync, type KeyObject } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Deployment, Resource } from "../../../local/terraform/deployment";
import type { ViewerRequest } from "../../../local/edge/types";

export const NOW = Date.parse("2026-01-02T03:04:05Z");

type Values = Record<string, unknown>;

/** A deployment of resources written by hand, each under `type.name`. */
export function deploymentOf(resources: Record<string, Values>): Deployment {
  const all: Resource[] = Object.entries(resources).map(([address, values]) => {
    const [type = "", name = ""] = address.split(".");
    return { type, name, address, values };
  });
  return {
    account: "000000000000",
    region: "eu-west-1",
    all: (type) => all.filter((resource) => resource.type === type),
    get(address) {
      const found = all.find((resource) => resource.address === address);
      if (!found) throw new Error(`no ${address}`);
      return found;
    },
  };
}

export function viewerRequest(overrides: Partial<ViewerRequest> = {}): ViewerRequest {
  return {
    id: "request-1",
    method: "GET",
    path: "/",
    query: "",
    headers: {},
    address: "127.0.0.1",
    port: 50_000,
    country: "NL",
    ...overrides,
  };
}

export interface KeyPair {
  readonly publicPem: string;
  readonly privatePem: string;
  readonly publicKey: KeyObject;
}

export function keyPair(kind: "rsa" | "ec"): KeyPair {
  const { publicKey, privateKey } =
    kind === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  return {
    publicPem: publicKey.export({ type: "spki", format: "pem" }) as string,
    privatePem: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    publicKey,
  };
}

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export type Handler = (seen: Seen, response: http.ServerResponse) => void;

export interface FakeOrigin {
  readonly address: string;
  readonly requests: Seen[];
  handler: Handler;
  stop(): Promise<void>;
}

/** Stands for the gateway: records what it was sent and answers what the test says. */
export async function fakeOrigin(): Promise<FakeOrigin> {
  const requests: Seen[] = [];
  const server = http.createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const seen = { method: message.method ?? "", url: message.url ?? "", headers: message.headers, body };
      requests.push(seen);
      origin.handler(seen, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin: FakeOrigin = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    handler: (_, response) => response.writeHead(404).end("no handler"),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return origin;
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** The client's own loopback address. */
  readonly from?: string;
}

/** A request with nothing normalised, unlike `fetch`. */
export function ask(
  port: number,
  path: string,
  { method = "GET", headers = {}, body, from }: Ask = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path, method, headers, localAddress: from, agent: false as const };
    const request = http.request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("error", reject);
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const whole = Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: whole, text: whole.toString() });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}
