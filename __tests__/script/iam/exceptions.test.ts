import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { allStatements, granted, type Judged } from "../../../local/iam/figures";
import { surroundingsOf } from "../../../local/iam/judge";
import { readPolicies } from "../../../local/iam/policies";
import { readStack } from "../../../local/terraform/read-stack";
import { EXCEPTIONS, exceptionFor } from "../../../script/iam/exceptions";
import { environment, synthesised } from "../../support/synthesised";

const judged = (["mediapackage", "direct"] as const).map((topology): Judged => {
  const stack = readStack(synthesised(environment("local", topology)).file, {
    account: "000000000000",
    region: "eu-west-1",
    edgeHost: "edge",
    gatewayHost: "gateway",
    variables: { cdn_identifier: "identifier", api_origin_secret: "secret" },
  });
  return { policies: readPolicies(stack), surroundings: surroundingsOf(stack, () => 0) };
});
const grants = judged.flatMap((each) => {
  const statements = allStatements(each.policies);
  return granted(each).map((grant) => ({ grant, exception: exceptionFor(grant, statements) }));
});

test("every exception gives a reason in a sentence, and its drill is there", () => {
  expect(EXCEPTIONS.filter(({ reason }) => !/^[A-Z].{40,}\.$/.test(reason))).toEqual([]);
  const drills = EXCEPTIONS.flatMap(({ drill }) => drill ?? []);
  expect(drills.filter((file) => !existsSync(resolve(__dirname, "../../..", file)))).toEqual([]);
});

test("every policy and action on the list is granted somewhere: what is gone from the stack goes from the list", () => {
  const listed = EXCEPTIONS.flatMap((exception) =>
    exception.policies.flatMap((policy) => exception.actions.map((action) => ({ exception, policy, action }))),
  );
  const stale = listed.filter(
    ({ exception, policy, action }) =>
      !grants.some(
        ({ grant, exception: found }) =>
          found === exception && grant.statement.startsWith(`${policy}#`) && grant.action === action,
      ),
  );
  expect(stale.map(({ policy, action }) => `${policy} ${action}`)).toEqual([]);
});

test("the list excuses little: of the roles it names MediaPackage's alone", () => {
  const excused = grants.filter(({ exception }) => exception).map(({ grant }) => grant.statement);
  const roles = excused.filter((id) => id.startsWith("aws_iam_role"));
  expect(new Set(roles.map((id) => id.replace(/#\d+$/, "")))).toEqual(
    new Set(["aws_iam_role_policy.mediapackage_reader"]),
  );
});
