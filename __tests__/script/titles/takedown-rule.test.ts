import { takedownPaths, takedownRule } from "../../../script/titles/takedown-rule";
import { title, version } from "../../handlers/support/titles";

const played = (name: string, prefix: string) => version(name, { status: "PUBLISHED", playback: { prefix } });
const expressions = (rule: ReturnType<typeof takedownRule>): string[] => {
  const statements = rule.Statement?.OrStatement?.Statements ?? [rule.Statement];
  return statements.map((each) => each?.RegexMatchStatement?.RegexString ?? "");
};
const blocks = (rule: ReturnType<typeof takedownRule>, path: string): boolean =>
  expressions(rule).some((expression) => new RegExp(expression).test(path));

test("a title's rule blocks every version of it, its posters and its downloads, and nothing else", () => {
  const film = title([played("1", "aaaa"), played("2", "bbbb"), version("3", { status: "TRANSCODING" })]);
  const rule = takedownRule(film);
  expect(rule).toMatchObject({
    Name: film.assetId,
    Action: { Block: {} },
    VisibilityConfig: { SampledRequestsEnabled: false, MetricName: `vod-takedown-${film.assetId}` },
  });
  expect(expressions(rule)).toEqual([`^/(?:v1/(?:aaaa|bbbb)/|(?:posters|downloads)/${film.assetId}[/.-])`]);
  for (const path of [
    "/v1/aaaa/index.m3u8",
    "/v1/bbbb/1/2.ts",
    `/posters/${film.assetId}/1/poster.0000000.jpg`,
    `/downloads/${film.assetId}.mp4`,
  ])
    // prettier-ignore
    expect([path, blocks(rule, path)]).toEqual([path, true]);
  for (const path of [
    "/v1/aaaab/index.m3u8",
    "/v1/cccc/aaaa/x",
    "/x/v1/aaaa/y",
    `/play/${film.assetId}`,
    "/posters/other/1",
  ])
    // prettier-ignore
    expect([path, blocks(rule, path)]).toEqual([path, false]);
});

test("it looks at the path as the edge routes it", () => {
  const { Statement } = takedownRule(title([played("1", "aaaa")]));
  expect(Statement?.RegexMatchStatement).toMatchObject({
    FieldToMatch: { UriPath: {} },
    TextTransformations: [
      { Priority: 0, Type: "URL_DECODE" },
      { Priority: 1, Type: "NORMALIZE_PATH" },
    ],
  });
});

test("more prefixes than an expression holds become several expressions", () => {
  const many = Array.from({ length: 20 }, (_, index) => played(String(index), String(index).padStart(32, "0")));
  const rule = takedownRule(title(many));
  expect(expressions(rule).length).toBe(2);
  for (const expression of expressions(rule)) expect(expression.length).toBeLessThanOrEqual(512);
  for (const { playback } of many) expect(blocks(rule, `/v1/${playback?.prefix}/index.mpd`)).toBe(true);
});

test("a title that was never ready is blocked by its posters alone", () => {
  const film = title([version("1", { status: "TRANSCODING" })]);
  expect(expressions(takedownRule(film))).toEqual([`^/(?:posters|downloads)/${film.assetId}[/.-]`]);
});

test("the edge forgets the same paths", () => {
  const film = title([played("1", "aaaa")]);
  expect(takedownPaths(film)).toEqual(["/v1/aaaa/*", `/posters/${film.assetId}/*`, `/downloads/${film.assetId}*`]);
});

test("a prefix that could mean other titles is not put into an expression", () => {
  const film = title([played("1", ".*")]);
  expect(() => takedownRule(film)).toThrow(
    new Error(
      `title ${film.assetId}: the prefix ".*" must be letters, digits, _ and - only; block it in the firewall by hand`,
    ),
  );
});
