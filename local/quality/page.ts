import type { Numbers, Plays, Rebuffering } from "./numbers";
import { type SessionRow, UNKNOWN } from "./sessions";
import { STYLE } from "./style";

/** Cells of a row, as HTML. */
type Cells = readonly string[];

/** The numbers as a page that shows itself anew every ten seconds; no script. */
export function qualityPage(numbers: Numbers): string {
  const { sessions, titles, countries, devices, startUp, byRendition, byCountry, errors } = numbers;
  const lines = (name: string): string => (/^\d+$/.test(name) ? `${name}p` : name);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="10"><meta name="color-scheme" content="light dark">
<title>What viewers experience</title><style>${STYLE}</style></head>
<body><header><h1>What viewers experience</h1>
<p>The last 24 hours, from what players sent and the stream stored. Athena answers the same questions by the same definitions.</p></header>
<main>
${tiles(numbers)}
${table("Popular titles", ["Title", "Plays", "Watched"], titles.map(playsCells))}
${table("Countries", ["Country", "Plays", "Watched"], countries.map(playsCells))}
${table("Devices", ["Device", "Plays", "Watched"], devices.map(playsCells))}
${table("Start-up time", ["Protocol", "Plays", "p50", "p95", "p99"], startUp.map(({ protocol, plays, p50, p95, p99 }) => [text(protocol), count(plays), seconds(p50), seconds(p95), seconds(p99)]))}
${table("Rebuffering by rendition", ["Rendition", "Ratio", "Times", "Watched"], byRendition.map((row) => rebufferingCells({ ...row, name: lines(row.name) })))}
${table("Rebuffering by country", ["Country", "Ratio", "Times", "Watched"], byCountry.map(rebufferingCells))}
${table("Errors", ["Code", "Errors", "Playbacks"], errors.map(({ code, errors: times, sessions: of }) => [text(code), count(times), count(of)]))}
${table("Playbacks", ["Since (UTC)", "Title", "Played by", "Viewer", "Start-up", "Watched", "Rebuffering", "Switches", "Last picture", "Ended"], sessions.map(sessionCells), "wide")}
</main></body></html>`; // prettier-ignore
}

function tiles({ sessions, titles, startUp, byCountry, errors }: Numbers): string {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const watched = sum(byCountry.map(({ watchedSeconds }) => watchedSeconds));
  const waited = sum(byCountry.map(({ ratio = 0, watchedSeconds }) => (ratio >= 1 ? 0 : (watchedSeconds * ratio) / (1 - ratio)))); // prettier-ignore
  const slowest = Math.max(0, ...startUp.map(({ p95 }) => p95));
  const facts: readonly (readonly [string, string])[] = [
    ["Plays", count(sum(titles.map(({ plays }) => plays)))],
    ["Watched", duration(watched)],
    ["Slowest start-up, p95", startUp.length === 0 ? "–" : seconds(slowest)],
    ["Rebuffering", watched + waited === 0 ? "–" : percent(waited / (watched + waited))],
    ["Errors", count(sum(errors.map(({ errors: times }) => times)))],
    ["Under way", count(sessions.filter(({ end }) => end === undefined).length)],
  ];
  return `<dl class="tiles">${facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join("")}</dl>`;
}

function playsCells({ name, plays, watchedSeconds }: Plays): Cells {
  return [text(name), count(plays), duration(watchedSeconds)];
}

function rebufferingCells({ name, ratio, rebuffers, watchedSeconds }: Rebuffering): Cells {
  return [text(name), ratio === undefined ? "–" : percent(ratio), count(rebuffers), duration(watchedSeconds)];
}

function sessionCells(row: SessionRow): Cells {
  return [
    text(row.since.slice(11, 19)),
    text(row.title),
    text(row.protocol === UNKNOWN ? "not begun" : `${row.protocol.toUpperCase()}, ${row.engine}`),
    text(`${row.country}, ${row.device}`),
    row.startupSeconds === undefined ? "–" : seconds(row.startupSeconds),
    duration(row.watchedSeconds),
    row.rebuffers === 0 ? "none" : `${count(row.rebuffers)}, ${seconds(row.rebufferSeconds)}`,
    count(row.switches),
    text(row.rendition === undefined ? "–" : `${row.rendition}p`),
    text([...row.errors, row.end ?? "plays"].join(", ")),
  ];
}

function table(title: string, heads: readonly string[], rows: readonly Cells[], kind = ""): string {
  const head = heads.map((name) => `<th scope="col">${name}</th>`).join("");
  const none = `<tr><td class="none" colspan="${heads.length}">Nothing yet.</td></tr>`;
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("\n");
  return `<section class="${kind}"><h2>${title}</h2><div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body || none}</tbody></table></div></section>`;
}

/** Whatever a player sent is text. */
function text(value: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return value.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}

const count = (value: number): string => String(Math.round(value));
const seconds = (value: number): string => `${value.toFixed(2)} s`;
const percent = (ratio: number): string => `${(100 * ratio).toFixed(2)} %`;

function duration(value: number): string {
  if (value < 100) return `${value.toFixed(1)} s`;
  return value < 6000 ? `${(value / 60).toFixed(1)} min` : `${(value / 3600).toFixed(1)} h`;
}
