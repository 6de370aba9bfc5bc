import { LOG_CODES } from "../../../handlers/shared/log-codes";
import { METRICS } from "../../../handlers/shared/metrics";
import { environment, everyStack, resource, resourcesOf, synthesised, title } from "../../support/synthesised";

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { markdown?: string; title?: string; region?: string; metrics?: unknown[][] };
}

const widgets = (stack: ReturnType<typeof synthesised>) =>
  (JSON.parse(resource(stack, "aws_cloudwatch_dashboard.vod").dashboard_body as string) as { widgets: Widget[] })
    .widgets;

describe.each(everyStack().map((stack) => [title(stack), stack] as const))("the dashboard of %s", (_, stack) => {
  test("reads in the six stages, from ingest to operate", () => {
    const headings = widgets(stack).flatMap(
      ({ properties: { markdown } }) => /^## (.+)$/m.exec(markdown ?? "")?.[1] ?? [],
    );
    expect(headings).toEqual(["1. ingest", "2. transcode", "3. package", "4. deliver", "5. entitle", "6. operate"]);
  });

  test("overlaps nowhere and stays within its 24 columns", () => {
    const taken = new Set<string>();
    for (const { x, y, width, height } of widgets(stack)) {
      expect(x + width).toBeLessThanOrEqual(24);
      for (let column = x; column < x + width; column += 1) {
        for (let row = y; row < y + height; row += 1) {
          expect(taken.has(`${column},${row}`)).toBe(false);
          taken.add(`${column},${row}`);
        }
      }
    }
  });

  test("shows the edge's metrics from us-east-1, and of the handlers only those that they emit", () => {
    for (const { properties } of widgets(stack)) {
      for (const [namespace, name] of properties.metrics ?? []) {
        const edge = namespace === "AWS/CloudFront" || namespace === "AWS/WAFV2";
        expect([properties.title, properties.region]).toEqual([properties.title, edge ? "us-east-1" : "eu-west-1"]);
        if (namespace === "Vod") expect(Object.keys(METRICS)).toContain(name);
      }
    }
  });
});

test("what uploads, downloads and editors come to is shown", () => {
  const shown = widgets(synthesised(environment("dev"))).flatMap(({ properties }) => properties.metrics ?? []);
  expect(shown.map(([, name]) => name)).toEqual(
    expect.arrayContaining(["UploadsCompleted", "UploadsRefused", "DownloadsMinted", "DownloadsRefused", "TitlesWithdrawn"]), // prettier-ignore
  );
});

test("what is not watched stands on the dashboard, with the reason", () => {
  const text = JSON.stringify(widgets(synthesised(environment("dev", "direct"))));
  expect(text).toContain("package-5xx: topology direct has no MediaPackage");
  expect(text).toContain("check-failed: operate.check is false");
  expect(text).toContain("budget: operate.budgetDollars is not set");
});

test("saved questions ask every function's log for codes that there are", () => {
  const stack = synthesised(environment("prod"));
  const groups = resourcesOf(stack, "aws_lambda_function").map(([name]) => `\${aws_cloudwatch_log_group.${name}.name}`);
  for (const [, { name, query_string: query, log_group_names: asked }] of resourcesOf(
    stack,
    "aws_cloudwatch_query_definition",
  )) {
    expect(name).toMatch(/^vod-prod\/[a-z-]+$/);
    expect((asked as string[]).toSorted()).toEqual(groups.toSorted());
    for (const [, code] of String(query).matchAll(/code = '(\w+)'/g)) expect(Object.keys(LOG_CODES)).toContain(code);
  }
});
