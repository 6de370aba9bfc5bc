import { Business, SUBSCRIBED } from "./business";
import { AAC, H264, makeVideo, picture, sound } from "./media";
import type { Operator } from "./operator";
import type { Running } from "./running";

const [FIRST, SECOND] = ["session-0123456789-a", "session-0123456789-b"];
const PAST = "2020-01-01T00:00:00Z";

/** What editors and the business's systems change, and what viewers then get, on a platform that runs. */
export function entitlementAtWork(running: () => Running, operator: () => Operator): void {
  const made: { business?: Business } = {};
  const business = (): Business => (made.business ??= new Business(running().report));
  const play = () => `POST /play/${running().report.assetId}`;
  const title = (action = "", method = "POST") => `${method} /api/titles/${running().report.assetId}${action}`;
  const mint = (session = FIRST) => business().ask("entitled", play(), { session });
  const listed = async () => {
    const [, answer] = await business().ask("entitled", "GET /api/titles");
    return (answer as { items: { assetId: string }[] }).items.map(({ assetId }) => assetId);
  };
  afterEach(() => business().subscribe(SUBSCRIBED));
  afterAll(() => business().close());

  test("each state of a subscription counts at the very next mint", async () => {
    for (const [subscription, answer] of [
      [{ status: "TRIAL", expiresAt: PAST }, [403, "TRIAL_EXPIRED"]],
      [{ status: "CANCELLED", expiresAt: PAST }, [403, "SUBSCRIPTION_CANCELLED"]],
      [{ status: "PAUSED" }, [403, "SUBSCRIPTION_INACTIVE"]],
      [SUBSCRIBED, [200, expect.anything()]],
    ] as const) {
      await business().subscribe(subscription);
      expect([subscription, await mint()]).toEqual([subscription, answer]);
    }
  });

  test("a plan of one stream plays one at a time, and the next when that one has stopped", async () => {
    await business().subscribe({ ...SUBSCRIBED, streams: 1 });
    expect(await mint(FIRST)).toMatchObject([200, { session: FIRST }]);
    expect(await mint(FIRST)).toMatchObject([200, { session: FIRST }]);
    expect(await mint(SECOND)).toEqual([403, "STREAM_LIMIT_REACHED"]);
    const stop = `DELETE /play/${running().report.assetId}/sessions`;
    expect(await business().ask("other", `${stop}/${FIRST}`)).toEqual([204, undefined]); // another viewer's own
    expect(await mint(SECOND)).toEqual([403, "STREAM_LIMIT_REACHED"]);
    expect(await business().ask("entitled", `${stop}/${FIRST}`)).toEqual([204, undefined]);
    expect(await mint(SECOND)).toMatchObject([200, { session: SECOND }]);
    expect(await mint(FIRST)).toEqual([403, "SESSION_ENDED"]);
    expect(await business().ask("entitled", `${stop}/${SECOND}`)).toEqual([204, undefined]);
  });

  test("an editor's terms decide where, when and for whom a title is", async () => {
    const { assetId } = running().report;
    const terms = (body: unknown) => business().ask("editor", title("/licence", "PUT"), body);
    expect(await terms({ notAfter: PAST })).toMatchObject([200, { licence: { notAfter: "2020-01-01T00:00:00.000Z" } }]);
    expect([await mint(), await listed()]).toEqual([[403, "TITLE_NO_LONGER_AVAILABLE"], []]);
    await terms({ allowedCountries: ["US"] }); // the tests come from the Netherlands
    expect([await mint(), await listed()]).toEqual([[403, "COUNTRY_NOT_ALLOWED"], []]);
    await terms({ required: true });
    expect([await mint(), await listed()]).toEqual([[403, "LICENCE_REQUIRED"], [assetId]]);
    expect(await business().ask("entitled", title("", "GET"))).toMatchObject([200, { assetId, licenceRequired: true }]);
    await terms({});
    expect((await mint())[0]).toBe(200);
  });

  test("who is no editor changes nothing", async () => {
    for (const who of ["entitled", "other"] as const) {
      expect(await business().ask(who, title("/withdraw"))).toEqual([403, "EDITOR_REQUIRED"]);
      expect(await business().ask(who, title("/licence", "PUT"), {})).toEqual([403, "EDITOR_REQUIRED"]);
    }
    expect((await mint())[0]).toBe(200);
  });

  test("a withdrawn title is gone for viewers, a new upload stays withdrawn, and an editor brings it back", async () => {
    const { assetId, topology } = running().report;
    expect(await business().ask("editor", title("/withdraw"))).toMatchObject([200, { publishState: "WITHDRAWN" }]);
    const gone = [[403, "TITLE_WITHDRAWN"], [], [404, "TITLE_NOT_FOUND"]];
    const seen = async () => [await mint(), await listed(), await business().ask("entitled", title("", "GET"))];
    expect(await seen()).toEqual(gone);

    const name = `the-whole-way-${topology}.mp4`;
    const upload = await operator().publish(makeVideo(name, ...picture("426x240", 2), ...sound(2), ...H264, ...AAC));
    expect([upload.assetId, upload.version.status]).toEqual([assetId, "READY"]);
    expect(await seen()).toEqual(gone);

    expect(await business().ask("editor", title("/publish"))).toMatchObject([
      200,
      { publishState: "PUBLISHED", playing: upload.version.version },
    ]);
    expect([(await mint())[0], await listed()]).toEqual([200, [assetId]]);
  }, 90_000);
}
