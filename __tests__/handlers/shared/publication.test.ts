import { withPublication, withWithdrawal } from "../../../handlers/shared/publication";
import { NOW_ISO, title, version } from "../support/titles";

const LATER = "2030-01-02T04:00:00.000Z";
const playable = (id: string, prefix: string, status: "READY" | "PUBLISHED" = "READY") =>
  version(id, { status, playback: { prefix }, poster: `/posters/${id}`, durationSeconds: Number(id) });

test("a withdrawn title keeps all that was prepared, and what it played", () => {
  const film = title([playable("1", "aaaa", "PUBLISHED")], { publishState: "PUBLISHED", playing: "1" });
  expect(withWithdrawal(film)).toEqual({ ...film, publishState: "WITHDRAWN" });
});

test("publishing shows the newest version that can be watched, and stamps it", () => {
  const film = title([playable("1", "aaaa", "PUBLISHED"), playable("2", "bbbb"), version("3", { status: "FAILED" })], {
    playing: "1",
  });
  expect(withPublication(film, LATER)).toMatchObject({
    publishState: "PUBLISHED",
    publishedAt: LATER,
    playing: "2",
    poster: "/posters/2",
    durationSeconds: 2,
    versions: { "2": { status: "PUBLISHED", at: { READY: NOW_ISO, PUBLISHED: LATER } } },
  });
});

test("publishing again keeps the day of the first time", () => {
  const film = title([playable("1", "aaaa", "PUBLISHED")], { publishState: "WITHDRAWN", publishedAt: NOW_ISO });
  expect(withPublication(film, LATER)?.publishedAt).toBe(NOW_ISO);
});

test("a title without a version that can be watched is not published", () => {
  const film = title([version("1", { status: "TRANSCODING" }), version("2", { status: "READY" })]);
  expect(withPublication(film, LATER)).toBeUndefined();
});
