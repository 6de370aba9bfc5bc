import { type Deps, makeHandler } from "../../../handlers/measure-backlog/handler";
import { withNewest } from "../../../handlers/shared/title-changes";
import type { Title, Version } from "../../../handlers/shared/title";
import { memoryCatalogue } from "../support/memory-catalogue";
import { recordedLog } from "../support/recorded-log";
import { NOW, title, version } from "../support/titles";

const minutesAgo = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();
const uploaded = (assetId: string, minutes: number, more: Partial<Version> = {}): Title =>
  withNewest(title([], { assetId }), version("20", { ...more, at: { RECEIVED: minutesAgo(minutes) } }));

async function measured(titles: readonly Title[], more: Partial<Deps> = {}) {
  const { log, entries } = recordedLog();
  await makeHandler({
    catalogue: memoryCatalogue(...titles),
    queueDepth: () => Promise.resolve({ waiting: 3, progressing: 2 }),
    stuckAfterMinutes: 240,
    now: () => NOW,
    log,
    ...more,
  })();
  return entries;
}

test("an idle platform measures nothing but the queue", async () => {
  expect(await measured([])).toEqual([
    { code: "QUEUE_MEASURED", fields: { waiting: 3, progressing: 2 } },
    { code: "TITLES_MEASURED", fields: { atWork: 0, stuck: 0 } },
  ]);
});

test("a version that is not settled after the limit is stuck, is named with its status, and is counted", async () => {
  const titles = [uploaded("a", 239), uploaded("b", 240, { status: "TRANSCODING" })];
  expect((await measured(titles)).slice(1)).toEqual([
    { code: "TITLE_STUCK", fields: { assetId: "b", version: "20", status: "TRANSCODING", minutes: 240 } },
    { code: "TITLES_MEASURED", fields: { atWork: 2, stuck: 1 } },
  ]);
});

test("what can be watched or failed is not at work, however old", async () => {
  const titles = [uploaded("a", 999, { status: "PUBLISHED" }), uploaded("b", 999, { status: "FAILED" })];
  expect((await measured(titles)).at(-1)).toEqual({ code: "TITLES_MEASURED", fields: { atWork: 0, stuck: 0 } });
});

test("a run names twenty and counts all", async () => {
  const titles = Array.from({ length: 25 }, (_, index) => uploaded(`title-${index}`, 300));
  const entries = await measured(titles);
  expect(entries.filter(({ code }) => code === "TITLE_STUCK")).toHaveLength(20);
  expect(entries.at(-1)?.fields).toEqual({ atWork: 25, stuck: 25 });
});
