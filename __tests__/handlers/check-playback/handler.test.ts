import { type Deps, makeHandler } from "../../../handlers/check-playback/handler";
import { recordedLog } from "../support/recorded-log";
import { ASSET } from "../support/titles";

const CDN = "https://watch.example.com";
const COOKIE = "CloudFront-Policy=p; CloudFront-Signature=s";

type Answers = Record<string, (options: RequestInit | undefined) => Response>;

const header = (options: RequestInit | undefined, name: string) => (options?.headers as Record<string, string> | undefined)?.[name]; // prettier-ignore
const withCookie = (body: string) => (options?: RequestInit) =>
  header(options, "cookie") === COOKIE ? new Response(body) : new Response("no", { status: 403 });

/** A platform at which everything is well. */
const WELL: Answers = {
  "/api/titles?limit=1": () => Response.json({ items: [{ assetId: ASSET }] }),
  [`/play/${ASSET}`]: () => {
    const headers = new Headers();
    headers.append("set-cookie", "CloudFront-Policy=p; Path=/v1/x; Secure");
    headers.append("set-cookie", "CloudFront-Signature=s; Path=/v1/x; Secure");
    return Response.json({ hls: "/v1/x/index.m3u8" }, { headers });
  },
  "/v1/x/index.m3u8": withCookie("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n240p/index.m3u8\n480p/index.m3u8\n"),
  "/v1/x/240p/index.m3u8": withCookie("#EXTM3U\n#EXTINF:4,\n0.ts\n"),
  "/v1/x/240p/0.ts": withCookie("media"),
};

async function check(answers: Answers = {}, more: Partial<Deps> = {}) {
  const { log, entries } = recordedLog();
  const asked: string[] = [];
  const all: Answers = { ...WELL, ...answers };
  let clock = 0;
  await makeHandler({
    viewer: () => Promise.resolve({ ok: true, value: { username: "check@example.com", password: "secret-word" } }),
    signIn: () => Promise.resolve({ ok: true, value: "token-1" }),
    fetch: (address, options) => {
      const path = address.slice(CDN.length);
      asked.push(`${options?.method ?? "GET"} ${path}`);
      const answer = all[path];
      if (!answer) throw new Error(`${address} was not expected`);
      return Promise.resolve(answer(options));
    },
    cdnOrigin: CDN,
    now: () => (clock += 150),
    log,
    ...more,
  })();
  return { entries, asked };
}

test("the newest title is watched from the list to its first segment, and the gate is tried without a cookie", async () => {
  const { entries, asked } = await check();
  expect(asked).toEqual([
    "GET /api/titles?limit=1",
    `POST /play/${ASSET}`,
    "GET /v1/x/index.m3u8",
    "GET /v1/x/240p/index.m3u8",
    "GET /v1/x/240p/0.ts",
    "GET /v1/x/240p/0.ts",
  ]);
  expect(entries).toEqual([{ code: "CHECK_PASSED", fields: { assetId: ASSET, milliseconds: 150 } }]);
});

test("a title that the secret names is watched without asking for the list", async () => {
  const viewer = () => Promise.resolve({ ok: true, value: { username: "a", password: "b", assetId: ASSET } } as const);
  expect((await check({}, { viewer })).asked[0]).toBe(`POST /play/${ASSET}`);
});

test.each<[string, Answers, string, string]>([
  [
    "the list fails",
    { "/api/titles?limit=1": () => new Response("", { status: 502 }) },
    "list",
    "the edge answers 502",
  ],
  ["there is no title", { "/api/titles?limit=1": () => Response.json({ items: [] }) }, "list", "there is no title"],
  [
    "the mint refuses",
    { [`/play/${ASSET}`]: () => Response.json({ error: "SUBSCRIPTION_REQUIRED" }, { status: 403 }) },
    "mint",
    "the mint answers 403 SUBSCRIPTION_REQUIRED",
  ],
  [
    "the mint names no address",
    { [`/play/${ASSET}`]: () => Response.json({}) },
    "mint",
    "the answer names no HLS address",
  ],
  ["the cookie is refused", { "/v1/x/index.m3u8": () => new Response("", { status: 403 }) }, "manifest", "the edge answers 403"], // prettier-ignore
  ["a playlist is empty", { "/v1/x/240p/index.m3u8": withCookie("#EXTM3U\n") }, "playlist", "it lists nothing"],
  ["a segment is not there", { "/v1/x/240p/0.ts": () => new Response("", { status: 404 }) }, "segment", "the edge answers 404"], // prettier-ignore
  ["a segment is empty", { "/v1/x/240p/0.ts": withCookie("") }, "segment", "it is empty"],
  ["the gate is open", { "/v1/x/240p/0.ts": () => new Response("media") }, "gate", "without a cookie the edge answers 200"], // prettier-ignore
])("when %s the check says at which step", async (_, answers, step, reason) => {
  expect((await check(answers)).entries).toEqual([{ code: "CHECK_FAILED", fields: { step, reason } }]);
});

test("a secret that cannot be used, a sign-in that is refused and a broken line are failures of the check too", async () => {
  const problem = (text: string) => () => Promise.resolve({ ok: false, problem: text } as const);
  const failures = [
    await check({}, { viewer: problem("no password") }),
    await check({}, { signIn: problem("Cognito answered 400: NotAuthorizedException") }),
    await check({}, { fetch: () => Promise.reject(new TypeError("fetch failed")) }),
  ];
  expect(failures.map(({ entries }) => entries)).toEqual([
    [{ code: "CHECK_FAILED", fields: { step: "secret", reason: "no password" } }],
    [{ code: "CHECK_FAILED", fields: { step: "sign-in", reason: "Cognito answered 400: NotAuthorizedException" } }],
    [{ code: "CHECK_FAILED", fields: { step: "network", reason: "TypeError: fetch failed" } }],
  ]);
});
