import { mkdirSync } from "node:fs";
import { Agent, request as send, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import dynalite from "dynalite";

export interface EngineAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** dynalite on a port of its own, which serves nobody but this process. */
export interface DynaliteEngine {
  /** Sends one request of DynamoDB's JSON protocol; headers as the client sent them. */
  send(headers: IncomingHttpHeaders, body: Buffer): Promise<EngineAnswer>;
  stop(): Promise<void>;
}

const PASS = "x-engine-pass";

/** Headers that belong to a connection and not to a call. */
const OWN = new Set(["host", "content-length", "transfer-encoding", "connection", "expect", "accept-encoding", PASS]);

export async function startDynalite(directory: string, random: (bytes: number) => Buffer): Promise<DynaliteEngine> {
  mkdirSync(directory, { recursive: true });
  const server = dynalite({ path: directory, createTableMs: 0 });
  const pass = random(16).toString("hex");
  admitOnly(server, pass);
  const port = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
  const agent = new Agent({ keepAlive: true });
  return {
    send: (headers, body) => exchange(port, agent, { ...callHeaders(headers), [PASS]: pass }, body),
    stop: () => {
      agent.destroy();
      return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
    },
  };
}

/** dynalite takes any signature, so only the gateway, which verified it, may reach it. */
function admitOnly(server: Server, pass: string): void {
  const listeners = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    if (request.headers[PASS] === pass) for (const listener of listeners) listener.call(server, request, response);
    else response.writeHead(403).end();
  });
}

function callHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN.has(name)));
}

function exchange(port: number, agent: Agent, headers: IncomingHttpHeaders, body: Buffer): Promise<EngineAnswer> {
  return new Promise((resolve, reject) => {
    const call = send({ host: "127.0.0.1", port, agent, method: "POST", path: "/", headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 500, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    call.on("error", reject);
    call.end(body);
  });
}
