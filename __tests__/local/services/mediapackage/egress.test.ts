import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { AwsResponse } from "../../../../local/kernel/aws-service";
import { AwsError } from "../../../../local/kernel/aws-service";
import { manifestUrl, type Asset } from "../../../../local/services/mediapackage/asset";
import { arnsOf } from "../../../../local/services/mediapackage/arns";
import { AssetStore } from "../../../../local/services/mediapackage/asset-store";
import { CdnAuthorization } from "../../../../local/services/mediapackage/cdn-authorization";
import { newAsset } from "../../../../local/services/mediapackage/create-asset";
import { Egress } from "../../../../local/services/mediapackage/egress";
import { readPackaging } from "../../../../local/services/mediapackage/packaging";
import { SegmentCache } from "../../../../local/services/mediapackage/segment-cache";
import { assetIndex } from "./index-fixture";
import { MemoryStore } from "./memory-store";
import { ACCOUNT, deployment, REGION, request, ROLE_ARN } from "./stack";

const IDENTIFIER = "5f8d3c1e-0000-4000-8000-000000000001";
const GROUP = readPackaging(deployment())[0]!;
const [HLS, DASH, CMAF] = GROUP.configurations;

let state: string;
let store: MemoryStore;
let asset: Asset;
let egress: Egress;
let secrets: () => Promise<string[]>;

beforeEach(() => {
  state = mkdtempSync(path.join(tmpdir(), "egress-"));
  store = new MemoryStore();
  const assets = new AssetStore(state);
  const sourceArn = "arn:aws:s3:::packaged/ladder/a/index.m3u8";
  const given = { id: "a-1", packagingGroupId: GROUP.id, sourceArn, sourceRoleArn: ROLE_ARN, tags: {} };
  asset = { ...newAsset(given, arnsOf(ACCOUNT, REGION), 0), status: "PLAYABLE" };
  assets.put(asset);
  assets.putIndex(asset, assetIndex());
  secrets = () => Promise.resolve([JSON.stringify({ MediaPackageCDNIdentifier: IDENTIFIER })]);
  // A new store: what is served was read back from its files.
  egress = egressOver(new AssetStore(state));
});
afterEach(() => rmSync(state, { recursive: true }));

function egressOver(assets: AssetStore, groups = [GROUP]): Egress {
  const authorization = new CdnAuthorization(
    () => secrets(),
    () => 0,
    (arn) => ({ kind: "role", arn }),
  );
  return new Egress({
    groups,
    assets,
    store,
    assume: (arn) => ({ kind: "role", arn }),
    cache: new SegmentCache(1e6),
    authorization,
  });
}

function get(url: string, options: { method?: string; identifier?: string } = {}): Promise<AwsResponse> {
  const { method = "GET", identifier = IDENTIFIER } = options;
  return egress.handle(request(method, url, { headers: { "x-mediapackage-cdnidentifier": identifier } }));
}

const urlOf = (configuration: typeof HLS) => manifestUrl(asset, GROUP, configuration!);
const child = (configuration: typeof HLS, name: string) => new URL(name, urlOf(configuration)).href;

