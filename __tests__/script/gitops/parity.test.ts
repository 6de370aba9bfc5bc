import { keepReview, mismatch, parityOf, type Review } from "../../../script/gitops/parity";
import { placesOf } from "../../../script/gitops/places";
import { differences, type PlanSummary, summarise } from "../../../script/gitops/reviewed-plan";
import { memoryAws } from "./memory-aws";

const PLACES = placesOf({ name: "dev", account: "111111111111", region: "eu-west-1" });
const TREE = "a".repeat(40);

const change = (address: string, after: unknown, actions = ["create"]) => ({
  address,
  type: "aws_s3_bucket",
  name: address,
  change: { actions, before: null, after },
});
const planJson = (...resource_changes: unknown[]): string =>
  JSON.stringify({ format_version: "1.2", planned_values: {}, resource_changes });
const A = change("a.a", { name: "a" });
const B = change("b.b", { name: "b" });

const review = (summary: PlanSummary): Review => ({ ...summary, environment: "dev", tree: TREE, stack: "s" });

describe("parity", () => {
  it("a fresh plan is what was reviewed when it has a digest that was shown for its tree", async () => {
    const aws = memoryAws();
    const fresh = summarise(planJson(A, B));
    await keepReview(aws, PLACES, review(fresh));
    expect(await parityOf(aws, PLACES, TREE, summarise(planJson(B, A)))).toEqual({ kind: "match" });
    expect([...aws.objects.keys()]).toEqual([`${PLACES.artifactsBucket}/plans/dev/${TREE}/${fresh.digest}.json`]);
  });

  it("a tree that was planned again keeps both reviews, and the newer is compared with", async () => {
    const aws = memoryAws();
    await keepReview(aws, PLACES, review(summarise(planJson(A))));
    await keepReview(aws, PLACES, review(summarise(planJson(A, B))));
    expect(await parityOf(aws, PLACES, TREE, summarise(planJson(A)))).toEqual({ kind: "match" });
    expect(await parityOf(aws, PLACES, TREE, summarise(planJson(B)))).toEqual({
      kind: "mismatch",
      difference: "a.a: create when reviewed, nothing to do now",
    });
  });

  it("another tree's review counts for nothing", async () => {
    const aws = memoryAws();
    const fresh = summarise(planJson(A));
    await keepReview(aws, PLACES, review(fresh));
    expect(await parityOf(aws, PLACES, "b".repeat(40), fresh)).toEqual({
      kind: "mismatch",
      difference: `no plan of tree ${"b".repeat(12)} was reviewed`,
    });
  });

  it("a tree is a hash of Git's, since it becomes part of a key", async () => {
    await expect(parityOf(memoryAws(), PLACES, "../x", summarise(planJson()))).rejects.toThrow(
      'the tree must be a Git hash of 40 or 64 hex digits (git rev-parse HEAD^{tree}), got "../x"',
    );
  });

  it("a mismatch names the second approval and asks for exit code 3", () => {
    expect(mismatch("prod", "d1", "a.a: delete now, was not in the reviewed plan")).toMatchObject({
      message:
        "not what was reviewed: a.a: delete now, was not in the reviewed plan; read the fresh plan and approve prod-mismatch to apply exactly it (digest d1)",
      exit: 3,
    });
  });
});

describe("what two plans differ in", () => {
  it("is said by address and kind, never by value", () => {
    const reviewed = summarise(planJson(A, B, change("c.c", { secret: "one" }, ["update"])));
    const fresh = summarise(
      planJson(change("a.a", null, ["delete"]), change("c.c", { secret: "two" }, ["update"]), change("d.d", {})),
    );
    expect(differences(reviewed, fresh)).toBe(
      "a.a: delete now, create when reviewed; c.c: update, with other values than reviewed; d.d: create now, was not in the reviewed plan; b.b: create when reviewed, nothing to do now",
    );
  });

  it("is cut after eight", () => {
    const many = summarise(planJson(...Array.from({ length: 10 }, (_, index) => change(`a.a${index}`, {}))));
    expect(differences(summarise(planJson()), many)).toMatch(/; and 2 more$/);
  });

  it("a plan that is not whole is refused", () => {
    const errored = JSON.stringify({ format_version: "1.2", planned_values: {}, errored: true });
    expect(() => summarise(errored)).toThrow("the plan stopped with an error and shows a part only");
  });
});
