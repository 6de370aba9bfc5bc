import {
  expectChanges,
  expectMoves,
  expectNoChanges,
  expectNoneRefused,
  expectNothingLeft,
  expectRefusal,
  expectTags,
} from "../../../script/emulated/expectations";
import type { Plan } from "../../../script/emulated/terraform";

const planOf = (...changes: [string, string, object | null, object | null][]): Plan =>
  ({
    resource_changes: changes.map(([action, address, before, after]) => ({
      address,
      change: { actions: [action], before, after },
    })),
  }) as Plan;
const UPDATE = planOf(
  ["no-op", "aws_x.same", { a: 1 }, { a: 1 }],
  ["update", "aws_x.a", { a: 1, b: [1], c: 1 }, { a: 2, b: [2], c: 1 }],
);

test("a plan without changes says so, and one with changes is refused with each of them", () => {
  expect(expectNoChanges(planOf(["no-op", "aws_x.a", {}, {}]))).toEqual(["no changes"]);
  expect(() => expectNoChanges(UPDATE)).toThrow(new Error("there must be no changes, got:\nupdate aws_x.a: a, b"));
});

test("a plan must hold the changes that were expected, no more and no fewer", () => {
  expect(expectChanges(UPDATE, ["update aws_x.a: a, b"])).toEqual(["update aws_x.a: a, b"]);
  expect(() => expectChanges(planOf(["create", "aws_x.b", null, { a: 1 }]), [])).toThrow(
    new Error("the plan must be\n\ngot\ncreate aws_x.b"),
  );
});

test("a plan must move what was said to move", () => {
  const plan = { resource_changes: [{ address: "aws_x.b", previous_address: "aws_x.a" }] } as unknown as Plan;
  expect(expectMoves(plan, ["aws_x.a"])).toEqual(["aws_x.a moves to aws_x.b"]);
  expect(() => expectMoves(UPDATE, ["aws_x.a"])).toThrow(new Error("the plan must move aws_x.a, got none"));
});

test("everything that takes tags has each of them", () => {
  const resource = (address: string, tags_all?: object) => ({
    mode: "managed" as const,
    type: "aws_x",
    name: address,
    address: `aws_x.${address}`,
    values: tags_all ? { tags_all } : {},
  });
  const standing = (...resources: ReturnType<typeof resource>[]) => ({ values: { root_module: { resources } } });
  const tags = { owner: "us", env: "dev" };
  expect(expectTags(standing(resource("a", { ...tags, more: "1" }), resource("b")), tags)).toEqual([
    "1 of 2 resources take tags and have owner, env",
  ]);
  expect(() => expectTags(standing(resource("a", { owner: "us" }), resource("b", { env: "other" })), tags)).toThrow(
    new Error("everything must be tagged, got none of these tags:\naws_x.a: env\naws_x.b: owner, env"),
  );
});

test("no call may have been refused, and each that was is named once", () => {
  const call = { at: "", caller: "arn:role", action: "s3:GetObject", resource: "arn:a" };
  expect(expectNoneRefused([{ ...call, allowed: true }])).toEqual([
    "1 calls allowed by the policies and the boundary that were applied",
  ]);
  const refused = { ...call, allowed: false, reason: "because nobody allows it" };
  expect(() => expectNoneRefused([refused, refused])).toThrow(
    new Error("no call may be refused, got:\narn:role: s3:GetObject on arn:a because nobody allows it"),
  );
});

test("a refusal has the expected reasons, over line breaks too, and no others", async () => {
  const refused = Promise.reject(new Error("Error: Table 'a'\n  can't be deleted"));
  expect(await expectRefusal(refused, [/Table 'a' can't be deleted/])).toEqual(["refused: Table 'a' can't be deleted"]);
  await expect(expectRefusal(Promise.resolve(), [/a/])).rejects.toThrow("must be refused, got success; reasons: /a/");
  await expect(expectRefusal(Promise.reject(new Error("Error: b")), [/a/])).rejects.toThrow(
    "must be refused for /a/, got:\nError: b",
  );
  await expect(expectRefusal(Promise.reject(new Error("Error: a\nError: b")), [/a/])).rejects.toThrow(
    "must be refused for 1 reasons, got:\nError: a\nError: b",
  );
});

test("nothing is left but what AWS keeps for a while, which is explained", () => {
  const before = { "kms: aliases": ["alias/aws/s3"] };
  expect(expectNothingLeft(before, before)).toEqual([]);
  expect(
    expectNothingLeft(before, {
      "kms: keys": ["Secrets, PendingDeletion"],
      "kms: keys in us-east-1": ["The firewall's log, PendingDeletion"],
      "secretsmanager: secrets, deleted ones too": ["vod/dev/signing/sample-a"],
    }),
  ).toEqual([
    "2 linger: a key is deleted 30 days after it was asked for (deletion_window_in_days)",
    "1 linger: a secret can be restored for 30 days (recovery_window_in_days)",
  ]);
  expect(() => expectNothingLeft(before, { "kms: keys": ["Secrets, Enabled"] })).toThrow(
    new Error("nothing must be left, got:\nkms: keys: Secrets, Enabled"),
  );
  expect(() => expectNothingLeft(before, { "s3: buckets": ["a"] })).toThrow(
    new Error("nothing must be left, got:\ns3: buckets: a"),
  );
});
