import http from "node:http";
import type { AddressInfo } from "node:net";

export interface RecordingProxy {
  readonly address: string;
  /** `METHOD /path` of every request that changed something, in the order of their arrival. */
  readonly changes: string[];
  stop(): Promise<void>;
}

/** Stands before a server on this machine and writes down what changes it. */
export async function startRecordingProxy(target: number): Promise<RecordingProxy> {
  const changes: string[] = [];
  const server = http.createServer((request, response) => {
    const { method = "GET", url = "/", headers } = request;
    if (method !== "GET") changes.push(`${method} ${url.split("?")[0]}`);
    const forward = http.request({ host: "127.0.0.1", port: target, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    forward.once("error", () => response.writeHead(502).end());
    request.pipe(forward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    changes,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
