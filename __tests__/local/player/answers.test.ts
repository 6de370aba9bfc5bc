import { freeSlot, mintPlayback, parsePlayback } from "../../../local/player/mint";
import { explain } from "../../../local/player/problem";
import { ok, refused } from "../../../local/player/result";
import { listTitles, parseTitles, titleName } from "../../../local/player/titles";

describe("the mint's answer", () => {
  test("is resolved against the mint's own address", async () => {
    const asked: unknown[] = [];
    const post = async (path: string, body: unknown) => {
      asked.push([path, body]);
      return ok({
        hls: "/v1/p/index.m3u8",
        dash: "/v1/p/index.mpd",
        refreshAfterSeconds: 180,
        poster: "/posters/a.jpg",
      });
    };
    const answer = await mintPlayback({ post }, "a b", "https://cdn.example/app/#/watch/a", "s1");
    expect(asked).toEqual([["/play/a%20b", { session: "s1" }]]);
    expect(answer).toEqual(
      ok({
        assetId: "a b",
        manifests: { hls: "https://cdn.example/v1/p/index.m3u8", dash: "https://cdn.example/v1/p/index.mpd" },
        refreshAfterSeconds: 180,
        expiresAt: undefined,
        poster: "https://cdn.example/posters/a.jpg",
        holdsSlot: false,
      }),
    );
  });

  test("says whether there is a slot to free, and it is freed by title and session", async () => {
    const answer = parsePlayback({ hls: "/x.m3u8", session: "s1" }, "a", "https://cdn.example/");
    expect(answer).toMatchObject({ value: { holdsSlot: true } });
    const removed: string[] = [];
    await freeSlot({ remove: (path) => Promise.resolve(ok(removed.push(path))) }, "a b", "s1");
    expect(removed).toEqual(["/play/a%20b/sessions/s1"]);
  });

  test.each([null, [], "x", { hls: 5 }, { hls: "http://[" }])("%j names nothing that could be played", (value) => {
    expect(parsePlayback(value, "a", "https://cdn.example/play/a")).toMatchObject({
      ok: false,
      problem: { advice: "It names no HLS, DASH or CMAF address." },
    });
  });

  test("a refresh time that makes no sense becomes a minute", () => {
    const answer = parsePlayback({ hls: "/x.m3u8", refreshAfterSeconds: -1 }, "a", "https://cdn.example/");
    expect(answer).toMatchObject({ value: { refreshAfterSeconds: 60 } });
  });
});

describe("the list of titles", () => {
  test("leaves out what cannot be read, and names a title by its id when it has no other", () => {
    expect(
      parseTitles({
        items: [null, {}, { assetId: "a" }, { assetId: "b", title: "B", durationSeconds: 9 }],
        cursor: "c",
      }),
    ).toEqual(
      ok({
        titles: [
          { assetId: "a", name: "a", poster: undefined, durationSeconds: undefined },
          { assetId: "b", name: "B", poster: undefined, durationSeconds: 9 },
        ],
        cursor: "c",
      }),
    );
  });

  test("an answer without items is unreadable", () => {
    expect(parseTitles({})).toMatchObject({ problem: { advice: "The answer holds no items." } });
  });

  test("pages on with the cursor, encoded", async () => {
    const paths: string[] = [];
    const get = async (path: string) => {
      paths.push(path);
      return ok({ items: [] });
    };
    await listTitles({ get });
    await listTitles({ get }, "a/b=");
    expect(paths).toEqual(["/api/titles", "/api/titles?cursor=a%2Fb%3D"]);
  });

  test("one title is asked for by its id, and its name is all that is learnt", async () => {
    const paths: string[] = [];
    const get = async (path: string) => {
      paths.push(path);
      return ok({ assetId: "a b", title: "Night" });
    };
    expect(await titleName({ get }, "a b")).toBe("Night");
    expect(await titleName({ get: async () => refused(explain({ status: 404 })) }, "a")).toBeUndefined();
    expect(paths).toEqual(["/api/titles/a%20b"]);
  });
});
