import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { secretViewer } from "../../../handlers/check-playback/check-viewer";

const SHAPE = `must be {"username": "...", "password": "...", "assetId"?: "<id of a title>"}`;

async function read(SecretString: string | undefined): Promise<unknown> {
  const asked: unknown[] = [];
  const send = ({ input }: { input: unknown }) => Promise.resolve(asked.push(input) && { SecretString });
  const result = await secretViewer({ send } as unknown as SecretsManagerClient, "arn:secret")();
  expect(asked).toEqual([{ SecretId: "arn:secret" }]);
  return result;
}

test("the viewer is what the secret says", async () => {
  const viewer = { username: "check@example.com", password: "secret-word", assetId: "night-0123456789ab" };
  expect(await read(JSON.stringify(viewer))).toEqual({ ok: true, value: viewer });
  const { assetId: _, ...anyTitle } = viewer;
  expect(await read(JSON.stringify(anyTitle))).toEqual({ ok: true, value: anyTitle });
});

test.each([
  [undefined, `the check's secret ${SHAPE}, got no JSON`],
  ["secret-word", `the check's secret ${SHAPE}, got no JSON`],
  ['{"username":"a"}', `the check's secret ${SHAPE}, got no username or no password`],
  ['{"username":"a","password":"secret-word","assetId":"../x"}', `the check's secret ${SHAPE}, got another assetId`],
])("a secret of another shape is refused without being quoted: %s", async (secret, problem) => {
  expect(await read(secret)).toEqual({ ok: false, problem });
  expect(problem).not.toContain("secret-word");
});
