import { parsePolicy } from "../../../local/iam/policy-document";

const policy = (statement: unknown): string => JSON.stringify({ Version: "2012-10-17", Statement: statement });

test("single values become lists, a lone statement a list of one", () => {
  const statement = {
    Sid: "One",
    Effect: "Deny",
    NotAction: "s3:*",
    NotResource: "a",
    Principal: { AWS: "1", Service: ["x", "y"] },
    Condition: { Bool: { "aws:SecureTransport": false } },
  };
  expect(parsePolicy(policy(statement), "policy")).toEqual([
    {
      sid: "One",
      effect: "Deny",
      actions: undefined,
      notActions: ["s3:*"],
      resources: undefined,
      notResources: ["a"],
      principal: { AWS: ["1"], Service: ["x", "y"] },
      notPrincipal: undefined,
      conditions: { Bool: { "aws:SecureTransport": ["false"] } },
    },
  ]);
});

test.each([
  ["nonsense", "policy: the policy is not JSON"],
  [JSON.stringify({ Version: "2008-10-17", Statement: [] }), "policy: Version must be 2012-10-17, got 2008-10-17"],
  [policy([{ Effect: "Grant", Action: "a" }]), 'policy, statement 1: Effect must be Allow or Deny, got "Grant"'],
  [policy([{ Effect: "Allow" }]), "policy, statement 1: must have Action or NotAction, one of them"],
  [policy([{ Effect: "Allow", Action: "a", NotAction: "b" }]), "policy, statement 1: must have Action or NotAction, one of them"], // prettier-ignore
  [policy([{ Effect: "Allow", Action: "a", Resources: "*" }]), "policy, statement 1: Resources is no element of a statement; there are Sid, Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition"], // prettier-ignore
  [policy([{ Effect: "Allow", Action: [{}] }]), "policy, statement 1: Action must be a string or a list of strings, got {}"], // prettier-ignore
  [policy([{ Effect: "Allow", Action: "a", Principal: ["x"] }]), "policy, statement 1: Principal must be an object, got a list"], // prettier-ignore
  [policy(["x"]), "policy, statement 1 must be an object, got string"],
])("%s is refused", (text, message) => {
  expect(() => parsePolicy(text, "policy")).toThrow(message);
});
