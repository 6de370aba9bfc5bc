import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { EventEntry } from "../../../../local/kernel/event-bus";
import { walkBoxes } from "../../../../local/media/cmaf-boxes";
import { startMediaPackage, type MediaPackage } from "../../../../local/services/mediapackage/media-package";
import { decode, type Played } from "../../media/decode";
import { makeLadder, packagedFfmpeg, type LadderOptions } from "../../media/ladder";
import { MemoryStore } from "./memory-store";
import { deployment, request, ROLE_ARN } from "./stack";

const FFMPEG = packagedFfmpeg();
const IDENTIFIER = "5f8d3c1e-0000-4000-8000-000000000001";
const CAPTIONS = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:133200,LOCAL:00:00:00.000\n\n00:00:00.500 --> 00:00:01.500\nhello\n";

interface Title {
  readonly mediaPackage: MediaPackage;
  readonly events: readonly EventEntry[];
  readonly store: MemoryStore;
  /** By protocol. */
  readonly urls: Readonly<Record<"hls" | "dash" | "cmaf", string>>;
  readonly source: string;
  /** The body of its CreateAsset. */
  readonly created: Readonly<Record<string, string>>;
}

let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), "packages-"))));
afterAll(() => rmSync(folder, { recursive: true }));

/** An asset made of a real ladder, playable. */
async function titleOf(options: Omit<LadderOptions, "directory">, captions?: string): Promise<Title> {
  const { directory, files } = ladderOf(options);
  const store = new MemoryStore();
  if (captions !== undefined) addCaptions(files, captions);
  for (const [name, body] of files) store.objects.set(`packaged/ladder/${name}`, body);
  const events: EventEntry[] = [];
  const mediaPackage = startMediaPackage({
    deployment: deployment(),
    stateDirectory: mkdtempSync(path.join(folder, "state-")),
    store,
    bus: { publish: (event) => void events.push(event) },
    authorize: () => undefined,
    clock: () => 0,
    secretValues: () => Promise.resolve([JSON.stringify({ MediaPackageCDNIdentifier: IDENTIFIER })]),
  });
  const sourceArn = "arn:aws:s3:::packaged/ladder/index.m3u8";
  const json = { id: "title-1", packagingGroupId: "vod-local", sourceArn, sourceRoleArn: ROLE_ARN };
  const created = await mediaPackage.service.handle(request("POST", "/assets", { json }));
  const { egressEndpoints } = JSON.parse(created.body as string) as { egressEndpoints: { url: string }[] };
  await mediaPackage.idle();
  const [hls, dash, cmaf] = egressEndpoints.map(({ url }) => url) as [string, string, string];
  return {
    mediaPackage,
    events,
    store,
    urls: { hls, dash, cmaf },
    source: path.join(directory, "index_180p.m3u8"),
    created: json,
  };
}

const ladders = new Map<string, { directory: string; files: Map<string, Buffer> }>();

/** Encoded once for all tests that want the same. */
function ladderOf(options: Omit<LadderOptions, "directory">): { directory: string; files: Map<string, Buffer> } {
  const key = JSON.stringify(options);
  if (!ladders.has(key)) {
    const directory = mkdtempSync(path.join(folder, "ladder-"));
    ladders.set(key, { directory, files: makeLadder(FFMPEG!, { ...options, directory }) });
  }
  const { directory, files } = ladders.get(key)!;
  return { directory, files: new Map(files) };
}

function addCaptions(files: Map<string, Buffer>, captions: string): void {
  const group =
    '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,URI="captions.m3u8"';
  files.set(
    "index.m3u8",
    Buffer.from(files.get("index.m3u8")!.toString().replace("#EXT-X-STREAM-INF", `${group}\n#EXT-X-STREAM-INF`)),
  );
  files.set(
    "captions.m3u8",
    Buffer.from("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\ncaptions_1.vtt\n#EXT-X-ENDLIST\n"),
  );
  files.set("captions_1.vtt", Buffer.from(captions));
}

async function get({ mediaPackage }: Title, url: string): Promise<Buffer> {
  const headers = { "x-mediapackage-cdnidentifier": IDENTIFIER };
  const answer = await mediaPackage.origin.handle(request("GET", url, { headers }));
  if (answer.status !== 200) throw new Error(`${answer.status} for ${url}`);
  return Buffer.from(answer.body as string | Buffer);
}

