import { accountOf, meant, shownAs } from "../../../local/iam/principals";
import { ANONYMOUS, type Principal } from "../../../local/kernel/aws-service";

const role: Principal = { kind: "role", arn: "arn:aws:iam::111111111111:role/path/mint" };
const user: Principal = { kind: "user", arn: "arn:aws:iam::111111111111:user/operator" };
const edge: Principal = { kind: "service", arn: "cloudfront.amazonaws.com" };

test.each([
  [role, "*", "itself"],
  [role, { AWS: ["*"] }, "itself"],
  [role, { AWS: [role.arn] }, "itself"],
  [role, { AWS: ["arn:aws:iam::111111111111:root"] }, "account"],
  [role, { AWS: ["111111111111"] }, "account"],
  [role, { AWS: ["arn:aws:iam::222222222222:root"] }, "no"],
  [role, { Service: ["cloudfront.amazonaws.com"] }, "no"],
  [user, { AWS: ["arn:aws:iam::111111111111:root"] }, "account"],
  [edge, { Service: ["s3.amazonaws.com", "cloudfront.amazonaws.com"] }, "itself"],
  [edge, { AWS: ["*"] }, "no"],
  [edge, "*", "itself"],
  [ANONYMOUS, { AWS: ["*"] }, "itself"],
  [ANONYMOUS, { AWS: ["arn:aws:iam::111111111111:root"] }, "no"],
] as const)("%j is meant by %j: %s", (caller, element, expected) => {
  expect(meant(element, caller)).toBe(expected);
});

test("a role is shown as its session, everyone else by name", () => {
  expect(shownAs({ ...role, session: "vod-mint" })).toBe("arn:aws:sts::111111111111:assumed-role/mint/vod-mint");
  expect(shownAs(role)).toBe("arn:aws:sts::111111111111:assumed-role/mint/mint");
  expect([shownAs(user), shownAs(edge)]).toEqual([user.arn, edge.arn]);
});

test("only roles and users are of an account", () => {
  expect([role, user, edge, ANONYMOUS].map(accountOf)).toEqual(["111111111111", "111111111111", undefined, undefined]);
});
