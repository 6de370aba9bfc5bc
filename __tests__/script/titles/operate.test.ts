import type { Rule } from "@aws-sdk/client-wafv2";
import { listBlocked, publish, unblock, withdraw, type Deps } from "../../../script/titles/operate";
import { memoryCatalogue } from "../../handlers/support/memory-catalogue";
import { NOW_ISO, title, version } from "../../handlers/support/titles";

const film = title([version("1", { status: "PUBLISHED", playback: { prefix: "aaaa" }, poster: "/posters/x" })], {
  publishState: "PUBLISHED",
  playing: "1",
});
const ID = film.assetId;

function setUp(before = film, blockedAlready: string[] = []) {
  const catalogue = memoryCatalogue(before);
  const order: string[] = [];
  const printed: string[] = [];
  const deps: Deps = {
    catalogue: {
      change: async (assetId, decide) => {
        const state = (await catalogue.read(assetId))?.publishState;
        const result = await catalogue.change(assetId, decide);
        const after = (await catalogue.read(assetId))?.publishState;
        if (after !== state) order.push(`catalogue: ${after}`);
        return result;
      },
    },
    blocked: {
      list: async () => blockedAlready,
      block: async ({ Name }: Omit<Rule, "Priority">) => void order.push(`block: ${Name}`),
      unblock: async (assetId) => {
        order.push(`unblock: ${assetId}`);
        return blockedAlready.includes(assetId);
      },
    },
    cache: { forget: async (paths) => (order.push(`forget: ${paths.join(" ")}`), "I1") },
    now: () => Date.parse(NOW_ISO),
    print: (line) => void printed.push(line),
  };
  return { deps, order, printed, catalogue };
}

test("a title is withdrawn by one write, and what was given out is said to play on", async () => {
  const { deps, order, printed } = setUp();
  await withdraw(deps, ID, false);
  expect(order).toEqual(["catalogue: WITHDRAWN"]);
  expect(printed).toEqual([
    `withdrawn: ${ID}. The mint refuses it and no list shows it, from now on.`,
    "Cookies that were given out play on until they end (entitle.cookieSeconds); --now ends them as well.",
  ]);
});

test("with --now the mint stops first, then the firewall blocks, then the cache is emptied", async () => {
  const { deps, order, printed } = setUp();
  await withdraw(deps, ID, true);
  expect(order).toEqual([
    "catalogue: WITHDRAWN",
    `block: ${ID}`,
    `forget: /v1/aaaa/* /posters/${ID}/* /downloads/${ID}*`,
  ]);
  expect(printed.slice(1)).toEqual([
    "blocked: the firewall refuses all its paths, at every edge location within minutes, mostly within one.",
    "forgotten: invalidation I1 empties the edge's cache of it, within minutes.",
  ]);
});

test("a title that is withdrawn already can still be blocked", async () => {
  const { deps, order } = setUp({ ...film, publishState: "WITHDRAWN" });
  await withdraw(deps, ID, true);
  expect(order[0]).toBe(`block: ${ID}`);
});

test("publishing lifts the block before viewers are sent there, and shows the newest version that can be watched", async () => {
  const versions = [
    version("1", { status: "PUBLISHED", playback: { prefix: "aaaa" } }),
    version("2", { status: "READY", playback: { prefix: "bbbb" }, poster: "/posters/2", durationSeconds: 9 }),
    version("3", { status: "FAILED" }),
  ];
  const { deps, order, printed, catalogue } = setUp(title(versions, { publishState: "WITHDRAWN", playing: "1" }), [ID]);
  await publish(deps, ID);
  expect(order).toEqual([`unblock: ${ID}`, "catalogue: PUBLISHED"]);
  expect(await catalogue.read(ID)).toMatchObject({
    publishState: "PUBLISHED",
    publishedAt: NOW_ISO,
    playing: "2",
    poster: "/posters/2",
    durationSeconds: 9,
  });
  expect(printed).toEqual([`unblocked: ${ID}, at every edge location within minutes.`, `published: ${ID}, version 2.`]);
});

test("what cannot be watched is not published, and its block stays", async () => {
  const { deps, order } = setUp(title([version("1", { status: "TRANSCODING" })]), [ID]);
  await expect(publish(deps, ID)).rejects.toThrow(
    new Error(`${ID}: no version of it can be watched; wait until one is READY, or upload it again`),
  );
  expect(order).toEqual([]);
});

test("an id that the catalogue does not have is refused, and nothing is blocked", async () => {
  const { deps, order } = setUp();
  const other = "other-0123456789ab";
  await expect(withdraw(deps, other, true)).rejects.toThrow(
    new Error(`${other}: the catalogue has no such title; the ids are in GET /api/titles and in the catalogue`),
  );
  expect(order).toEqual([]);
});

test("a block can be lifted by itself, and what is blocked be listed", async () => {
  const { deps, printed } = setUp(film, [ID]);
  await unblock(deps, ID);
  await unblock(deps, "other-0123456789ab");
  await listBlocked(deps);
  expect(printed).toEqual([`unblocked: ${ID}; it stays withdrawn.`, "other-0123456789ab was not blocked.", ID]);
});
