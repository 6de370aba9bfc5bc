import { VIEWER_COUNTRY_HEADER } from "../../../handlers/shared/headers";
import type { Status, Title } from "../../../handlers/shared/title";
import { ASSET, title, version } from "../support/titles";
import { ACTIVE, codeOf, PLAYBACK, PLAYING, setup } from "./setup";

test.each<[string, Title | "unknown"]>([
  ["unknown", "unknown"],
  ["withdrawn before it was published", { ...PLAYING, publishState: "WITHDRAWN", publishedAt: undefined }],
  ["ready but not published", title([version("20", { status: "READY", playback: PLAYBACK })])],
  ["failed", title([version("20", { status: "FAILED" })])],
])("a title that is %s gets the one answer for all of these", async (_, found) => {
  const answer = await setup(found).post();
  expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([
    404,
    { error: "TITLE_NOT_FOUND", message: "There is no such title." },
  ]);
});

test("a title that was withdrawn is refused as such, and plays for nobody", async () => {
  const answer = await setup({ ...PLAYING, publishState: "WITHDRAWN" }).post();
  expect([answer.statusCode, JSON.parse(answer.body), answer.cookies]).toEqual([
    403,
    { error: "TITLE_WITHDRAWN", message: "This title was withdrawn." },
    undefined,
  ]);
});

test.each<Status>(["RECEIVED", "TRANSCODING", "PACKAGING"])(
  "a title that is %s is worth asking for again",
  async (status) => {
    const answer = await setup(title([version("20", { status })])).post();
    expect([codeOf(answer), answer.headers["retry-after"]]).toEqual([[409, "TITLE_NOT_READY"], "30"]);
  },
);

test("a title with a new version in the works goes on playing the old one", async () => {
  const found = {
    ...PLAYING,
    latest: "30",
    versions: { ...PLAYING.versions, "30": version("30", { status: "TRANSCODING" }) },
  };
  expect((await setup(found).post()).statusCode).toBe(200);
});

test("without a subscription a viewer does not learn whether a title exists", async () => {
  const refusals = [await setup(PLAYING, {}).post(), await setup("unknown", {}).post()];
  expect(refusals.map(codeOf)).toEqual([
    [403, "SUBSCRIPTION_REQUIRED"],
    [403, "SUBSCRIPTION_REQUIRED"],
  ]);
});

test("a title that needs a licence is refused without one, with its reason in answer and log", async () => {
  const licensed = { ...PLAYING, licence: { required: true, collection: "noir" } };
  const refused = setup(licensed);
  const answer = await refused.post();
  expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([
    403,
    { error: "LICENCE_REQUIRED", message: "This title needs a licence of its own." },
  ]);
  expect(refused.entries).toEqual([
    { code: "PLAYBACK_REFUSED", fields: { assetId: ASSET, reason: "LICENCE_REQUIRED" } },
  ]);
  expect(refused.asked).toContain(`viewer-1/${ASSET}/noir`);
  expect((await setup(licensed, { ...ACTIVE, licence: {} }).post()).statusCode).toBe(200);
});

test("the country is the edge's, not the viewer's word", async () => {
  const { post } = setup(PLAYING, ACTIVE, { countries: { allowed: ["DE"], blocked: [] } });
  expect(codeOf(await post({ headers: { [VIEWER_COUNTRY_HEADER]: "US", "x-country": "DE" } }))).toEqual([
    403,
    "COUNTRY_NOT_ALLOWED",
  ]);
  expect(codeOf(await post({ headers: { "x-country": "DE" } }))).toEqual([403, "COUNTRY_UNKNOWN"]);
  expect((await post({ headers: { [VIEWER_COUNTRY_HEADER]: "DE" } })).statusCode).toBe(200);
});
