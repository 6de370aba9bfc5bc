import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getSignedCookies } from "@aws-sdk/cloudfront-signer";
import { get, type Playback } from "../../local/viewer/viewer";
import { downloads } from "./downloads";
import { entitlementAtWork } from "./entitlement-at-work";
import { inTheBrowser } from "./in-the-browser";
import { defaultDeny } from "./default-deny";
import type { Restart } from "../attacks/retired";
import { AAC, decode, H264, makeVideo, picture, sound } from "./media";
import { mishaps } from "./mishaps";
import { Operator } from "./operator";
import { permissionsAreExact } from "./permissions";
import { type Running, start } from "./running";
import { takedown } from "./takedown";
import { uploads } from "./uploads";
import { viewersExperience } from "./viewers-experience";
import { whatWasNoted } from "./what-was-noted";

const SECONDS = 8;
const RATE = 25;
/** Five seconds past the end of a cookie's life. */
const EXPIRED_SECONDS = -5;

const CAPTIONS = "WEBVTT\n\n00:00:00.500 --> 00:00:02.000\nGood morning\n\n00:00:04.500 --> 00:00:05.500\nGood night\n";

/**
 * One title from the upload to the viewer in one topology, on a platform started as its user does. What differs
 * between the topologies is which protocols there are; `more` is what one topology tries besides, and `last` what it
 * tries once permissions were judged, since it makes calls that must be refused; it may start the platform again.
 */
