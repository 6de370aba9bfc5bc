import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export interface Moto {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  stop(): Promise<void>;
}

const PATIENCE_MS = 30_000;

export function hasMoto(): boolean {
  return spawnSync("python3", ["-c", "import moto.server, flask"], { stdio: "ignore" }).status === 0;
}

/**
 * Starts moto's server (https://docs.getmoto.org/en/latest/docs/server_mode.html) on a free port of 127.0.0.1.
 * @throws when it ends at once, or does not answer within half a minute.
 */
export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const child = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint, child);
  return { endpoint, stop: () => end(child) };
}

async function answering(endpoint: string, child: ChildProcess): Promise<void> {
  for (const begun = Date.now(); Date.now() - begun < PATIENCE_MS; await sleep(100)) {
    if (child.exitCode !== null) throw new Error(`moto.server ended with ${child.exitCode} before it answered`);
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => undefined);
    if (answer) return;
  }
  child.kill("SIGKILL");
  throw new Error(`moto.server did not answer within ${PATIENCE_MS / 1000} s`);
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGKILL"); // everything it knows is in memory
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
