import { spawn } from "node:child_process";
import http from "node:http";
import { createServer, type AddressInfo } from "node:net";

export interface Moto {
  readonly port: number;
  stop(): Promise<void>;
}

/** An emulator of AWS's control plane in a process of its own, on a free port of 127.0.0.1. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const child = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries > 150) throw new Error("moto did not come up within 30 s");
    await new Promise((wait) => setTimeout(wait, 200));
  }
  return {
    port,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    http
      .get({ host: "127.0.0.1", port, path: "/moto-api/" }, (response) => {
        response.resume();
        resolve(true);
      })
      .once("error", () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
