import { changeDigest } from "../../review/digest";
import { type Json, type Plan, readPlan, type ResourceChange } from "../../review/plan";
import { planOf, recorded, resourceChange } from "./plans";

const digest = (name: string) => changeDigest(readPlan(recorded(name)));

type Mutable = Record<string, unknown>;

/** A copy of the recorded plan of updates with one thing changed in it. */
function changed(change: (resource: Mutable & { change: Mutable }, plan: Mutable) => void): Plan {
  const plan = JSON.parse(recorded("update"));
  const resource = plan.resource_changes.find(
    ({ address }: ResourceChange) => address === "aws_lambda_function.mint_playback",
  );
  change(resource, plan);
  return readPlan(JSON.stringify(plan));
}

const UPDATE = digest("update");

describe("the same changes have the same digest", () => {
  test("two plans of one state and one stack, whose files differ", () => {
    expect(recorded("update-again")).not.toBe(recorded("update"));
    expect(digest("update-again")).toBe(UPDATE);
    expect(UPDATE).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<[string, (resource: Mutable & { change: Mutable }, plan: Mutable) => void]>([
    ["another moment", (_, plan) => (plan.timestamp = "2030-01-01T00:00:00Z")],
    ["another version of Terraform", (_, plan) => (plan.terraform_version = "1.99.0")],
    ["another order of resources", (_, plan) => (plan.resource_changes as unknown[]).reverse()],
    [
      "another order of keys",
      (r) => (r.change.after = Object.fromEntries(Object.entries(r.change.after as object).reverse())),
    ],
    [
      "untouched resources gone",
      (_, plan) =>
        (plan.resource_changes = (plan.resource_changes as ResourceChange[]).filter(
          ({ change }) => change.actions[0] !== "no-op",
        )),
    ],
    ["a moment that AWS counts", (r) => ((r.change.before as Mutable).last_modified = "2030-01-01T00:00:00Z")],
    ["drift that was found on the way", (_, plan) => (plan.resource_drift = [{}])],
    ["an address that is said twice", (r) => (r.previous_address = r.address)],
  ])("%s", (_name, change) => {
    expect(changeDigest(changed(change))).toBe(UPDATE);
  });

  test("every order of resources and of replacing paths", () => {
    const resources = ["a.b", "a.c", "a.d"].map((address) =>
      resourceChange(address, { actions: ["delete", "create"], replace_paths: [["x"], ["y", 0]] }),
    );
    const permutations = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const digests = permutations.map((order) =>
      changeDigest(
        planOf(
          ...order
            .flatMap((n) => resources[n] ?? [])
            .map((resource, n) =>
              n === 1 ? { ...resource, change: { ...resource.change, replace_paths: [["y", 0], ["x"]] } } : resource,
            ),
        ),
      ),
    );
    expect(new Set(digests).size).toBe(1);
  });
});

describe("another change has another digest", () => {
  test.each<[string, (resource: Mutable & { change: Mutable }, plan: Mutable) => void]>([
    ["a value after", (r) => ((r.change.after as Mutable).memory_size = 1025)],
    ["a value before", (r) => ((r.change.before as Mutable).memory_size = 511)],
    [
      "a value that both sides have",
      (r) => {
        for (const side of ["before", "after"]) (r.change[side] as Mutable).timeout = 9;
      },
    ],
    [
      "a secret",
      (r) => {
        const [environment] = (r.change.after as { environment: { variables: Mutable }[] }).environment;
        if (environment) environment.variables.API_ORIGIN_SECRET = "another";
      },
    ],
    ["the action", (r) => (r.change.actions = ["delete", "create"])],
    ["the order of the action", (r) => (r.change.actions = ["create", "delete"])],
    ["what is unknown", (r) => ((r.change.after_unknown as Mutable).version = true)],
    ["what forces replacement", (r) => (r.change.replace_paths = [["function_name"]])],
    ["the address", (r) => (r.address = "aws_lambda_function.other")],
    ["where it was before", (r) => (r.previous_address = "aws_lambda_function.old")],
    ["what it imports", (r) => (r.change.importing = { id: "x" })],
    ["an object that is left over", (r) => (r.deposed = "00c0ffee")],
    [
      "one resource less",
      (r, plan) => (plan.resource_changes = (plan.resource_changes as unknown[]).filter((one) => one !== r)),
    ],
    [
      "an output",
      (_, plan) =>
        ((plan.output_changes as Record<string, { after: Json }>).source_bucket = {
          ...(plan.output_changes as Record<string, { after: Json }>).source_bucket,
          after: "x",
        }),
    ],
    ["an output less", (_, plan) => (plan.output_changes = {})],
    ["a moment that is no text", (r) => ((r.change.after as Mutable).last_modified = { x: 1 })],
  ])("%s", (_name, change) => {
    expect(changeDigest(changed(change))).not.toBe(UPDATE);
  });

  test("every recorded plan that does something else", () => {
    const names = [
      "first",
      "unchanged",
      "update",
      "secrets",
      "replace",
      "tainted",
      "destroy",
      "move-and-forget",
      "import",
    ];
    expect(new Set(names.map(digest)).size).toBe(names.length);
  });

  test("every single value of a change, one after the other", () => {
    const [resource] = readPlan(recorded("replace")).resource_changes.filter(({ change }) =>
      change.actions.includes("delete"),
    );
    if (!resource) throw new Error("the plan of replacements replaces nothing");
    const whole = changeDigest(planOf(resource));
    const keys = Object.keys(resource.change.before as object);
    const others = keys.map((key) => {
      const before = { ...(resource.change.before as Record<string, Json>), [key]: "another value" };
      return changeDigest(planOf({ ...resource, change: { ...resource.change, before } }));
    });
    expect(new Set([whole, ...others]).size).toBe(keys.length + 1);
  });
});
