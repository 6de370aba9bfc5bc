import type { Decision } from "../shared/catalogue";
import type { LicenceTerms, Title } from "../shared/title";
import { newestWatchable, withLive, withWithdrawal } from "../shared/title-changes";

/** The title as it is after the action, or why it could not be done. */
export type Outcome = { readonly title: Title } | { readonly refused: "absent" | "not-ready" };

/** An editor's action, as a decision about a title. Doing it twice is doing it once. */
export type Edit = (title: Title | undefined, now: string) => Decision<Outcome>;

/** Gives viewers the newest version that can be watched, whether the title waits for it, plays an older one or was withdrawn. */
export const publish: Edit = (title, now) => {
  if (!title) return { result: { refused: "absent" } };
  const version = newestWatchable(title);
  if (!version) return { result: { refused: "not-ready" } };
  if (title.publishState === "PUBLISHED" && title.playing === version.version) return { result: { title } };
  return changed(withLive(title, version, now));
};

/** Takes the title from viewers, at any stage: what is still being prepared will not go live by itself. */
export const withdraw: Edit = (title, now) => {
  if (!title) return { result: { refused: "absent" } };
  return title.publishState === "WITHDRAWN" ? { result: { title } } : changed(withWithdrawal(title, now));
};

/** Sets the title's terms, all of them: what the new ones do not say is no longer asked. */
export const license =
  (terms: LicenceTerms | undefined): Edit =>
  (title) =>
    title ? changed({ ...title, licence: terms }) : { result: { refused: "absent" } };

function changed(title: Title): Decision<Outcome> {
  return { write: title, result: { title } };
}
