import http from "node:http";
import type { AddressInfo } from "node:net";
import { SMUGGLING } from "./rows/wire";
import type { Target } from "./target";

/** Sends the framing rows to a bare server; gives the ids of those that it does not refuse as theirs. */
async function taken(options: http.ServerOptions): Promise<string[]> {
  const server = http.createServer(options, (request, response) => {
    request.resume().on("end", () => response.end("read"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const target = { host, paths: { play: "/play/title", manifest: "/v1/index.m3u8" } } as Target;
  const answers = await Promise.all(SMUGGLING.map(async ({ id, answer, send }) => ((await send(target)) === answer ? [] : [id]))); // prettier-ignore
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return answers.flat();
}

test("framing that can be read in two ways is refused by Node's parser, and taken by one that forgives it", async () => {
  expect(await taken({})).toEqual([]);
  expect(await taken({ insecureHTTPParser: true })).toEqual([
    "smuggle-cl-te",
    "smuggle-two-codings",
    "smuggle-bare-line-feed",
  ]);
});

test("a second answer in one connection is told, whatever the first one ends in", async () => {
  const server = http.createServer({ insecureHTTPParser: true }, (_, response) => response.end("{}"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const target = { host, paths: { play: "/play/title", manifest: "/v1/index.m3u8" } } as Target;
  expect(await SMUGGLING.find(({ id }) => id === "smuggle-cl-te")?.send(target)).toBe("200, then 200");
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
