import { ask } from "../local/edge/fixture";
import type { Running } from "./running";

/** A client of its own, so that its many requests count against no other test's rate. */
const CLIENT = "127.0.0.9";
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const AT_ONCE = 8;

/** What answers without a cookie and without a token: the page and the posters, to whoever reads. */
const OPEN = /^(?:GET|HEAD) \/(?:app(?:\/[\w.-]*)?|posters\/[\w-]+\/[\w-]+\/[\w.-]+)$/;

/** Nobody's requests: a few hundred paths by every method, and what of them gets anything. */
export function defaultDeny(running: () => Running): void {
  test("without cookie and token only the page and the posters answer, whatever path and method are tried", async () => {
    const { report } = running();
    const port = Number(new URL(report.viewer.app).port);
    const known = await knownPaths(running());
    const requests = [...new Set([...known, ...variations(known), ...GUESSES])].flatMap((path) =>
      METHODS.map((method) => ({ method, path })),
    );
    expect(requests.length).toBeGreaterThan(700);
    const answered: string[] = [];
    const odd: string[] = [];
    await inParallel(requests, async ({ method, path }) => {
      const { status } = await ask(port, path, { method, from: CLIENT });
      if (status < 400) answered.push(`${method} ${asRouted(path)}`);
      else if (status >= 500) odd.push(`${status} ${method} ${path}`);
    });
    expect(answered.filter((request) => !OPEN.test(request))).toEqual([]);
    expect(answered.length).toBeGreaterThan(4); // else nothing was there to be open
    expect(odd).toEqual([]);
  }, 120_000);
}

/** The path without its query and without escapes, as the edge sees it: whatever spelling, an open file is open. */
const asRouted = (path: string): string => decodeURIComponent(path.split("?")[0] ?? "");

/** Addresses that mean something on this platform. */
async function knownPaths({ report }: Running): Promise<string[]> {
  const { viewer, assetId, tokens } = report;
  const manifests = [viewer.hls, viewer.dash, viewer.cmaf].flatMap((address) => (address ? [pathOf(address)] : []));
  const prefixes = manifests.map((path) => path.split("/").slice(0, 3).join("/"));
  const list = await fetch(new URL("/api/titles", viewer.app), {
    headers: { authorization: `Bearer ${tokens.entitled}` },
  });
  const { items } = (await list.json()) as { items: { poster: string }[] };
  const download = await fetch(new URL(`/api/titles/${assetId}/download`, viewer.app), {
    method: "POST",
    headers: { authorization: `Bearer ${tokens.entitled}` },
  });
  const { url } = (await download.json()) as { url: string };
  return [
    ...manifests,
    pathOf(new URL(url, viewer.app).href), // there, and opened by its signature alone
    ...prefixes.flatMap((prefix) => [prefix, `${prefix}/`, `${prefix}/index_1.ts`, `${prefix}/video/1.m4s`]),
    ...items.map(({ poster }) => poster),
    ...["/app", "/app/", "/app/index.html", "/app/config.json", "/app/licenses.txt"],
    ...[`/play/${assetId}`, "/api/titles", `/api/titles/${assetId}`, `/api/titles/${assetId}/download`, "/api/uploads"],
  ];
}

/** The same, spelled as somebody would who looks for a way round. */
function variations(known: readonly string[]): string[] {
  return known.flatMap((path) => [
    `/${path}`,
    path.toUpperCase(),
    path.replace("/v1/", "/v1//").replace("/app", "/app/../v1"),
    path.replace("/", "/./"),
    `/app/..${path}`,
    `/app/%2e%2e${path}`,
    `/posters/..%2f${path.slice(1)}`,
    `/posters/../..${path}`,
    `/downloads${path}`,
    `/out${path}`,
    `${path};a=b`,
    `${path}%00`,
    `${path}?Policy=x&Signature=y&Key-Pair-Id=z`,
    path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    path.replaceAll("/", "%2f").replace("%2f", "/"),
    path.replaceAll("/", "\\").replace("\\", "/"),
  ]);
}

const GUESSES = [
  ...["/", "/index.html", "/favicon.ico", "/robots.txt", "/.env", "/.git/config", "/admin", "/health", "/metrics"],
  ...["/v1", "/v1/", "/v1/*", "/v2/x/index.m3u8", "/play", "/play/", "/play/..", "/api", "/api/", "/api/uploads"],
  ...["/posters", "/posters/", "/posters/..", "/downloads/", "/downloads/x.mp4", "/uploads/film.mp4", "/ladder/x"],
  ...["/app/..", "/app/../", "/app/../../etc/passwd", "/app/nothing.js", "/appx", "/app.json", "/apps/index.html"],
  ...["/latest/meta-data/", "/2020-05-31/distribution", "/oauth2/token", "/login", "/.well-known/jwks.json"],
  ...["/vod-source-local-000000000000-eu-west-1/", "/vod-packaged-local-000000000000-eu-west-1/?list-type=2"],
];

const pathOf = (address: string): string => new URL(address).pathname;

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