/** Plays one video and, when there is one, the sound, as a client on the network does. */
async function play(title: Title, url: string, maps: readonly string[]): Promise<Played> {
  const server = http.createServer((incoming, outgoing) => {
    get(title, new URL(incoming.url!, url).href).then(
      (body) => outgoing.end(body),
      (error: Error) => outgoing.writeHead(404).end(error.message),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await decode(FFMPEG!, `http://127.0.0.1:${port}${new URL(url).pathname}`, maps);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

(FFMPEG ? describe : describe.skip)("a real ladder (needs the npm-packaged ffmpeg)", () => {
  it.each([
    ["with sound", { seconds: 3.4 }, 85],
    ["that is silent", { seconds: 3.4, silent: true }, 85],
    ["of one second", { seconds: 1 }, 25],
    ["of 29.97 fps and 44.1 kHz", { seconds: 3, rate: "30000/1001", sampleRate: 44_100 }, 90],
  ])(
    "%s plays from every package as it does from the source",
    async (_what, options, frames) => {
      const title = await titleOf(options);
      const sound = "silent" in options ? [] : ["0:a:0"];
      const source = await decode(FFMPEG!, title.source, ["0:v:0", ...sound]);
      expect(source.frames).toBe(frames);
      for (const protocol of ["hls", "cmaf", "dash"] as const) {
        const played = await play(title, title.urls[protocol], ["0:v:0", ...sound]);
        expect({ protocol, ...played, time: 0 }).toEqual({ protocol, ...source, time: 0, warnings: "" });
        expect(Math.abs(played.time - options.seconds)).toBeLessThan(0.1);
      }
    },
    30_000,
  );

  it("is announced with an address for each configuration, once it can be played", async () => {
    const { events, urls, store } = await titleOf({ seconds: 1 });
    const asset = "arn:aws:mediapackage-vod:eu-west-1:000000000000:assets/title-1";
    expect(events.map(({ resources, detail }) => ({ resources, ...detail }))).toEqual([
      { resources: [asset], event: "IngestStart", message: "Ingest Started" },
      { resources: [asset], event: "IngestComplete", message: "Ingest Completed" },
      ...(["hls", "dash", "cmaf"] as const).map((protocol) => ({
        resources: [
          asset,
          `arn:aws:mediapackage-vod:eu-west-1:000000000000:packaging-configurations/local-${protocol}-v1`,
        ],
        event: "VodAssetPlayable",
        message: `Asset 'title-1' is now playable for PackagingConfiguration 'local-${protocol}-v1'`,
        packaging_configuration_id: `local-${protocol}-v1`,
        manifest_urls: [urls[protocol]],
      })),
    ]);
    expect(new Set(store.reads.map((read) => read.split(" ")[0]))).toEqual(new Set([ROLE_ARN]));
  });

  it("becomes fragments that follow one another exactly, the same bytes every time", async () => {
    const options = { seconds: 3, rate: "30000/1001", sampleRate: 44_100 };
    const [first, second] = [await titleOf(options), await titleOf(options)];
    for (const track of ["video_180p", "video_90p", "audio"]) {
      let next: bigint | undefined;
      for (const part of ["init", "00001", "00002"]) {
        const [cmaf, dash] = [first.urls.cmaf, first.urls.dash].map((url) => new URL(`${track}_${part}.mp4`, url).href);
        const bytes = await get(first, cmaf!);
        expect(bytes.equals(await get(first, dash!))).toBe(true);
        expect(bytes.equals(await get(second, cmaf!))).toBe(true);
        if (part === "init") continue;
        const { start, durations, sequence } = timing(bytes);
        expect(sequence).toBe(Number(part));
        expect(new Set(durations)).toEqual(new Set([track === "audio" ? 1024 : 3003]));
        if (next !== undefined) expect(start).toBe(next);
        next = start + BigInt(durations.reduce((sum, duration) => sum + duration, 0));
      }
    }
  });

  it("has its sound from the smallest rendition, and is gone with its asset", async () => {
    const title = await titleOf({ seconds: 1 });
    title.store.reads.length = 0;
    const sound = new URL("audio_00001.mp4", title.urls.cmaf).href;
    await get(title, sound);
    await get(title, sound);
    expect(title.store.reads).toEqual([`${ROLE_ARN} packaged/ladder/index_90p_00000.ts`]);
    const { service } = title.mediaPackage;
    expect(await service.handle(request("DELETE", "/assets/title-1"))).toMatchObject({ status: 202 });
    await expect(get(title, sound)).rejects.toThrow(`404 for ${sound}`);
    await service.handle(request("POST", "/assets", { json: title.created }));
    await title.mediaPackage.idle();
    title.store.reads.length = 0;
    await get(title, sound);
    expect(title.store.reads).toHaveLength(1);
  });

  it("stays away when it was deleted while it was ingested", async () => {
    const title = await titleOf({ seconds: 1 });
    const { service } = title.mediaPackage;
    await service.handle(request("POST", "/assets", { json: { ...title.created, id: "title-2" } }));
    await service.handle(request("DELETE", "/assets/title-2"));
    await title.mediaPackage.idle();
    expect(await service.handle(request("GET", "/assets/title-2"))).toMatchObject({ status: 404 });
    expect(title.events.slice(5).map(({ detail }) => detail["event"])).toEqual(["IngestStart"]);
  });

  it("keeps its subtitles where they belong in every package", async () => {
    const title = await titleOf({ seconds: 1 }, CAPTIONS);
    const cue = "00:00:00.500 --> 00:00:01.500\nhello\n";
    const text = async (url: string, name: string) => (await get(title, new URL(name, url).href)).toString();
    expect(await text(title.urls.hls, "text_en_00001.vtt")).toBe(CAPTIONS);
    // The first picture is decoded two frames of 25 fps before it is shown, at media time 0.
    expect(await text(title.urls.cmaf, "text_en_00001.vtt")).toBe(
      `WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:7200,LOCAL:00:00:00.000\n\n${cue}`,
    );
    expect(await text(title.urls.dash, "text_en.vtt")).toBe(`WEBVTT\n\n${cue}`);
  });
});

/** What a fragment says of its place: decode time of the first sample, how long each lasts, sequence number. */
function timing(fragment: Buffer): { start: bigint; durations: number[]; sequence: number } {
  const boxes = new Map([...walkBoxes(fragment)].map((entry) => [entry.type, entry.body]));
  const trun = boxes.get("trun")!;
  const columns = fragment.readUInt32BE(trun) & 0x800 ? 4 : 3;
  const rows = Array.from({ length: fragment.readUInt32BE(trun + 4) }, (_, index) => trun + 12 + 4 * columns * index);
  return {
    start: fragment.readBigUInt64BE(boxes.get("tfdt")! + 4),
    durations: rows.map((at) => fragment.readUInt32BE(at)),
    sequence: fragment.readUInt32BE(boxes.get("mfhd")! + 4),
  };
}
