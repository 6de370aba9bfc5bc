import { generateKeyPairSync } from "node:crypto";
import type { Entitlements } from "../../../handlers/shared/entitlements";
import type { DownloadRights } from "../../../handlers/mint-download/download-right";
import { type Deps, makeHandler } from "../../../handlers/mint-download/handler";
import { VIEWER_ADDRESS_HEADER, VIEWER_COUNTRY_HEADER } from "../../../handlers/shared/headers";
import type { Title } from "../../../handlers/shared/title";
import { httpEvent, SECRET } from "../support/http-event";
import { recordedLog } from "../support/recorded-log";
import { ASSET, NOW, title, version } from "../support/titles";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const FILE = `/downloads/${ASSET}/20/${ASSET}.mp4`;
const playing = (more: object = { download: FILE }) =>
  title([version("20", { status: "PUBLISHED", playback: { prefix: "hash" }, ...more })], {
    playing: "20",
    publishState: "PUBLISHED",
  });
const ACTIVE: Entitlements = { subscription: { status: "ACTIVE" } };

interface Given {
  readonly found?: Title | "unknown";
  readonly held?: Entitlements;
  readonly rights?: DownloadRights;
  readonly settings?: Partial<Deps["settings"]>;
}

function setup({ found = playing(), held = ACTIVE, rights = { account: {} }, settings = {} }: Given = {}) {
  const { log, entries } = recordedLog();
  const asked: string[] = [];
  const handler = makeHandler({
    catalogue: { read: (id) => Promise.resolve(asked.push(id) && found !== "unknown" ? found : undefined) },
    entitlements: (...of) => Promise.resolve(asked.push(of.filter((part) => part !== undefined).join("/")) ? held : {}),
    downloadRights: (viewerId, assetId) => Promise.resolve(asked.push(`${viewerId}/${assetId}`) ? rights : {}),
    signingKey: () => Promise.resolve(privateKey),
    now: () => NOW,
    log,
    settings: {
      originSecret: SECRET,
      cdnOrigin: "https://cdn.example.com",
      signingKeyId: "K1",
      addressSeconds: 300,
      bindViewerIp: "none",
      countries: { allowed: [], blocked: [] },
      ...settings,
    },
  });
  const post = async (more: Parameters<typeof httpEvent>[1] = {}) => {
    const route = "POST /api/titles/{assetId}/download";
    const { statusCode, body } = await handler(httpEvent(route, { path: { assetId: ASSET }, ...more }));
    return [statusCode, JSON.parse(body)] as [number, Record<string, string>];
  };
  return { handler, post, entries, asked };
}

test("who may watch and download gets the file's address for five minutes", async () => {
  const { post, entries } = setup();
  const [status, body] = await post();
  expect([status, body]).toEqual([
    200,
    { assetId: ASSET, url: expect.stringContaining(`${FILE}?`), expiresAt: "2030-01-02T03:09:05.000Z" },
  ]);
  expect(entries).toEqual([{ code: "DOWNLOAD_MINTED", fields: { assetId: ASSET } }]);
});

test.each<[string, Given, number, string, string]>([
  ["a subscription", { held: {} }, 403, "SUBSCRIPTION_REQUIRED", "This account has no subscription."],
  ["a right to download", { rights: {} }, 403, "DOWNLOAD_NOT_INCLUDED", "This account may watch, but not download."],
  ["a title", { found: "unknown" }, 404, "TITLE_NOT_FOUND", "There is no such title."],
  [
    "a published title",
    { found: { ...playing(), publishState: "WITHDRAWN" } },
    404,
    "TITLE_NOT_FOUND",
    "There is no such title.",
  ],
  [
    "the title's own licence",
    { found: { ...playing(), licence: { required: true } } },
    403,
    "LICENCE_REQUIRED",
    "This title needs a licence of its own.",
  ],
  [
    "a file of the version that plays",
    { found: playing({}) },
    404,
    "DOWNLOAD_NOT_OFFERED",
    "This title has no file to download.",
  ],
])("without %s there is no address", async (_, given, status, error, message) => {
  const { post, entries } = setup(given);
  expect(await post()).toEqual([status, { error, message }]);
  expect(entries).toEqual([{ code: "DOWNLOAD_REFUSED", fields: { assetId: ASSET, reason: error } }]);
});

