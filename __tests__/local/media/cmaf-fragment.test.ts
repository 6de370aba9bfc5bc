import { box, fields, walkBoxes } from "../../../local/media/cmaf-boxes";
import { normaliseInit, retimeFragment } from "../../../local/media/cmaf-fragment";

const MDAT = box("mdat", Buffer.from("abcdef"));

/** A muxer's segment: an index, and a fragment with `trun` as given. */
function segment(tfhd: Buffer, trun: Buffer): Buffer {
  const traf = box("traf", box("tfhd", tfhd), box("tfdt", fields(1, 0, 0, 0)), box("trun", trun));
  return Buffer.concat([
    box("styp", Buffer.from("cmfc")),
    box("sidx", fields(1, 0)),
    box("moof", box("mfhd", fields(0, 0, 9)), traf),
    MDAT,
  ]);
}

function body(file: Buffer, type: string): number[] {
  const found = [...walkBoxes(file)].find((entry) => entry.type === type)!;
  return Array.from({ length: (found.end - found.body) / 4 }, (_, index) => file.readUInt32BE(found.body + 4 * index));
}

const REORDERED = {
  samples: [
    { presented: 7200, isKey: true },
    { presented: 18_000, isKey: false },
    { presented: 10_800, isKey: false },
  ],
  end: 21_600,
  decodeDelay: 7200,
  sequence: 4,
};

describe("a fragment's timing", () => {
  const muxed = segment(fields(0, 0x020000, 1), fields(1, 0x0205, 3, 0, 0x02000000, 1, 2, 3));

  it("says when each picture is decoded and shown, up to where the next segment begins", () => {
    const result = retimeFragment(muxed, REORDERED);
    expect([...walkBoxes(result)].map(({ type }) => type)).toEqual([
      "styp",
      "moof",
      "mfhd",
      "traf",
      "tfhd",
      "tfdt",
      "trun",
      "mdat",
    ]);
    expect(body(result, "mfhd")).toEqual([0, 4]);
    expect(body(result, "tfhd")).toEqual([0x020000, 1]);
    expect(body(result, "tfdt")).toEqual([0x01000000, 0, 0]);
    const moof = [...walkBoxes(result)].find(({ type }) => type === "moof")!;
    // Decoded in turn at 0, 3,600 and 10,800; shown 7,200, 14,400 and 0 later.
    expect(body(result, "trun")).toEqual([
      ...[0x01000f01, 3, moof.end - moof.start + 8],
      ...[3600, 1, 0x02000000, 7200],
      ...[7200, 2, 0x01010000, 14_400],
      ...[3600, 3, 0x01010000, 0],
    ]);
    expect(result.subarray(moof.end).equals(MDAT)).toBe(true);
  });

  it("needs no offsets where nothing is reordered, and takes one size for all from the fragment's default", () => {
    const equal = segment(fields(0, 0x020018, 1, 500, 2), fields(1, 0x01, 2, 0));
    const samples = [0, 1024].map((presented) => ({ presented, isKey: true }));
    const result = retimeFragment(equal, { samples, end: 2048, decodeDelay: 0, sequence: 1 });
    expect(body(result, "trun").slice(0, 2)).toEqual([0x01000701, 2]);
    expect(body(result, "trun").slice(3)).toEqual([1024, 2, 0x02000000, 1024, 2, 0x02000000]);
  });

  it("keeps sizes that stand between other columns", () => {
    const full = segment(fields(0, 0x020000, 1), fields(1, 0x0f01, 2, 0, 11, 5, 12, 13, 21, 6, 22, 23));
    const samples = [0, 10].map((presented) => ({ presented, isKey: true }));
    const result = retimeFragment(full, { samples, end: 20, decodeDelay: 0, sequence: 1 });
    expect(body(result, "trun").slice(3)).toEqual([10, 5, 0x02000000, 10, 6, 0x02000000]);
  });
});

describe("an init segment", () => {
  it("loses times of writing and durations, in short and in long headers", () => {
    const moov = box(
      "moov",
      box("mvhd", fields(0, 0, 1, 2, 1000, 3, 0x00010000)),
      box(
        "trak",
        box("tkhd", fields(1, 7, 1, 1, 2, 2, 42, 0, 3, 3, 99)),
        box("mdia", box("mdhd", fields(0, 0, 1, 2, 90_000, 3, 55))),
      ),
    );
    const result = normaliseInit(moov);
    expect(body(result, "mvhd")).toEqual([0, 0, 0, 1000, 0, 0x00010000]);
    expect(body(result, "tkhd")).toEqual([0x01000007, 0, 0, 0, 0, 42, 0, 0, 0, 99]);
    expect(body(result, "mdhd")).toEqual([0, 0, 0, 90_000, 0, 55]);
    expect(body(moov, "mvhd")[1]).toBe(1);
  });
});

describe("boxes", () => {
  it("are refused when they say more than there is", () => {
    const damaged = Buffer.concat([box("free"), Buffer.from([0, 0, 0, 99, 1, 1, 1, 1])]);
    expect(() => [...walkBoxes(damaged)]).toThrow("damaged box at byte 8: size 99 of 8");
  });
});
