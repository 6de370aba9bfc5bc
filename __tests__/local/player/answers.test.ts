import { mintPlayback, parsePlayback } from "../../../local/player/mint";
import { ok } from "../../../local/player/result";
import { listTitles, parseTitles } from "../../../local/player/titles";

describe("the mint's answer", () => {
  test("is resolved against the mint's own address", async () => {
    const paths: string[] = [];
    const post = async (path: string) => {
      paths.push(path);
      return ok({
        hls: "/v1/p/index.m3u8",
        dash: "/v1/p/index.mpd",
        refreshAfterSeconds: 180,
        poster: "/posters/a.jpg",
      });
    };
    const answer = await mintPlayback({ post }, "a b", "https://cdn.example/app/#/watch/a");
    expect(paths).toEqual(["/play/a%20b"]);
    expect(answer).toEqual(
      ok({
        assetId: "a b",
        manifests: { hls: "https://cdn.example/v1/p/index.m3u8", dash: "https://cdn.example/v1/p/index.mpd" },
        refreshAfterSeconds: 180,
        expiresAt: undefined,
        poster: "https://cdn.example/posters/a.jpg",
      }),
    );
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
});
