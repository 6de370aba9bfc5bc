import { OFFLINE } from "../../../../local/player/problem";
import { sendBatch } from "../../../../local/player/quality/send-batch";
import { ok, refused } from "../../../../local/player/result";

const BATCH = { session: "s", assetId: "a", events: [] };
const signedIn = () => Promise.resolve(ok("token"));

test("a batch goes with the viewer's token, without cookies, and outlives the page", async () => {
  const asked: [unknown, RequestInit | undefined][] = [];
  const fetch = ((path: unknown, request?: RequestInit) => {
    asked.push([path, request]);
    return Promise.resolve(new Response(null, { status: 202 }));
  }) as typeof globalThis.fetch;
  expect(await sendBatch({ fetch, bearer: signedIn })(BATCH)).toBe("taken");
  expect(asked).toEqual([
    [
      "/api/beacons",
      expect.objectContaining({
        method: "POST",
        headers: { authorization: "Bearer token", "content-type": "application/json" },
        body: JSON.stringify(BATCH),
        keepalive: true,
        credentials: "omit",
      }),
    ],
  ]);
});

test.each([
  [400, "refused"],
  [401, "refused"],
  [413, "refused"],
  [429, "failed"],
  [500, "failed"],
])("an answer of %i is %s", async (status, outcome) => {
  const fetch = () => Promise.resolve(new Response(null, { status }));
  expect(await sendBatch({ fetch, bearer: signedIn })(BATCH)).toBe(outcome);
});

test("no answer has failed, and without a token nothing is asked", async () => {
  const broken = () => Promise.reject(new TypeError("Failed to fetch"));
  expect(await sendBatch({ fetch: broken, bearer: signedIn })(BATCH)).toBe("failed");
  expect(await sendBatch({ fetch: broken, bearer: () => Promise.resolve(refused(OFFLINE)) })(BATCH)).toBe("refused");
  expect(await sendBatch({ fetch: broken, bearer: () => Promise.reject(new Error("x")) })(BATCH)).toBe("failed");
});
