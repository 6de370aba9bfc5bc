import type { Playback, Status, Title } from "./title";

/** What the catalogue says about watching a title. */
export type Playable =
  | { readonly kind: "playable"; readonly playback: Playback; readonly poster?: string; readonly hasDownload: boolean }
  | { readonly kind: "not-ready" }
  /** It was published once, and an editor took it away. */
  | { readonly kind: "withdrawn" }
  /** Unknown, failed, not published yet, or withdrawn before it ever was: viewers get one answer for all of them. */
  | { readonly kind: "absent" };

const UNDER_WAY: readonly Status[] = ["RECEIVED", "TRANSCODING", "PACKAGING"];

export function playableOf(title: Title | undefined): Playable {
  if (!title) return { kind: "absent" };
  if (title.publishState === "WITHDRAWN") return { kind: title.publishedAt === undefined ? "absent" : "withdrawn" };
  const playing = title.playing === undefined ? undefined : title.versions[title.playing];
  if (title.publishState === "PUBLISHED" && playing?.playback) {
    return {
      kind: "playable",
      playback: playing.playback,
      poster: playing.poster,
      hasDownload: playing.download !== undefined,
    };
  }
  const newest = title.versions[title.latest];
  return { kind: newest && UNDER_WAY.includes(newest.status) ? "not-ready" : "absent" };
}