export function theWholeWay(
  topology: "mediapackage" | "direct",
  protocols: readonly ("hls" | "dash" | "cmaf")[],
  more: (running: () => Running, operator: () => Operator) => void = () => undefined,
  last: (running: () => Running, restart: Restart) => void = () => undefined,
): void {
  const made: { running?: Running; operator?: Operator; playback?: Playback } = {};
  const running = (): Running => made.running as Running;
  const operator = (): Operator => made.operator as Operator;

  const begin = async (state?: string): Promise<void> => {
    const video = makeVideo(
      `the-whole-way-${topology}.mp4`,
      ...picture("1280x720", SECONDS, RATE),
      ...sound(SECONDS),
      ...H264,
      ...AAC,
    );
    made.running = await start(["--topology", topology, "--video", video], state);
    made.operator = new Operator(running().report);
  };
  const restart: Restart = async (whileStopped) => {
    operator().close();
    await running().interrupt();
    whileStopped();
    await begin(running().state);
  };

  beforeAll(() => begin(), 120_000);

  afterAll(async () => {
    operator()?.close();
    await running()?.stop();
  }, 30_000);

  test("the report says what a client needs", () => {
    const { report } = running();
    expect(report).toMatchObject({
      status: "ready",
      topology,
      assetId: expect.stringMatching(/^the-whole-way-.+-[0-9a-f]{12}$/),
    });
    expect(report.stages.map(({ name }) => name)).toEqual(["ingest", "transcode", "package", "entitle", "deliver"]);
    for (const protocol of protocols)
      expect(report.viewer[protocol]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1\/.+\.(m3u8|mpd)$/);
    expect(report.edge.denied).toBeGreaterThan(0);
  });

  for (const protocol of protocols) {
    test(`ffmpeg decodes every rendition of ${protocol.toUpperCase()} through the edge, whole and without a complaint`, async () => {
      const { cookie, [protocol]: address = "" } = await operator().watch();
      for (const rendition of [0, 1, 2, 3]) {
        const decoded = decode(address, cookie, `0:v:${rendition}`);
        expect([rendition, decoded.complaints, decoded.frames]).toEqual([rendition, "", SECONDS * RATE]);
        expect(Math.abs(decoded.seconds - SECONDS)).toBeLessThanOrEqual(0.1);
      }
      const audio = decode(address, cookie, "0:a:0");
      expect(audio.complaints).toBe("");
      expect(Math.abs(audio.seconds - SECONDS)).toBeLessThanOrEqual(0.1);
    }, 60_000);
  }

  test("without a cookie, with an expired one or another title's, manifest and segment are refused", async () => {
    const playback = await operator().watch();
    const manifest = playback.hls ?? "";
    const addresses = [manifest, await firstSegment(manifest, playback.cookie)];
    const cookies = {
      none: undefined,
      expired: signed(manifest, playback.cookie, EXPIRED_SECONDS),
      "another title's": signed(new URL("/v1/another-title/index.m3u8", manifest).href, playback.cookie, 300),
      altered: playback.cookie.replace(
        /CloudFront-Signature=./,
        (start) => `${start.slice(0, -1)}${start.endsWith("A") ? "B" : "A"}`,
      ),
    };
    for (const address of addresses) {
      expect([address, (await get(address, playback.cookie)).status]).toEqual([address, 200]);
      for (const [which, cookie] of Object.entries(cookies)) {
        expect([which, address, (await get(address, cookie)).status]).toEqual([which, address, 403]);
      }
    }
  });

  test("the mint refuses a viewer without a subscription, and whoever has no token of the pool", async () => {
    const { report } = running();
    const ask = async (token?: string) => {
      const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` };
      const response = await fetch(report.viewer.play, { method: "POST", headers });
      return [response.status, (await response.json()) as unknown, response.headers.getSetCookie()];
    };
    expect(await ask(report.tokens.other)).toEqual([
      403,
      expect.objectContaining({ error: "SUBSCRIPTION_REQUIRED" }),
      [],
    ]);
    expect(await ask()).toEqual([401, { message: "Unauthorized" }, []]);
    expect(await ask(`${report.tokens.entitled}x`)).toEqual([401, { message: "Unauthorized" }, []]);
  });

  test("the title is listed for viewers, with a poster that opens without a cookie", async () => {
    const { report } = running();
    const list = new URL("/api/titles", report.viewer.app);
    const response = await fetch(list, { headers: { authorization: `Bearer ${report.tokens.entitled}` } });
    const { items } = (await response.json()) as {
      items: { assetId: string; durationSeconds: number; poster: string }[];
    };
    expect(items).toEqual([
      expect.objectContaining({ assetId: report.assetId, durationSeconds: expect.closeTo(SECONDS, 1) }),
    ]);
    const poster = await fetch(new URL(items[0]?.poster ?? "", report.viewer.app));
    expect([poster.status, poster.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
    expect((await fetch(list)).status).toBe(401);
  });

  test("captions that arrive later prepare the title again, and playback moves to the version that has them", async () => {
    const { assetId } = running().report;
    const before = await operator().find(assetId);
    await operator().put(`the-whole-way-${topology}.en.vtt`, CAPTIONS);
    const title = await operator().latest(assetId, (now) => now.latest !== before?.latest);
    expect(title.playing).toBe(title.latest);
    expect(title.versions[title.latest]?.captions).toEqual(["en"]);
    const { hls = "", cookie } = await operator().watch();
    const main = (await get(hls, cookie)).body.toString("utf8");
    expect(main).toMatch(/#EXT-X-MEDIA:TYPE=SUBTITLES,.*LANGUAGE="en"/);
    const [, uri = ""] = /TYPE=SUBTITLES,.*URI="([^"]+)"/.exec(main) ?? [];
    const playlist = new URL(uri, hls).href;
    const [segment = ""] = uris((await get(playlist, cookie)).body.toString("utf8"));
    expect((await get(new URL(segment, playlist).href, cookie)).body.toString("utf8")).toContain("Good morning");
  }, 90_000);

  inTheBrowser(running);
  viewersExperience(running);
  whatWasNoted(running, operator);
  takedown(running);
  downloads(running, operator, SECONDS * RATE);
  uploads(running);
  // In blocks of their own: what they do after each test, they do of the platform as it was then.
  describe("entitlement", () => entitlementAtWork(running, operator));
  describe("besides", () => more(running, operator));

  test("every call was made by a role of the stack, and the record says which", () => {
    const calls = readFileSync(join(running().state, "calls.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { caller: string; action: string; resource: string });
    const by = (role: string) =>
      new Set(calls.filter(({ caller }) => caller.endsWith(`:role/${role}`)).map(({ action }) => action));
    expect([...by("vod-submit-transcode-local")]).toEqual(
      expect.arrayContaining([
        "dynamodb:UpdateItem",
        "mediaconvert:Probe",
        "mediaconvert:GetJobTemplate",
        "mediaconvert:CreateJob",
      ]),
    );
    expect([...by("vod-mediaconvert-local")].sort()).toEqual([
      "kms:Decrypt",
      "kms:GenerateDataKey",
      "s3:GetObject",
      "s3:PutObject",
    ]);
    expect([...by("vod-mint-playback-local")]).toEqual(
      expect.arrayContaining(["dynamodb:GetItem", "secretsmanager:GetSecretValue"]),
    );
    const register = [...by("vod-register-asset-local")];
    if (topology === "mediapackage") expect(register).toContain("mediapackage-vod:CreateAsset");
    else expect(register.filter((action) => action.startsWith("mediapackage-vod:"))).toEqual([]);
  });

  mishaps(topology, running, operator);
  permissionsAreExact(topology, running);
  // What guesses and attacks ask for is refused, which the figures must not count.
  defaultDeny(running);
  // In a block of its own: what it prepares must come after all else.
  describe("attacks", () => last(running, restart));

  /** A cookie for an address, signed with the platform's own key: only its policy is wrong. */
  function signed(address: string, like: string, seconds: number): string {
    const { signingKey } = JSON.parse(readFileSync(join(running().state, "secrets.json"), "utf8")) as {
      signingKey: string;
    };
    const url = new URL(address);
    const resource = `https://${url.host}${url.pathname.split("/").slice(0, 3).join("/")}/*`;
    const expiry = Math.floor(Date.now() / 1000) + seconds;
    const cookies = getSignedCookies({
      keyPairId: /CloudFront-Key-Pair-Id=([^;]+)/.exec(like)?.[1] ?? "",
      privateKey: signingKey,
      policy: JSON.stringify({
        Statement: [{ Resource: resource, Condition: { DateLessThan: { "AWS:EpochTime": expiry } } }],
      }),
    });
    return Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join("; ");
  }
}

async function firstSegment(manifest: string, cookie: string): Promise<string> {
  const [playlist = ""] = uris((await get(manifest, cookie)).body.toString("utf8"));
  const address = new URL(playlist, manifest).href;
  const [segment = ""] = uris((await get(address, cookie)).body.toString("utf8"));
  return new URL(segment, address).href;
}

const uris = (playlist: string): string[] =>
  playlist.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
