import { MediaError } from "./media-error";
import { MPEG_CLOCK } from "./transport-stream";

export interface Cue {
  readonly id?: string;
  /** Milliseconds. */
  readonly start: number;
  readonly end: number;
  /** Position and the like, as written behind the times. */
  readonly settings: string;
  readonly text: string;
}

/** A WebVTT file; with `anchor` a segment of HLS (RFC 8216, 3.5). */
export interface WebVtt {
  /** `X-TIMESTAMP-MAP`: cue time `local` (milliseconds) stands for `mpegts` on the MPEG clock. */
  readonly anchor?: { readonly mpegts: number; readonly local: number };
  /** STYLE, REGION blocks, as written. */
  readonly definitions: readonly string[];
  readonly cues: readonly Cue[];
}

const TIMING = /^((?:\d+:)?\d{2}:\d{2}\.\d{3})[ \t]+-->[ \t]+((?:\d+:)?\d{2}:\d{2}\.\d{3})(.*)$/;

/**
 * Reads WebVTT (https://www.w3.org/TR/webvtt1/); comments are left out.
 *
 * @param name the file's name, for the error
 * @throws MediaError when it does not begin with WEBVTT
 */
export function parseWebVtt(text: string, name: string): WebVtt {
  const normal = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const [header = "", ...blocks] = normal.split(/\n{2,}/);
  if (!/^WEBVTT(?:[ \t\n]|$)/.test(header))
    throw new MediaError(`${name} is not WebVTT: it does not begin with WEBVTT`);
  const anchor = anchorOf(header);
  const trimmed = blocks.map((block) => block.trim()).filter((block) => block !== "");
  return {
    ...(anchor && { anchor }),
    definitions: trimmed.filter((block) => /^(?:STYLE|REGION)\s/.test(block)),
    cues: trimmed.flatMap(cueOf),
  };
}

export function writeWebVtt({ anchor, definitions, cues }: WebVtt): string {
  const header = anchor ? `WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:${anchor.mpegts},LOCAL:${timeText(anchor.local)}` : "WEBVTT";
  const blocks = cues.map(({ id, start, end, settings, text }) =>
    [
      ...(id === undefined ? [] : [id]),
      `${timeText(start)} --> ${timeText(end)}${settings && ` ${settings}`}`,
      text,
    ].join("\n"),
  );
  return [header, ...definitions, ...blocks].join("\n\n") + "\n";
}

/** A segment for media whose times are the stream's minus `origin` (MPEG clock). */
export function rebaseWebVtt(file: WebVtt, origin: number): WebVtt {
  const { mpegts, local } = file.anchor ?? { mpegts: 0, local: 0 };
  const moved = mpegts - origin;
  // The clock in the anchor cannot be negative: then the cue time is moved on instead.
  const anchor = moved >= 0 ? { mpegts: moved, local } : { mpegts: 0, local: local + milliseconds(-moved) };
  return { ...file, anchor };
}

/** The segments of a rendition as one file in presentation time; `zero` is the stream time of its start. */
export function mergeWebVtt(segments: readonly WebVtt[], zero: number): WebVtt {
  const seen = new Set<string>();
  const cues = segments.flatMap(({ anchor = { mpegts: 0, local: 0 }, cues }) => {
    const shift = milliseconds(anchor.mpegts - zero) - anchor.local;
    return cues.map((cue) => ({ ...cue, start: Math.max(0, cue.start + shift), end: cue.end + shift }));
  });
  const kept = cues.filter((cue) => {
    // A cue that crosses a boundary stands in both segments.
    const key = JSON.stringify([cue.start, cue.end, cue.settings, cue.text]);
    const fresh = cue.end > 0 && !seen.has(key);
    seen.add(key);
    return fresh;
  });
  return {
    definitions: [...new Set(segments.flatMap(({ definitions }) => definitions))],
    cues: kept.sort((a, b) => a.start - b.start || a.end - b.end),
  };
}

function anchorOf(header: string): WebVtt["anchor"] {
  const line = header.split("\n").find((row) => row.startsWith("X-TIMESTAMP-MAP="));
  const mpegts = /MPEGTS:(\d+)/.exec(line ?? "")?.[1];
  const local = /LOCAL:([\d:.]+)/.exec(line ?? "")?.[1];
  return mpegts && local ? { mpegts: Number(mpegts), local: timeOf(local) } : undefined;
}

function cueOf(block: string): Cue[] {
  const rows = block.split("\n");
  const at = TIMING.test(rows[0] ?? "") ? 0 : 1;
  const match = TIMING.exec(rows[at] ?? "");
  if (!match || /^NOTE(?:\s|$)/.test(block)) return [];
  const text = rows.slice(at + 1).join("\n");
  return [
    {
      ...(at === 1 && { id: rows[0]! }),
      start: timeOf(match[1]!),
      end: timeOf(match[2]!),
      settings: match[3]!.trim(),
      text,
    },
  ];
}

function timeOf(text: string): number {
  return Math.round(text.split(":").reduce((total, part) => total * 60 + Number.parseFloat(part), 0) * 1000);
}

function timeText(value: number): string {
  const two = (part: number) => String(Math.floor(part)).padStart(2, "0");
  return `${two(value / 3_600_000)}:${two((value / 60_000) % 60)}:${two((value / 1000) % 60)}.${String(value % 1000).padStart(3, "0")}`;
}

function milliseconds(ticks: number): number {
  return Math.round((ticks * 1000) / MPEG_CLOCK);
}
