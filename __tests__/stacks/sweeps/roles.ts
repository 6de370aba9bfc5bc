import { list, resourcesOf, statements, type SynthesisedStack } from "../../support/synthesised";

/** What holds for every role of a stack. */
export function sweepRoles(stack: SynthesisedStack): void {
  test("lets a key be used through the services of its Region, and by no role directly", () => {
    for (const [name, { Action, Condition }] of rolePolicies(stack)) {
      if (!list(Action).some((action) => action.startsWith("kms:"))) continue;
      const via = expect.stringMatching(/^(kinesis|s3|sqs|dynamodb|secretsmanager)\.eu-west-1\.amazonaws\.com$/);
      expect([name, Condition]).toEqual([name, { StringEquals: { "kms:ViaService": via } }]);
    }
  });

  test("says no statement of a role twice", () => {
    const said = rolePolicies(stack).map(([name, statement]) => `${name} ${JSON.stringify(statement)}`);
    expect(said.filter((each, index) => said.indexOf(each) !== index)).toEqual([]);
  });

  test("grants no role every action, and every resource only where AWS cannot narrow", () => {
    const wide = rolePolicies(stack).flatMap(([name, statement]) =>
      list(statement.Resource).includes("*") ? list(statement.Action).map((action) => `${name}: ${action}`) : [],
    );
    const cannotNarrow = ["submit_transcode: mediaconvert:Probe", "register_asset: mediapackage-vod:CreateAsset"];
    const traces = /: xray:Put(TelemetryRecords|TraceSegments)$/;
    expect(wide.filter((grant) => !cannotNarrow.includes(grant) && !traces.test(grant))).toEqual([]);
    for (const [, statement] of rolePolicies(stack)) {
      for (const action of list(statement.Action)) expect(action).not.toContain("*");
    }
  });
}

function rolePolicies(stack: SynthesisedStack): [string, ReturnType<typeof statements>[number]][] {
  return resourcesOf(stack, "aws_iam_role_policy").flatMap(([name, { policy }]) =>
    statements(policy).map((statement) => [name, statement] as [string, typeof statement]),
  );
}
