import { streamLimit } from "../../../handlers/shared/entitlement-standing";
import type { Entitlements } from "../../../handlers/shared/entitlements";
import { NOW } from "../support/titles";

const OVER = new Date(NOW).toISOString();
const plan = (streams?: unknown, expiresAt?: string) => ({
  subscription: { status: "ACTIVE", expiresAt, streams } as Entitlements["subscription"],
});
const MEMBER = { membership: { institution: "uni" } };

test.each<[string, Entitlements, number | undefined, number | undefined]>([
  ["no plan's number and no environment's", plan(), undefined, undefined],
  ["the environment's", plan(), 3, 3],
  ["the plan's before the environment's", plan(1), 3, 1],
  ["a larger plan's as well", plan(5), 3, 5],
  ["a plan's that is none at all", plan(0), 3, 0],
  ["a number that cannot be read", plan("two"), undefined, 1],
  ["a number that is not whole", plan(1.5), undefined, 1],
  ["the institution's plan for a member without a subscription", { ...MEMBER, institution: plan(2) }, 3, 2],
  ["the viewer's own before the institution's", { ...plan(1), ...MEMBER, institution: plan(2) }, 3, 1],
  ["the institution's, where the viewer's own has ended", { ...plan(1, OVER), ...MEMBER, institution: plan(2) }, 3, 2],
])("streams at a time: %s", (_, entitlements, environment, limit) => {
  expect(streamLimit(entitlements, NOW, environment)).toBe(limit);
});
