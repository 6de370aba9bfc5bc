import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { CallLog } from "../../../local/gateway/call-log";
import { unneeded, type Judged } from "../../../local/iam/figures";
import { createJudge, surroundingsOf } from "../../../local/iam/judge";
import { readPolicies } from "../../../local/iam/policies";
import { distinctCalls } from "../../../local/iam/recorded-calls";
import type { Principal } from "../../../local/kernel/aws-service";
import { createSecretsManager } from "../../../local/services/secrets-manager/service";
import { readStack } from "../../../local/terraform/read-stack";
import { environment, synthesised, withEveryFunction } from "../../support/synthesised";
import { callJson, manualTime, OPERATOR, temporaryDirectory } from "../services/test-kit";

const directory = temporaryDirectory();
const deployment = readStack(synthesised(withEveryFunction(environment("local"))).file, {
  account: "000000000000",
  region: "eu-west-1",
  edgeHost: "edge",
  gatewayHost: "gateway",
  variables: { cdn_identifier: "identifier", api_origin_secret: "secret" },
});

test("the check may read its viewer's secret and no other, and each statement for it is needed", async () => {
  const { clock } = manualTime();
  const log = new CallLog({ file: join(directory, "calls.jsonl"), clock, decide: createJudge(deployment, clock) });
  const service = createSecretsManager({
    deployment,
    authorize: log.authorize,
    clock,
    directory: join(directory, "secrets"),
    random: randomBytes,
    newId: randomUUID,
  });
  const principal: Principal = {
    kind: "role",
    arn: String(deployment.get("aws_iam_role.check_playback").values.arn),
  };
  const read = (SecretId: string) => callJson(service, "secretsmanager.GetSecretValue", { SecretId }, principal);
  await service.put(OPERATOR, "vod/local/check/viewer", "viewer");
  expect(await read("vod/local/check/viewer")).toMatchObject({ SecretString: "viewer" });
  expect(await read("MediaPackage/vod-local/cdn-identifier")).toEqual({
    refused: expect.stringContaining(
      "because no identity-based policy allows the secretsmanager:GetSecretValue action",
    ) as unknown,
  });

  const judged: Judged = { policies: readPolicies(deployment), surroundings: surroundingsOf(deployment, clock) };
  const spare = unneeded(distinctCalls(log.records()), judged);
  const own = judged.policies.roles.get(principal.arn)?.identity.all ?? [];
  const forSecrets = own.filter(({ source }) => JSON.stringify(source).includes("secretsmanager")).map(({ id }) => id);
  expect(forSecrets).toHaveLength(2);
  expect(forSecrets.filter((id) => spare.includes(id))).toEqual([]);
});
