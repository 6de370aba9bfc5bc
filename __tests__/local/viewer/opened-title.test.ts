import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mintOpened } from "../../../local/viewer/opened-title";
import { leave } from "../../../local/viewer/viewer";

type Answer = readonly [status: number, body: object];

const OPEN: Answer = [200, { hls: "/v1/p/index.m3u8", session: "s1" }];
let server: Server | undefined;
afterEach(() => server?.close());

/** An edge that gives its answers in order, and what it was asked. */
async function edge(...answers: Answer[]) {
  const asked: string[] = [];
  server = createServer((request, response) => {
    const [status, body] = answers[asked.length] ?? [500, {}];
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    request.resume().on("end", () => {
      response.writeHead(status, { "content-type": "application/json", "set-cookie": "a=b; Path=/v1/p/" });
      response.end(status === 204 ? undefined : JSON.stringify(body));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const notes: string[] = [];
  const tokens = { entitled: "viewer", editor: "editor" };
  const opened = () => mintOpened({ edge: address, assetId: "night", tokens, note: (line) => notes.push(line) });
  return { address, asked, notes, opened };
}

test("a title that is open plays, and nobody edits it", async () => {
  const { address, asked, notes, opened } = await edge(OPEN, [204, {}]);
  const playback = await opened();
  expect(playback).toEqual({ hls: `${address}/v1/p/index.m3u8`, cookie: "a=b", session: "s1" });
  await leave(`${address}/play/night`, "viewer", playback);
  await leave(`${address}/play/night`, "viewer", { cookie: "" });
  expect([asked, notes]).toEqual([
    ["POST /play/night Bearer viewer", "DELETE /play/night/sessions/s1 Bearer viewer"],
    [],
  ]);
});

test.each(["TITLE_WITHDRAWN", "TITLE_NOT_FOUND", "TITLE_NO_LONGER_AVAILABLE", "LICENCE_REQUIRED"])(
  "a title that is refused as %s is opened by the editor, and said so",
  async (code) => {
    const { asked, notes, opened } = await edge([403, { error: code }], [200, {}], [200, {}], OPEN);
    expect((await opened()).cookie).toBe("a=b");
    expect(asked).toEqual([
      "POST /play/night Bearer viewer",
      "PUT /api/titles/night/licence Bearer editor",
      "POST /api/titles/night/publish Bearer editor",
      "POST /play/night Bearer viewer",
    ]);
    expect(notes).toEqual([`The title was closed to viewers (${code}): the sample editor published it.`]);
  },
);

test.each(["SUBSCRIPTION_REQUIRED", "COUNTRY_UNKNOWN", "TITLE_NOT_READY"])(
  "%s is no matter of an editor",
  async (code) => {
    const { address, asked, opened } = await edge([403, { error: code }]);
    await expect(opened()).rejects.toThrow(new Error(`${address}/play/night answered 403 ${code}`));
    expect(asked).toHaveLength(1);
  },
);

test("an editor who is refused is told where and why", async () => {
  const refusal: Answer = [409, { error: "TITLE_NOT_READY", message: "Nothing to watch." }];
  const { address, opened } = await edge([404, { error: "TITLE_NOT_FOUND" }], [200, {}], refusal);
  await expect(opened()).rejects.toThrow(
    new Error(`POST ${address}/api/titles/night/publish answered 409 TITLE_NOT_READY: Nothing to watch.`),
  );
});
