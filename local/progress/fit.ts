import { stripVTControlCharacters } from "node:util";

/** Characters that take two columns of a terminal. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u;

const columnsOf = (character: string): number => (WIDE.test(character) ? 2 : 1);

/** Columns that a text takes in a terminal, colours not counted. */
export function columns(text: string): number {
  return [...stripVTControlCharacters(text)].reduce((sum, character) => sum + columnsOf(character), 0);
}

/** One line of at most `room` columns: control characters and line breaks gone, an ellipsis where something is missing. */
export function cut(text: string, room: number): string {
  const line = stripVTControlCharacters(text).replace(/[\s\p{Cc}]+/gu, " ");
  if (columns(line) <= room) return line;
  let kept = "";
  for (const character of line) {
    if (columns(kept) + columnsOf(character) > room - 1) break;
    kept += character;
  }
  return room > 0 ? `${kept}…` : "";
}

/** Filled with spaces up to `width` columns. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}
