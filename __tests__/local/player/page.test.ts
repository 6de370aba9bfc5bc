import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toDataset } from "../../../local/player/dataset";
import { chooseEngine } from "../../../local/player/engines/choose-engine";
import { failureOf } from "../../../local/player/engines/engine";
import { afterMediaEvent } from "../../../local/player/media-state";
import { formatRoute, parseRoute } from "../../../local/player/route";
import { actionFor } from "../../../local/player/shortcut";
import { INITIAL } from "../../../local/player/snapshot";
import { statusLine } from "../../../local/player/status-line";
import { tryWithoutCookie } from "../../../local/player/uncookied";

describe("the engine for a manifest", () => {
  const [full, bare] = [
    { mse: true, nativeHls: true },
    { mse: false, nativeHls: true },
  ];
  test.each([
    ["https://cdn/a/index.m3u8", full, "hls.js"],
    ["https://cdn/a/index.mpd?x=.m3u8", full, "dash.js"],
    ["https://cdn/a/index.m3u8", bare, "native"],
    ["https://cdn/a/index.mpd", bare, undefined],
    ["https://cdn/a/index.m3u8", { mse: false, nativeHls: false }, undefined],
  ])("%s with %j is %s", (url, support, engine) => expect(chooseEngine(url, support)).toBe(engine));

  test("tells a refusal from a gap from a dead line", () => {
    expect([403, 401, 404, 503, 0].map((status) => failureOf(status, "d").kind)).toEqual([
      "denied",
      "denied",
      "missing",
      "network",
      "network",
    ]);
  });
});

describe("the address", () => {
  test.each(["#/watch/harbour-0a1b2c", "#/uploads", "#/"])("%s survives a round trip", (hash) =>
    expect(formatRoute(parseRoute(hash))).toBe(hash),
  );
  test.each(["", "#/watch/", "#/watch/../x", "#/watch/A", "#/uploads/x", "#/other"])("%j leads to the list", (hash) =>
    expect(parseRoute(hash)).toEqual({ view: "titles" }),
  );
});

describe("keys", () => {
  const press = (key: string, target = "body", more = {}) =>
    actionFor({ key, target, ctrlKey: false, metaKey: false, altKey: false, ...more });

  test.each([
    ["k", "toggle-play"],
    ["K", "toggle-play"],
    [" ", "toggle-play"],
    ["ArrowLeft", "back"],
    ["l", "forward"],
    ["c", "captions"],
    ["m", "mute"],
    ["f", "fullscreen"],
    ["Escape", "leave"],
    ["x", undefined],
  ])("%j does %s", (key, action) => expect(press(key)).toBe(action));

  test("a control keeps the keys it needs, and the browser its chords", () => {
    expect(press("k", "input")).toBeUndefined();
    expect([press(" ", "button"), press("ArrowLeft", "video")]).toEqual([undefined, undefined]);
    expect([press("k", "button"), press("c", "video")]).toEqual(["toggle-play", "captions"]);
    expect(press("f", "body", { ctrlKey: true })).toBeUndefined();
  });
});

describe("states", () => {
  test.each([
    ["loading", "playing", "playing"],
    ["playing", "waiting", "buffering"],
    ["paused", "waiting", "paused"],
    ["buffering", "pause", "paused"],
    ["playing", "ended", "ended"],
    ["ended", "seeking", "paused"],
    ["ended", "pause", "ended"],
    ["refused", "playing", "refused"],
    ["stopped", "playing", "stopped"],
  ] as const)("%s, then %s: %s", (before, event, after) => expect(afterMediaEvent(before, event)).toBe(after));

  test("the live region names the captions, never the figures", () => {
    const captions = [{ index: 0, label: "English" }];
    expect(statusLine({ ...INITIAL, state: "playing", captions, caption: 0 })).toBe("Playing, captions English");
    expect(statusLine({ ...INITIAL, state: "playing" })).toBe("Playing");
  });

  test("tests and support read the root element's data", () => {
    const shown = { id: "1", width: 720, height: 1280, bitrate: 3e6 };
    const captions = [{ index: 0, label: "English" }];
    expect(toDataset({ ...INITIAL, state: "playing", format: "hls", shown, choice: "1", captions })).toEqual({
      playerState: "playing",
      playerAsset: "",
      playerFormat: "hls",
      playerEngine: "",
      playerProblem: "",
      playerSwitches: "0",
      playerRenewals: "0",
      playerHits: "0",
      playerMisses: "0",
      playerDenied: "0",
      playerCaptions: "off",
      rendition: "720",
      renditionBitrate: "3000000",
      renditionMode: "manual",
      renditionCount: "0",
    });
  });
});

describe("without the cookie", () => {
  const edge = (answer: Response | Error) => {
    const inits: (RequestInit | undefined)[] = [];
    const fetch = async (_: unknown, init?: RequestInit): Promise<Response> => {
      inits.push(init);
      if (answer instanceof Error) throw answer;
      return answer;
    };
    return { inits, fetch: fetch as typeof globalThis.fetch };
  };

  test("the edge's refusal is told with its code", async () => {
    const headers = { "x-cache": "Error from cloudfront" };
    const { fetch, inits } = edge(new Response("<Error><Code>MissingKey</Code></Error>", { status: 403, headers }));
    await expect(tryWithoutCookie(fetch, "https://cdn/x")).resolves.toEqual({
      status: 403,
      denied: true,
      sentence: "The edge refused it: 403 (MissingKey, Error from cloudfront).",
    });
    expect(inits[0]).toMatchObject({ credentials: "omit", cache: "no-store" });
  });

  test.each([
    [new Response("#EXTM3U"), false, "The edge served it: 200. The gate is open!"],
    [new Response("", { status: 404 }), false, "The edge answered 404, neither the title nor a refusal."],
    [new TypeError("failed"), false, "No answer: the edge could not be reached."],
  ])("anything else is not called a refusal", async (answer, denied, sentence) => {
    await expect(tryWithoutCookie(edge(answer).fetch, "https://cdn/x")).resolves.toMatchObject({ denied, sentence });
  });
});

describe("index.html", () => {
  const html = readFileSync(join(__dirname, "../../../local/player/index.html"), "utf8");

  test("holds no inline script, style or handler, which the security policy would block", () => {
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/i);
  });

  test("asks for no password, which is typed on the identity service's own page", () => {
    expect(html).not.toMatch(/type="password"|<form/);
  });

  test("labels every field, and announces every problem", () => {
    for (const [, id] of html.matchAll(/<input[^>]*?\sid="([^"]+)"/g))
      expect(html).toMatch(new RegExp(`for="${id}"|<label[^>]*>\\s*<input[^>]*id="${id}"`));
    for (const id of ["sign-in-problem", "titles-problem", "problem", "upload-problem", "download-problem"])
      expect(html).toMatch(new RegExp(`id="${id}"[^>]*role="alert"`));
  });

  test("gives no id twice", () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
