import { changeListMarkdown } from "../../review/change-list";
import type { Change } from "../../review/changes";
import { report } from "../../review/report";
import { recorded } from "./plans";

const change = (address: string, kind: Change["kind"], more: Partial<Change> = {}): Change => ({
  address,
  type: address.split(".")[0] ?? "",
  kind,
  attributes: [],
  replacePaths: [],
  ...more,
});

const list = (changes: Change[], more: { outputs?: Change[]; drift?: Change[] } = {}, limit?: number) =>
  changeListMarkdown({ title: "vod-dev", changes, outputs: [], drift: [], ...more }, limit);

const TABLE = "| destroyed | replaced | forgotten | changed | added | moved | imported |";

test("the whole of a recorded plan, with construct paths", () => {
  const stack = JSON.stringify({
    resource: { aws_s3_bucket: { source: { "//": { metadata: { path: "vod-dev/ingest/source" } } } } },
  });
  expect(report({ plan: recorded("replace"), stack })).toBe(`## \`vod-dev\`: 2 replaced: read these first

${TABLE}
| ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| 0 | 2 | 0 | 0 | 0 | 0 | 0 |

### Replaced: destroyed and made anew (2)

- \`aws_dynamodb_table.entitlements\`: an attribute cannot change in place (\`name\`)
  - \`name\`: \`"vod-entitlements-dev"\` -> \`"vod-entitlements-dev-2"\`
  - (known after apply): \`arn\`, \`id\`, \`point_in_time_recovery[0].recovery_period_in_days\`, \`read_capacity\`, \`stream_arn\`, \`stream_label\`, \`stream_view_type\`, \`tags_all\`, \`ttl\`, \`write_capacity\`
- \`aws_s3_bucket.source\` in \`vod-dev/ingest/source\`: an attribute cannot change in place (\`bucket\`)
  - \`bucket\`: \`"vod-source-dev-111111111111-eu-west-1"\` -> \`"vod-other-dev-111111111111-eu-west-1"\`
  - (known after apply): ${[
    "acceleration_status",
    "acl",
    "arn",
    "bucket_domain_name",
    "bucket_prefix",
    "bucket_regional_domain_name",
    "cors_rule",
    "grant",
    "hosted_zone_id",
    "id",
    "lifecycle_rule",
    "logging",
    "object_lock_configuration",
    "object_lock_enabled",
    "policy",
    "region",
    "replication_configuration",
    "request_payer",
    "server_side_encryption_configuration",
    "tags_all",
    "versioning",
    "website",
    "website_domain",
    "website_endpoint",
  ]
    .map((name) => `\`${name}\``)
    .join(", ")}
`);
});

test.each<[string, Change[], object, string]>([
  ["nothing", [], {}, "no changes"],
  ["drift only", [], { drift: [change("a.b", "update")] }, "no changes, but something was changed outside Terraform"],
  ["an update", [change("a.b", "update")], {}, "nothing is destroyed or replaced"],
  ["an output only", [], { outputs: [change("output.x", "update")] }, "nothing is destroyed or replaced"],
  ["a forgotten resource", [change("a.b", "forget")], {}, "nothing is destroyed or replaced"],
  ["a move", [change("a.b", "move", { previousAddress: "a.a" })], {}, "nothing is destroyed or replaced"],
  ["losses", [change("a.b", "delete"), change("a.c", "replace")], {}, "1 destroyed, 1 replaced: read these first"],
  [
    "ten losses",
    Array.from({ length: 10 }, (_, n) => change(`a.b${n}`, "delete")),
    {},
    "10 destroyed: read these first",
  ],
])("the verdict of %s", (_name, changes, more, verdict) => {
  expect(list(changes, more).split("\n")[0]).toBe(`## \`vod-dev\`: ${verdict}`);
});