test("a title that is being prepared is worth asking for again, as at the mint", async () => {
  const { handler } = setup({ found: title([version("20", { status: "TRANSCODING" })]) });
  const { statusCode, headers, body } = await handler(
    httpEvent("POST /api/titles/{assetId}/download", { path: { assetId: ASSET } }),
  );
  expect([statusCode, headers["retry-after"], JSON.parse(body)]).toEqual([
    409,
    "30",
    { error: "TITLE_NOT_READY", message: "This title is being prepared." },
  ]);
});

test("a licence for the title's collection counts here too", async () => {
  const found = { ...playing(), licence: { required: true, collection: "noir" } };
  const { post, asked } = setup({ found, held: { ...ACTIVE, collectionLicence: {} } });
  expect((await post())[0]).toBe(200);
  expect(asked).toContain(`viewer-1/${ASSET}/noir`);
});

test("an address ends with the title's publish window", async () => {
  const notAfter = new Date(NOW + 20_500).toISOString();
  const { post } = setup({ found: { ...playing(), licence: { notAfter } } });
  expect((await post())[1].expiresAt).toBe("2030-01-02T03:04:25.000Z");
});

test("who may not watch learns nothing of rights and titles", async () => {
  const nobody = { held: {}, rights: {}, found: "unknown" } as const;
  expect((await setup(nobody).post())[1].error).toBe("SUBSCRIPTION_REQUIRED");
});

test("the file is that of the version that plays, not of a newer one in the works", async () => {
  const found = playing();
  const newer = version("30", { status: "TRANSCODING", download: "/downloads/newer.mp4" });
  const { post } = setup({ found: { ...found, latest: "30", versions: { ...found.versions, "30": newer } } });
  expect((await post())[1].url).toContain(`${FILE}?`);
});

test("the country is the edge's, not the viewer's word", async () => {
  const { post } = setup({ settings: { countries: { allowed: ["DE"], blocked: [] } } });
  expect((await post({ headers: { [VIEWER_COUNTRY_HEADER]: "US", "x-country": "DE" } }))[1].error).toBe(
    "COUNTRY_NOT_ALLOWED",
  );
  expect((await post({ headers: { [VIEWER_COUNTRY_HEADER]: "DE" } }))[0]).toBe(200);
  const blocked = setup({ settings: { countries: { allowed: [], blocked: ["US"] } } });
  expect((await blocked.post({ headers: { [VIEWER_COUNTRY_HEADER]: "US" } }))[1].error).toBe("COUNTRY_NOT_ALLOWED");
});

test("bound, the address names the viewer's own, and there is none without it", async () => {
  const { post } = setup({ settings: { bindViewerIp: "ipv4" } });
  const [, { url = "" }] = await post({ headers: { [VIEWER_ADDRESS_HEADER]: "198.51.100.7:46532" } });
  const text = new URL(url, "https://cdn").searchParams.get("Policy") ?? "";
  const policy = Buffer.from(text.replace(/-/g, "+").replace(/_/g, "=").replace(/~/g, "/"), "base64").toString();
  expect(policy).toContain('"IpAddress":{"AWS:SourceIp":"198.51.100.7/32"}');
  expect(await post({ headers: { [VIEWER_ADDRESS_HEADER]: "2001:db8::7:46532" } })).toEqual([
    403,
    {
      error: "IPV6_NOT_SUPPORTED",
      message: "Downloads are bound to the viewer's IPv4 address; connect over IPv4.",
    },
  ]);
});

test("no log line holds an address", async () => {
  const { post, entries } = setup();
  await post();
  expect(JSON.stringify(entries)).not.toContain("downloads");
});

test.each([
  ["by another method", { method: "GET" }, 405, "METHOD_NOT_ALLOWED"],
  ["past the edge", { headers: { "x-vod-origin-secret": "guess" } }, 403, "FORBIDDEN"],
  ["without a token", { claims: null }, 401, "UNAUTHENTICATED"],
  ["with a token of nobody", { claims: { sub: "" } }, 401, "UNAUTHENTICATED"],
  ["with an id that is none", { path: { assetId: "../x-0123456789ab" } }, 400, "ASSET_ID_INVALID"],
  ["without an id", { path: undefined }, 400, "ASSET_ID_INVALID"],
])("%s nothing is looked at", async (_, more, status, code) => {
  const { post, asked } = setup();
  const [got, body] = await post(more);
  expect([got, body.error, asked]).toEqual([status, code, []]);
});

test.each([undefined, null, "text", 7, [], {}])("the event %j is answered, not thrown at", async (event) => {
  expect((await setup().handler(event)).statusCode).toBe(403);
});