describe("a packaging group's origin", () => {
  it("is found by its host, in any case", () => {
    expect([GROUP.domain, GROUP.domain.toUpperCase(), `x${GROUP.domain}`].map((host) => egress.matches(host))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("refuses who does not know the CDN identifier, before anything else", async () => {
    for (const url of [urlOf(HLS), child(HLS, "nothing.ts"), `${urlOf(HLS)}?x=1`]) {
      expect(await get(url, { identifier: "wrong" })).toMatchObject({ status: 403 });
      expect(await egress.handle(request("GET", url))).toMatchObject({
        status: 403,
        body: JSON.stringify({
          error: "Forbidden",
          message: "the request does not carry the CDN identifier of the packaging group",
        }),
      });
    }
    expect(store.reads).toEqual([]);
  });

  it("refuses everybody when the secret cannot be read", async () => {
    secrets = () => Promise.reject(new AwsError("AccessDeniedException", "no", 400));
    expect(await get(urlOf(HLS))).toMatchObject({
      status: 403,
      body: '{"error":"AccessDeniedException","message":"the CDN identifier\'s secret cannot be read"}',
    });
  });

  it("takes GET and HEAD only, and HEAD has the same headers and no body", async () => {
    expect(await get(urlOf(HLS), { method: "POST" })).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
    const [full, head] = [await get(urlOf(HLS)), await get(urlOf(HLS), { method: "HEAD" })];
    expect(head).toEqual({ status: 200, headers: full.headers });
    expect(full.headers).toEqual({
      "content-type": "application/x-mpegURL",
      "content-length": String(Buffer.byteLength(full.body as string)),
      "cache-control": "max-age=2",
    });
  });

  it.each([
    "other.m3u8",
    "video_1080p.m3u8",
    "video_720p_00003.ts",
    "video_720p_000001.ts",
    "video_720p_00000.ts",
    "video_720p_00001.mp4",
    "audio.m3u8",
  ])("has no %s in its HLS package", async (name) => {
    expect(await get(child(HLS, name))).toMatchObject({
      status: 404,
      body: '{"error":"Not Found","message":"there is nothing at this address"}',
    });
  });

  it("has nothing at another asset's, configuration's, manifest's or group's address, nor before an asset is playable", async () => {
    const parts = new URL(urlOf(HLS)).pathname.split("/");
    for (const at of [3, 4, 5]) {
      const other = parts.map((part, index) => (index === at ? "0".repeat(32) : part)).join("/");
      expect((await get(`https://${GROUP.domain}${other}`)).status).toBe(404);
    }
    const other = { ...GROUP, id: "other", domain: `other.${GROUP.domain}` };
    egress = egressOver(new AssetStore(state), [GROUP, other]);
    expect((await get(urlOf(HLS).replace(GROUP.domain, other.domain))).status).toBe(404);
    const assets = new AssetStore(state);
    assets.put({ ...asset, status: "PROCESSING" });
    egress = egressOver(assets);
    expect((await get(urlOf(HLS))).status).toBe(404);
  });

  it("understands a filter on the parent manifest and no query on its children", async () => {
    const filtered = await get(`${urlOf(HLS)}?aws.manifestfilter=video_height%3A1-240`);
    expect((filtered.body as string).match(/^video_.*$/gm)).toEqual(["video_240p.m3u8"]);
    for (const name of ["video_240p.m3u8", "video_240p_00001.ts"]) {
      expect(await get(`${child(HLS, name)}?aws.manifestfilter=video_height:1-240`)).toMatchObject({
        status: 400,
        body: '{"error":"Bad Request","message":"a query is allowed on the parent manifest only"}',
      });
    }
    expect((await get(`${urlOf(DASH)}?aws.manifestfilter=donut:1-2`)).status).toBe(400);
  });

  it("says 404 when the stored copy is gone", async () => {
    expect(await get(child(HLS, "video_720p_00001.ts"))).toMatchObject({
      status: 404,
      body: '{"error":"NoSuchKey","message":"the stored copy cannot be read"}',
    });
  });
});

describe("the HLS package", () => {
  it("names muxed variants and subtitles, relative to itself", async () => {
    expect((await get(urlOf(HLS))).body).toBe(`#EXTM3U
#EXT-X-VERSION:3
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subtitles",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,URI="text_en.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=3100000,RESOLUTION=1280x720,FRAME-RATE=25.000,CODECS="avc1.64001f,mp4a.40.2",SUBTITLES="subtitles"
video_720p.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=426x240,FRAME-RATE=25.000,CODECS="avc1.64001f,mp4a.40.2",SUBTITLES="subtitles"
video_240p.m3u8
`);
  });

  it("passes stored segments on, read with the asset's role, for two weeks", async () => {
    store.objects.set("packaged/ladder/a/index_720p_00002.ts", Buffer.from("stored"));
    expect((await get(child(HLS, "video_720p.m3u8"))).body).toContain(
      "#EXTINF:2.000000,\nvideo_720p_00002.ts\n#EXT-X-ENDLIST",
    );
    expect(await get(child(HLS, "video_720p_00002.ts"))).toEqual({
      status: 200,
      headers: { "content-type": "video/MP2T", "content-length": "6", "cache-control": "max-age=1209600" },
      body: Buffer.from("stored"),
    });
    expect(store.reads).toEqual([`${ROLE_ARN} packaged/ladder/a/index_720p_00002.ts`]);
  });

  it("loses its pictures with the sound that is muxed into them", async () => {
    const { body } = await get(`${urlOf(HLS)}?aws.manifestfilter=audio_sample_rate:0-44100`);
    expect(body).not.toContain("EXT-X-STREAM-INF");
  });
});

describe("the CMAF and DASH packages", () => {
  it("name audio apart from video", async () => {
    const { body } = await get(urlOf(CMAF));
    expect(body).toContain(
      'TYPE=AUDIO,GROUP-ID="audio",NAME="audio",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio.m3u8"',
    );
    expect(body).toContain("BANDWIDTH=3096000,AVERAGE-BANDWIDTH=3094000,RESOLUTION=1280x720");
    expect((await get(child(CMAF, "audio.m3u8"))).body).toContain(
      '#EXT-X-MAP:URI="audio_init.mp4"\n#EXTINF:4.010667,\naudio_00001.mp4\n#EXTINF:2.005333,\naudio_00002.mp4\n',
    );
  });

  it("tell when each segment is presented, from the first picture on", async () => {
    const mpd = await get(urlOf(DASH));
    expect(mpd.headers).toMatchObject({ "content-type": "application/dash+xml", "cache-control": "max-age=2" });
    expect(mpd.body).toContain('mediaPresentationDuration="PT6S" minBufferTime="PT8S"');
    expect(mpd.body).toContain('timescale="90000" presentationTimeOffset="7200"');
    expect(mpd.body).toContain('timescale="48000" presentationTimeOffset="3840"');
    expect((await get(child(DASH, "video_720p.m3u8"))).status).toBe(404);
  });

  it("move subtitles with the media: segments in HLS, one file in DASH", async () => {
    const cue = (time: string, text: string) => `00:00:0${time}.000 --> 00:00:0${time}.500\n${text}\n`;
    const header = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:133200,LOCAL:00:00:00.000\n\n";
    store.objects.set("packaged/ladder/a/captions_1.vtt", Buffer.from(header + cue("1", "one")));
    store.objects.set("packaged/ladder/a/captions_2.vtt", Buffer.from(header + cue("5", "five")));
    expect((await get(child(CMAF, "text_en_00002.vtt"))).body).toBe(
      `WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:7200,LOCAL:00:00:00.000\n\n${cue("5", "five")}`,
    );
    expect(((await get(child(DASH, "text_en.vtt"))).body as Buffer).toString()).toBe(
      `WEBVTT\n\n${cue("1", "one")}\n${cue("5", "five")}`,
    );
    expect((await get(child(DASH, "text_en_00002.vtt"))).status).toBe(404);
  });
});
