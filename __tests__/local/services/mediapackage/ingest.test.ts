import { ingest } from "../../../../local/services/mediapackage/ingest";
import { resolveKey } from "../../../../local/services/mediapackage/ingest-source";
import { MemoryStore } from "./memory-store";
import { CALLER } from "./stack";

const STREAM = "#EXT-X-STREAM-INF:BANDWIDTH=1";
const END = "#EXT-X-ENDLIST\n";

function storeOf(files: Readonly<Record<string, string>>): MemoryStore {
  const store = new MemoryStore();
  for (const [name, text] of Object.entries(files)) store.objects.set(`packaged/ladder/${name}`, Buffer.from(text));
  return store;
}

describe("ingest", () => {
  it.each([
    [
      "a source that is fragmented MP4",
      {
        "index.m3u8": `#EXTM3U\n${STREAM}\nv.m3u8\n`,
        "v.m3u8": `#EXTM3U\n#EXT-X-MAP:URI="i.mp4"\n#EXTINF:4,\na.mp4\n${END}`,
      },
      "ladder/v.m3u8 is fragmented MP4 (EXT-X-MAP): MediaPackage VOD takes HLS with transport stream segments",
    ],
    [
      "audio apart from video",
      {
        "index.m3u8": `#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",URI="a.m3u8"\n${STREAM}\nv.m3u8\n`,
      },
      "ladder/index.m3u8: audio rendition English is apart from video; locally audio is muxed with it",
    ],
    [
      "more than 20 streams",
      { "index.m3u8": `#EXTM3U\n${`${STREAM}\nv.m3u8\n`.repeat(21)}` },
      "Parent Manifest [ladder/index.m3u8] has [21] streams, more than [20] allowed",
    ],
    [
      "a media playlist as the source",
      { "index.m3u8": `#EXTM3U\n#EXTINF:4,\na.ts\n${END}` },
      "ladder/index.m3u8 is not a multivariant playlist: it has no EXT-X-STREAM-INF",
    ],
    [
      "a missing segment",
      { "index.m3u8": `#EXTM3U\n${STREAM}\nv.m3u8\n`, "v.m3u8": `#EXTM3U\n#EXTINF:4,\na.ts\n${END}` },
      "The specified key does not exist: ladder/a.ts",
    ],
    [
      "a segment that is no media",
      { "index.m3u8": `#EXTM3U\n${STREAM}\nv.m3u8\n`, "v.m3u8": `#EXTM3U\n#EXTINF:4,\na.ts\n${END}`, "a.ts": "text" },
      "ladder/a.ts is not an MPEG transport stream (4 bytes)",
    ],
  ])("refuses %s", async (_what, files, message) => {
    await expect(ingest(storeOf(files), CALLER, "packaged", "ladder/index.m3u8")).rejects.toThrow(message);
  });
});

describe("an address in a playlist", () => {
  it("is a key beside or below the playlist, percent-decoded, without its query", () => {
    expect(resolveKey("ladder/a/index.m3u8", "240p/seg%20ment_1.ts?x=1")).toBe("ladder/a/240p/seg ment_1.ts");
    expect(resolveKey("ladder/a/index.m3u8", "../b/100%.ts")).toBe("ladder/b/100%.ts");
  });

  it.each(["https://elsewhere/a.ts", "/a.ts", "../../../a.ts"])("is not %s", (uri) => {
    expect(() => resolveKey("ladder/a/index.m3u8", uri)).toThrow(uri);
  });
});
