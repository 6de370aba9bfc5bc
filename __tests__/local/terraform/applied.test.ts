import { appliedDeployment } from "../../../local/terraform/applied";

const PLACE = { account: "111111111111", region: "eu-west-1" };
const resource = (address: string, values: Record<string, unknown>, mode: "managed" | "data" = "managed") => {
  const [type = "", name = ""] = address.split(".");
  return { mode, type, name, address, values };
};
const deployment = (...resources: ReturnType<typeof resource>[]) =>
  appliedDeployment({ values: { root_module: { resources } } }, PLACE);

test("a resource has the values that were read back", () => {
  const applied = deployment(resource("aws_sqs_queue.a", { name: "q", delay_seconds: 0, fifo_queue: false }));
  expect(applied).toMatchObject(PLACE);
  expect(applied.get("aws_sqs_queue.a").values).toEqual({ name: "q", delay_seconds: 0, fifo_queue: false });
  expect(applied.all("aws_sqs_queue")).toHaveLength(1);
  expect(applied.all("aws_sns_topic")).toEqual([]);
});

test("what was left unset is absent, in blocks too", () => {
  const applied = deployment(
    resource("aws_x.a", {
      input: "",
      arn: null,
      rule: [{ prefix: "", id: "r", filter: [{ tag: null }] }],
      list: ["", "a"],
    }),
  );
  expect(applied.get("aws_x.a").values).toEqual({ rule: [{ id: "r", filter: [{}] }], list: ["", "a"] });
});

test("an empty value in a map of one's own stays: a function counts on the variable being there", () => {
  const variables = { ALLOWED_COUNTRIES: "" };
  const applied = deployment(resource("aws_lambda_function.a", { environment: [{ variables }], tags: variables }));
  expect(applied.get("aws_lambda_function.a").values).toEqual({ environment: [{ variables }], tags: variables });
});

test("a role's policies stand in resources of their own alone", () => {
  const role = { name: "r", inline_policy: [{ name: "p", policy: "{}" }], managed_policy_arns: [] };
  const applied = deployment(resource("aws_iam_role.a", role), resource("aws_iam_role_policy.a", { policy: "{}" }));
  expect(applied.get("aws_iam_role.a").values).toEqual({ name: "r" });
  expect(applied.get("aws_iam_role_policy.a").values).toEqual({ policy: "{}" });
});

test("data sources are no resources, and an address that is not there is named", () => {
  const applied = deployment(resource("aws_region.here", {}, "data"));
  expect(() => applied.get("aws_region.here")).toThrow(
    new Error("the state has no aws_region.here; it has 0 resources"),
  );
});
