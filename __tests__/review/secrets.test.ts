import { changesOf, outputChangesOf } from "../../review/changes";
import { concealed, secretsOf } from "../../review/secrets";
import { planOf, resourceChange } from "./plans";

const SECRET = "a-long-secret";
const marked = resourceChange("a.b", {
  before: { tags: { note: "old-secret" }, tags_all: { note: "old-secret" } },
  after: { tags: { note: SECRET }, tags_all: { note: SECRET, kept: `about ${SECRET}` } },
  after_sensitive: { tags: { note: true } },
});

test("a copy of a marked value that nothing marks is hidden, before and after", () => {
  const [change] = changesOf(planOf(marked));
  expect(change?.attributes).toEqual([
    { path: "tags.note", before: "(sensitive)", after: "(sensitive)" },
    { path: "tags_all.kept", after: `about ${SECRET}` },
    { path: "tags_all.note", before: "(sensitive)", after: "(sensitive)" },
  ]);
});

test("a sensitive variable is hidden inside longer texts too", () => {
  const plan = { ...planOf(marked), variables: { v: { value: SECRET } } };
  expect(JSON.stringify(changesOf(plan))).not.toContain(SECRET);
  expect(changesOf(plan)[0]?.attributes).toContainEqual({ path: "tags_all.kept", after: "about (sensitive)" });
});

test("an output that repeats a variable without a mark is hidden", () => {
  const plan = {
    ...planOf(),
    variables: { v: { value: { deep: [SECRET] } } },
    output_changes: { o: { actions: ["create" as const], before: null, after: `x ${SECRET}` } },
  };
  expect(outputChangesOf(plan)[0]?.attributes).toEqual([{ path: "value", after: "x (sensitive)" }]);
});

test("of variables that are declared, the sensitive ones count", () => {
  const variables = { secret: { value: SECRET }, region: { value: "eu-west-1" } };
  const configuration = { root_module: { variables: { secret: { sensitive: true }, region: {} } } };
  expect(secretsOf({ ...planOf(), variables, configuration }).variables).toEqual([SECRET]);
  expect(secretsOf({ ...planOf(), variables }).variables).toEqual([SECRET, "eu-west-1"]);
});

test("what is short, and what stands in a set that is marked as a whole, hides nothing elsewhere", () => {
  const plan = planOf(
    resourceChange("a.b", {
      after: { flag: "yes", origin: [{ protocol: "https-only" }], sibling: "https-only", other: "yes" },
      after_sensitive: { flag: true, origin: true },
    }),
  );
  expect(secretsOf(plan).marked.size).toBe(0);
});

test("of two secrets, the longer one is looked for first", () => {
  const secrets = secretsOf({ ...planOf(), variables: { a: { value: SECRET }, b: { value: `${SECRET}-origin` } } });
  expect(concealed([{ x: `${SECRET}-origin`, n: 1 }], secrets)).toEqual([{ x: "(sensitive)", n: 1 }]);
});