test("what moves and changes is counted and listed as both", () => {
  const text = list([
    change("a.b", "update", { previousAddress: "a.a", attributes: [{ path: "x", before: 1, after: 2 }] }),
  ]);
  expect(text).toContain("| 0 | 0 | 0 | 1 | 0 | 1 | 0 |");
  expect(text).toContain("- `a.b`, moved from `a.a`\n  - `x`: `1` -> `2`\n");
  expect(text).toContain(
    "<summary>Moved: another address, the same resource (1)</summary>\n\n- `a.b`, moved from `a.a`\n",
  );
});

test("a change without a value that changes says so", () => {
  expect(list([change("a.b", "update")])).toContain(
    "- `a.b`\n  - no value changes, but what is marked sensitive may\n",
  );
});

test("what is created shows what was asked for, not what AWS decides", () => {
  const attributes = [
    { path: "name", after: "n" },
    { path: "id", after: "(known after apply)" },
    { path: "tags", after: [] },
  ];
  expect(list([change("a.b", "create", { attributes })])).toContain(
    '- `a.b`\n  - `name`: (none) -> `"n"`\n\n</details>',
  );
});

test("long values are shortened, hostile ones stay in their place", () => {
  const attributes = [
    { path: "long", before: "x".repeat(5_000), after: "y" },
    { path: "hostile", before: "</details>", after: "`` ` \n# title @everyone" },
  ];
  const lines = list([change("a.b", "update", { attributes })]).split("\n");
  expect(lines.find((line) => line.includes("`long`"))).toMatch(
    /^ {2}- `long`: `"x{109}\.\.\. 4852 more \.\.\.x{39}"` -> `"y"`$/,
  );
  expect(lines).toContain('  - `hostile`: `"</details>"` -> ```"`` ` \\n# title @everyone"```');
});

describe("folding", () => {
  const attributes = Array.from({ length: 30 }, (_, n) => ({
    path: `argument_${n}`,
    before: "a".repeat(60),
    after: n,
  }));
  const many = (kind: Change["kind"], count: number) =>
    Array.from({ length: count }, (_, n) =>
      change(`aws_${kind}.${kind}_${n}`, kind, { attributes, constructPath: `vod-dev/stage/${n}` }),
    );

  test.each([
    [1, 1, 1],
    [10, 10, 20],
    [100, 100, 200],
    [300, 300, 500],
    [600, 600, 600],
    [1200, 1200, 200],
  ])("keeps %d destroyed and %d replaced of %d others in 60,000 characters", (destroyed, replaced, others) => {
    const changes = [
      ...many("delete", destroyed),
      ...many("replace", replaced),
      ...many("update", others),
      ...many("create", others),
    ];
    const text = list(changes);
    expect(text.length).toBeLessThanOrEqual(60_000);
    for (const { address, kind, type } of changes) {
      if (kind === "update" || kind === "create") continue;
      const name = address.slice(type.length + 1);
      expect(text.includes(`\`${address}\``) || text.includes(`\`${name}\``)).toBe(true);
    }
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    expect(text).toContain(`| ${destroyed} | ${replaced} | 0 | ${others} | ${others} | 0 | 0 |`);
  });

  test("says so, and leaves out what is harmless first", () => {
    const changes = [...many("replace", 3), ...many("create", 40)];
    const whole = list(changes, {}, 1_000_000);
    const shorter = list(changes, {}, whole.length - 1);
    expect(whole).not.toContain("Shortened");
    expect(shorter).toContain("Shortened to fit a comment; `--format json` shows everything.");
    expect(shorter).toContain("- `aws_replace.replace_0` in `vod-dev/stage/0`\n  - `argument_0`");
    expect(shorter).toContain("- `aws_create.create_39` in `vod-dev/stage/39`");
    expect(shorter).not.toContain("- `aws_create.create_39` in `vod-dev/stage/39`\n  - ");
  });

  test("what cannot be named in so little room is said to be so", () => {
    expect(list(many("delete", 50), {}, 300)).toMatch(
      /50 destroyed: read these first[^]*\*\*The list does not fit 300 characters even as bare addresses: read the plan itself before anything is applied\.\*\*\n$/,
    );
  });
});
