import { createServer, type AddressInfo } from "node:net";

/** A port of 127.0.0.1 that is free at the moment, and so is the one after it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const first = await listen(0);
    if (first === undefined) continue;
    if (first < 65_535 && (await listen(first + 1)) !== undefined) return first;
  }
}

/** Listens and stops at once. @returns the port, or nothing when it is taken. */
function listen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const { port: given } = server.address() as AddressInfo;
      server.close(() => resolve(given));
    });
  });
}
