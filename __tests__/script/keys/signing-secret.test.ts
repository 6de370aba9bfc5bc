import { randomBytes, randomUUID } from "node:crypto";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createSecretsManager } from "../../../local/services/secrets-manager/service";
import { secretName, SigningSecrets } from "../../../script/keys/signing-secret";
import { OPERATOR, startTestGateway, testDeployment } from "../../local/gateway/test-gateway";

test("a secret is absent, then empty, then filled, and its value is never asked for", async () => {
  const gateway = await startTestGateway();
  const actions: string[] = [];
  const name = secretName("prod", "2026-11");
  const arn = `arn:aws:secretsmanager:eu-west-1:000000000000:secret:${name}-AbCdEf`;
  const service = createSecretsManager({
    deployment: testDeployment({ "aws_secretsmanager_secret.signing": { name, arn } }),
    directory: gateway.directory,
    authorize: (_, action) => void actions.push(action),
    clock: Date.now,
    random: randomBytes,
    newId: randomUUID,
  });
  gateway.register(service);
  const client = new SecretsManagerClient({ ...gateway.client, maxAttempts: 1 });
  const secrets = new SigningSecrets(client);
  expect(name).toBe("vod/prod/signing/2026-11");
  expect(await secrets.state("vod/prod/signing/other")).toBe("absent");
  expect(await secrets.state(name)).toBe("empty");
  await secrets.put(name, "half");
  expect(await secrets.state(name)).toBe("filled");
  expect(new Set(actions)).toEqual(new Set(["secretsmanager:DescribeSecret", "secretsmanager:PutSecretValue"]));
  expect(await service.value(OPERATOR, name)).toBe("half");
  client.destroy();
  await gateway.stop();
});
