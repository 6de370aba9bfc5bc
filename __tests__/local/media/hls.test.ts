import { writeMediaPlaylist, writeMultivariantPlaylist, type MultivariantPlaylist } from "../../../local/media/hls";
import { parseMediaPlaylist, parseMultivariantPlaylist } from "../../../local/media/hls-parse";

const LADDER: MultivariantPlaylist = {
  version: 7,
  independentSegments: true,
  renditions: [
    {
      type: "AUDIO",
      groupId: "audio",
      name: "English",
      language: "en",
      isDefault: true,
      autoselect: true,
      channels: 2,
      uri: "audio.m3u8",
    },
    {
      type: "SUBTITLES",
      groupId: "subtitles",
      name: 'The "best"',
      isDefault: false,
      autoselect: true,
      forced: false,
      uri: "text_en.m3u8",
    },
  ],
  variants: [
    {
      uri: "video_720p.m3u8",
      bandwidth: 3_000_000,
      averageBandwidth: 2_500_000,
      codecs: ["avc1.640028", "mp4a.40.2"],
      width: 1280,
      height: 720,
      frameRate: 30_000 / 1001,
      audio: "audio",
      subtitles: "subtitles",
    },
    { uri: "video_240p.m3u8", bandwidth: 400_000 },
  ],
};

describe("a multivariant playlist", () => {
  it("is written with its groups, codecs, sizes and rates", () => {
    expect(writeMultivariantPlaylist(LADDER)).toBe(
      `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio.m3u8"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subtitles",NAME="The 'best'",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="text_en.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=3000000,AVERAGE-BANDWIDTH=2500000,RESOLUTION=1280x720,FRAME-RATE=29.970,CODECS="avc1.640028,mp4a.40.2",AUDIO="audio",SUBTITLES="subtitles"
video_720p.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=400000
video_240p.m3u8
`,
    );
  });

  it("is read back as it was written", () => {
    const named = { ...LADDER.renditions[1]!, name: "The 'best'" };
    const variant = { ...LADDER.variants[0]!, frameRate: 29.97 };
    expect(parseMultivariantPlaylist(writeMultivariantPlaylist(LADDER), "index.m3u8")).toEqual({
      ...LADDER,
      renditions: [LADDER.renditions[0], named],
      variants: [variant, LADDER.variants[1]],
    });
  });

  it.each([
    ["\n", "index.m3u8 is not a playlist: it does not begin with #EXTM3U"],
    ["#EXTM3U\n#EXTINF:4,\na.ts\n", "index.m3u8 is not a multivariant playlist: it has no EXT-X-STREAM-INF"],
    ["#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n", "index.m3u8: a variant has no address"],
    ['#EXTM3U\n#EXT-X-STREAM-INF:CODECS="a,b"\na.m3u8\n', "index.m3u8: variant a.m3u8 has no BANDWIDTH"],
  ])("is refused when it reads %j", (text, message) => {
    expect(() => parseMultivariantPlaylist(text, "index.m3u8")).toThrow(message);
  });
});

describe("a media playlist", () => {
  const playlist = {
    version: 7,
    independentSegments: true,
    mediaSequence: 1,
    map: "video_init.mp4",
    segments: [
      { uri: "video_00001.mp4", duration: 4 },
      { uri: "video_00002.mp4", duration: 2.4 },
    ],
  };
  const text = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:4
#EXT-X-MEDIA-SEQUENCE:1
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MAP:URI="video_init.mp4"
#EXTINF:4.000000,
video_00001.mp4
#EXTINF:2.400000,
video_00002.mp4
#EXT-X-ENDLIST
`;

  it("is written as VOD, ended, with its init segment", () => {
    expect(writeMediaPlaylist(playlist)).toBe(text);
  });

  it("is read back as it was written, with Windows line ends too", () => {
    expect(parseMediaPlaylist(text.replaceAll("\n", "\r\n"), "video.m3u8")).toEqual(playlist);
  });

  it("never has a target duration of 0", () => {
    const short = writeMediaPlaylist({ ...playlist, segments: [{ uri: "a.mp4", duration: 0.04 }] });
    expect(short).toContain("#EXT-X-TARGETDURATION:1\n");
  });

  it.each([
    ["#EXTM3U\n#EXTINF:4,\na.ts\n", "a.m3u8 has no EXT-X-ENDLIST: only complete playlists are allowed"],
    ["#EXTM3U\n#EXT-X-ENDLIST\n", "a.m3u8 lists no segment"],
    ["#EXTM3U\na.ts\n#EXT-X-ENDLIST\n", "a.m3u8: segment a.ts has no EXTINF duration"],
    ['#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="k"\n#EXT-X-ENDLIST\n', "a.m3u8 is encrypted"],
    ["#EXTM3U\n#EXT-X-BYTERANGE:1@0\n#EXT-X-ENDLIST\n", "a.m3u8 uses byte ranges: one file a segment is allowed"],
  ])("is refused when it reads %j", (source, message) => {
    expect(() => parseMediaPlaylist(source, "a.m3u8")).toThrow(message);
  });
});
