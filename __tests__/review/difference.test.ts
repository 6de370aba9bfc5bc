import { attributeChanges } from "../../review/difference";
import type { PlannedChange } from "../../review/plan";

const differences = (before: unknown, after: unknown, masks: Partial<PlannedChange> = {}) =>
  attributeChanges({ actions: ["update"], before, after, ...masks } as PlannedChange);

const HIDDEN = "(sensitive)";
const LATER = "(known after apply)";

test("only what differs is named, by its smallest part, in order", () => {
  const before = { b: 1, tags: { owner: "x", kept: "k" }, a: [1, 2] };
  const after = { b: 2, tags: { owner: "y", kept: "k" }, a: [1, 2] };
  expect(differences(before, after)).toEqual([
    { path: "b", before: 1, after: 2 },
    { path: "tags.owner", before: "x", after: "y" },
  ]);
});

test("what comes and what goes has one side; null counts as nothing", () => {
  expect(differences({ a: null, b: { c: 1 } }, { a: "x", b: null, c: 1 })).toEqual([
    { path: "a", after: "x" },
    { path: "b", before: { c: 1 } },
    { path: "c", after: 1 },
  ]);
});

test("keys that are no names stand in quotation marks", () => {
  expect(differences({ tags: { "a b": 1 } }, { tags: { "a b": 2 } })).toEqual([
    { path: 'tags["a b"]', before: 1, after: 2 },
  ]);
});

test("elements of a list that stand on both sides are left out, wherever they stand", () => {
  const before = { origin: [{ id: "a", path: "/1" }, { id: "b" }] };
  const after = { origin: [{ id: "b" }, { id: "c" }, { id: "a", path: "/2" }] };
  expect(differences(before, after)).toEqual([
    { path: "origin[1].id", before: "a", after: "c" },
    { path: "origin[1].path", before: "/1" },
    { path: "origin[2]", after: { id: "a", path: "/2" } },
  ]);
});

test("another order alone is shown whole", () => {
  expect(differences({ a: [1, 2] }, { a: [2, 1] })).toEqual([{ path: "a", before: [1, 2], after: [2, 1] }]);
});

test("text that is JSON is compared inside", () => {
  const policy = (action: string) => JSON.stringify({ Statement: [{ Action: action, Effect: "Allow" }] });
  expect(differences({ policy: policy("s3:GetObject") }, { policy: policy("s3:*") })).toEqual([
    { path: "policy|Statement[0].Action", before: "s3:GetObject", after: "s3:*" },
  ]);
});

test("JSON text that differs in its spaces only is shown whole", () => {
  expect(differences({ policy: "{}" }, { policy: "{ }" })).toEqual([{ path: "policy", before: "{}", after: "{ }" }]);
});

test("what is unknown says so, alone or inside", () => {
  expect(differences({ id: "x", e: { v: 1 } }, { e: {} }, { after_unknown: { id: true, e: { v: true } } })).toEqual([
    { path: "e.v", before: 1, after: LATER },
    { path: "id", before: "x", after: LATER },
  ]);
});

test("a created resource shows unknowns in the place where they stand", () => {
  const masks = { after_unknown: { rule: [{ id: true }], arn: true } };
  expect(differences(null, { rule: [{ name: "n" }] }, masks)).toEqual([
    { path: "arn", after: LATER },
    { path: "rule", after: [{ name: "n", id: LATER }] },
  ]);
});

describe("a secret", () => {
  const S = "s3cret";
  const json = (changes: unknown) => JSON.stringify(changes);

  test("that does not change is not named", () => {
    expect(differences({ a: S }, { a: S }, { before_sensitive: { a: true }, after_sensitive: { a: true } })).toEqual(
      [],
    );
  });

  test("that changes is named without its values, beside its siblings in clear", () => {
    const masks = { before_sensitive: { v: { key: true } }, after_sensitive: { v: { key: true } } };
    expect(differences({ v: { key: S, other: 1 } }, { v: { key: `${S}2`, other: 2 } }, masks)).toEqual([
      { path: "v.key", before: HIDDEN, after: HIDDEN },
      { path: "v.other", before: 1, after: 2 },
    ]);
  });

  test("that is marked on one side only is hidden on both", () => {
    expect(differences({ a: S }, { a: `${S}2` }, { after_sensitive: { a: true } })).toEqual([
      { path: "a", before: HIDDEN, after: HIDDEN },
    ]);
    expect(differences({ a: S }, { a: `${S}2` }, { before_sensitive: { a: true } })).toEqual([
      { path: "a", before: HIDDEN, after: HIDDEN },
    ]);
  });

  test("that makes a whole set sensitive hides the set", () => {
    const masks = { before_sensitive: { h: true }, after_sensitive: { h: true } };
    expect(differences({ h: [{ value: S }] }, { h: [{ value: `${S}2` }, { value: "x" }] }, masks)).toEqual([
      { path: "h", before: HIDDEN, after: HIDDEN },
    ]);
  });

  test("in an element that comes or goes is hidden by its path, its siblings are not", () => {
    const masks = { before_sensitive: {}, after_sensitive: { h: [{}, { value: true }] } };
    expect(differences({ h: [{ name: "a" }] }, { h: [{ name: "a" }, { name: "b", value: S }] }, masks)).toEqual([
      { path: "h[1]", after: { name: "b", value: HIDDEN } },
    ]);
  });

  test("in a list whose marks are new is hidden in every element of the side without marks", () => {
    const before = { h: [{ value: `${S}1` }, { value: `${S}2` }] };
    const changes = differences(before, { h: [{ value: `${S}3` }] }, { after_sensitive: { h: [{ value: true }] } });
    expect(json(changes)).not.toContain(S);
  });

  test("that is created, deleted or not known yet is hidden", () => {
    expect(differences(null, { a: S }, { after_sensitive: { a: true } })).toEqual([{ path: "a", after: HIDDEN }]);
    expect(differences({ a: S }, null, { before_sensitive: { a: true } })).toEqual([{ path: "a", before: HIDDEN }]);
    const masks = { before_sensitive: { a: true }, after_sensitive: { a: true }, after_unknown: { a: true } };
    expect(json(differences({ a: S }, {}, masks))).not.toContain(S);
  });

  test("the whole of a resource is hidden when the whole is marked", () => {
    expect(differences({ a: S }, { a: "x" }, { before_sensitive: true })).toEqual([
      { path: "", before: HIDDEN, after: HIDDEN },
    ]);
  });
});
