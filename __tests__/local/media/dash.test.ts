import { writeMpd, type DashPresentation } from "../../../local/media/dash";

const PRESENTATION: DashPresentation = {
  duration: 10.4,
  minBufferTime: 8,
  sets: [
    {
      contentType: "video",
      timeline: {
        timescale: 90_000,
        decodeDelay: 7200,
        spans: [
          { start: 7200, duration: 360_000 },
          { start: 367_200, duration: 360_000 },
          { start: 727_200, duration: 216_000 },
        ],
      },
      presentationTimeOffset: 7200,
      initialization: "$RepresentationID$_init.mp4",
      media: "$RepresentationID$_$Number%05d$.mp4",
      representations: [
        {
          id: "video_720p",
          bandwidth: 3e6,
          codecs: "avc1.640028",
          width: 1280,
          height: 720,
          frameRate: { num: 30_000, den: 1001 },
        },
        {
          id: "video_240p",
          bandwidth: 4e5,
          codecs: "avc1.64000c",
          width: 426,
          height: 240,
          frameRate: { num: 25, den: 1 },
        },
      ],
    },
    {
      contentType: "audio",
      language: "en",
      timeline: {
        timescale: 48_000,
        decodeDelay: 0,
        spans: [
          { start: 0, duration: 189_440 },
          { start: 200_000, duration: 189_440 },
        ],
      },
      presentationTimeOffset: 0,
      initialization: "$RepresentationID$_init.mp4",
      media: "$RepresentationID$_$Number%05d$.mp4",
      representations: [
        { id: "audio", bandwidth: 96_000, codecs: "mp4a.40.2", audioSamplingRate: 48_000, channels: 2 },
      ],
    },
  ],
  text: [{ id: "text_en", uri: "text_en.vtt", language: "en", label: "English & more", bandwidth: 1000 }],
};

describe("an MPD", () => {
  it("states exact times, aligned segments, and video, audio and text apart", () => {
    expect(writeMpd(PRESENTATION)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="static" mediaPresentationDuration="PT10.4S" minBufferTime="PT8S" maxSegmentDuration="PT4S">
  <Period id="1" start="PT0S" duration="PT10.4S">
    <AdaptationSet id="1" contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1" maxWidth="1280" maxHeight="720">
      <Role schemeIdUri="urn:mpeg:dash:role:2011" value="main"/>
      <SegmentTemplate timescale="90000" presentationTimeOffset="7200" startNumber="1" initialization="$RepresentationID$_init.mp4" media="$RepresentationID$_$Number%05d$.mp4">
        <SegmentTimeline>
          <S t="7200" d="360000" r="1"/>
          <S d="216000"/>
        </SegmentTimeline>
      </SegmentTemplate>
      <Representation id="video_720p" bandwidth="3000000" codecs="avc1.640028" width="1280" height="720" sar="1:1" frameRate="30000/1001"/>
      <Representation id="video_240p" bandwidth="400000" codecs="avc1.64000c" width="426" height="240" sar="1:1" frameRate="25"/>
    </AdaptationSet>
    <AdaptationSet id="2" contentType="audio" mimeType="audio/mp4" lang="en" segmentAlignment="true" startWithSAP="1">
      <Role schemeIdUri="urn:mpeg:dash:role:2011" value="main"/>
      <SegmentTemplate timescale="48000" startNumber="1" initialization="$RepresentationID$_init.mp4" media="$RepresentationID$_$Number%05d$.mp4">
        <SegmentTimeline>
          <S t="0" d="189440"/>
          <S t="200000" d="189440"/>
        </SegmentTimeline>
      </SegmentTemplate>
      <Representation id="audio" bandwidth="96000" codecs="mp4a.40.2" audioSamplingRate="48000">
        <AudioChannelConfiguration schemeIdUri="urn:mpeg:dash:23003:3:audio_channel_configuration:2011" value="2"/>
      </Representation>
    </AdaptationSet>
    <AdaptationSet id="3" contentType="text" mimeType="text/vtt" lang="en">
      <Role schemeIdUri="urn:mpeg:dash:role:2011" value="subtitle"/>
      <Label>English &#38; more</Label>
      <Representation id="text_en" bandwidth="1000">
        <BaseURL>text_en.vtt</BaseURL>
      </Representation>
    </AdaptationSet>
  </Period>
</MPD>
`);
  });

  it("keeps microseconds of a duration and no more", () => {
    expect(writeMpd({ ...PRESENTATION, duration: 7.007_000_04 })).toContain('mediaPresentationDuration="PT7.007S"');
  });
});
