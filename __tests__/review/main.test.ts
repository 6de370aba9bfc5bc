import { review } from "../../review/main";
import { FORMATS, report } from "../../review/report";
import { CANARY, NEXT_CANARY, SCENARIOS } from "../fixtures/plans/scenarios";
import { recorded } from "./plans";

const read = (file: string) => recorded(file.replace(".json", ""));
const WHOLE = Object.keys(SCENARIOS).filter((name) => !["errored", "targeted"].includes(name));

describe("no secret leaves a plan", () => {
  test.each(WHOLE.flatMap((name) => FORMATS.map((format) => [name, format] as const)))("%s as %s", (name, format) => {
    expect(recorded(name)).toContain(CANARY.slice(0, 7));
    const text = report({ plan: recorded(name), format });
    for (const secret of [CANARY, NEXT_CANARY, "canary"]) expect(text).not.toContain(secret);
  });

  test.each(["errored", "targeted"])("nor the message about %s", (name) => {
    expect(() => report({ plan: recorded(name) })).toThrow(/^(?!.*canary)/);
  });

  test("what stands beside a secret is shown", () => {
    const text = report({ plan: recorded("secrets") });
    expect(text).toContain("`tags.note`: (sensitive) -> (sensitive)");
    expect(text).toContain('`tags.owner`: `"video"` -> `"platform"`');
    expect(text).toContain('`environment[0].variables.PUBLISH`: (none) -> `"editor"`');
    expect(text).toContain("`environment[0].variables.API_ORIGIN_SECRET`: (sensitive) -> (sensitive)");
    expect(text).toContain("`origin`: (sensitive) -> (sensitive)");
  });
});

test("the same plan gives the same report", () => {
  for (const format of FORMATS) {
    expect(report({ plan: recorded("first"), format })).toBe(report({ plan: recorded("first"), format }));
  }
  expect(report({ plan: recorded("update") })).toBe(report({ plan: recorded("update-again") }));
});

test("JSON holds the digest, the numbers and every change", () => {
  const { digest, counts, changes, ...rest } = JSON.parse(
    review(["update.json", "--format", "json", "--title", "dev"], read),
  );
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(counts).toEqual({
    delete: 0,
    replace: 0,
    forget: 0,
    update: 4,
    create: 0,
    move: 0,
    import: 0,
    read: 0,
    "no-op": 0,
  });
  expect(changes).toHaveLength(4);
  expect(changes[0]).toEqual({
    address: "aws_cloudwatch_log_group.confirm_playable",
    type: "aws_cloudwatch_log_group",
    kind: "update",
    attributes: [{ path: "retention_in_days", before: 90, after: 30 }],
    replacePaths: [],
  });
  expect(rest).toMatchObject({ format: 1, title: "dev", drift: [], outputs: [{ address: "output.source_bucket" }] });
});

test.each([
  [[], "usage: npm run review -- PLAN.json [--format md|json] [--stack cdk.tf.json] [--title NAME]"],
  [["a", "b"], "usage: npm run review -- PLAN.json [--format md|json] [--stack cdk.tf.json] [--title NAME]"],
  [["update.json", "--format", "pdf"], "--format must be md or json, got pdf"],
])("the arguments %j are refused", (args, message) => {
  expect(() => review(args, read)).toThrow(new Error(message));
});
