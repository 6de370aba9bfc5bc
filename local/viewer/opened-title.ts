import { mint, type Playback, PlaybackError } from "./viewer";

export interface TitleAtStart {
  /** Address of the edge. */
  readonly edge: string;
  readonly assetId: string;
  readonly tokens: { readonly entitled: string; readonly editor: string };
  /** Says what was done about the title. */
  readonly note: (line: string) => void;
}

/** Refusals that a title's state and terms lead to. */
const BY_TITLE = /^(TITLE_(?!NOT_READY)|LICENCE_|INSTITUTION_REQUIRED|COUNTRY_NOT_ALLOWED)/;

/** Terms of a title that has none, and the action that brings it to viewers. */
const OPENING = [
  { method: "PUT", path: "licence", body: "{}" },
  { method: "POST", path: "publish", body: undefined },
] as const;

/**
 * Asks the mint. A start shows a title that plays: one that waits for an editor, or that was withdrawn or limited at an
 * earlier start, is opened by the sample editor. Who may not watch at all is another matter.
 * @throws {PlaybackError} when the mint refuses all the same
 * @throws {Error} with address, status and code when the editor is refused
 */
export async function mintOpened(title: TitleAtStart): Promise<Playback> {
  const play = `${title.edge}/play/${title.assetId}`;
  try {
    return await mint(play, title.tokens.entitled);
  } catch (error) {
    const code = error instanceof PlaybackError ? error.code : undefined;
    if (!code || !BY_TITLE.test(code)) throw error;
    await open(title);
    title.note(`The title was closed to viewers (${code}): the sample editor published it.`);
    return mint(play, title.tokens.entitled);
  }
}

async function open({ edge, assetId, tokens }: TitleAtStart): Promise<void> {
  for (const { method, path, body } of OPENING) {
    const address = `${edge}/api/titles/${assetId}/${path}`;
    const headers = { authorization: `Bearer ${tokens.editor}`, "content-type": "application/json" };
    const response = await fetch(address, { method, headers, body });
    if (response.ok) continue;
    const { error = "", message = "" } = (await response.json().catch(() => ({}))) as Record<string, string>;
    throw new Error(`${method} ${address} answered ${response.status} ${error}: ${message}`);
  }
}
