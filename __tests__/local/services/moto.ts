import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Says plainly what a run did not prove; jest's own reporter shows a skip only as a count. */
export function whenPresent(what: string, present: boolean): typeof describe {
  if (present) return describe;
  process.stderr.write(`SKIPPED: ${what} is not on this machine\n`);
  return describe.skip;
}

export function hasMoto(): boolean {
  return spawnSync("python3", ["-c", "import moto.server, flask"], { stdio: "ignore" }).status === 0;
}

export function hasBoto3(): boolean {
  return spawnSync("python3", ["-c", "import boto3"], { stdio: "ignore" }).status === 0;
}

export function hasAwsCli(): boolean {
  return spawnSync("aws", ["--version"], { stdio: "ignore" }).status === 0;
}

export interface Moto {
  readonly endpoint: string;
  stop(): void;
}

/** Starts moto's server on a free port of 127.0.0.1; an independent opinion on what AWS answers. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const child = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint, child);
  return { endpoint, stop: () => void child.kill("SIGKILL") };
}

async function answering(endpoint: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`moto.server ended with ${child.exitCode}`);
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => undefined);
    if (answer) return;
    await sleep(100);
  }
  child.kill("SIGKILL");
  throw new Error("moto.server did not answer within 20 s");
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
