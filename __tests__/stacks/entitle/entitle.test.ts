import {
  environment,
  everyStack,
  resource,
  resourcesOf,
  statements,
  synthesised,
  title,
  withDownloads,
} from "../../support/synthesised";

describe.each(everyStack().map((stack) => [title(stack), stack] as const))("entitlement in %s", (_, stack) => {
  test("asks for a bearer token on every route", () => {
    for (const [, route] of resourcesOf(stack, "aws_apigatewayv2_route")) {
      expect(route).toMatchObject({
        authorization_type: "JWT",
        authorizer_id: "${aws_apigatewayv2_authorizer.viewers.id}",
      });
    }
    expect(resourcesOf(stack, "aws_apigatewayv2_route").map(([, { route_key }]) => route_key)).toEqual([
      "DELETE /api/uploads/{uploadId}",
      "POST /api/uploads/{uploadId}/complete",
      "GET /api/titles",
      "GET /api/uploads",
      ...(stack.environment.transcode.download === "none" ? [] : ["POST /api/titles/{assetId}/download"]),
      "POST /play/{assetId}",
      "GET /api/uploads/{uploadId}",
      "POST /api/uploads",
    ]);
  });

  test("lets the mint read one signing key, and nothing of the media", () => {
    const mint = statements(resource(stack, "aws_iam_role_policy.mint_playback").policy);
    const key = `signing_${stack.environment.signing.active.replaceAll("-", "_")}`;
    const secrets = mint.filter(({ Action }) => Action.includes("secretsmanager:GetSecretValue"));
    expect(secrets.map(({ Resource }) => Resource)).toEqual([[`\${aws_secretsmanager_secret.${key}.arn}`]]);
    expect(JSON.stringify(mint)).not.toContain("s3:");
  });

  test("never carries a private key, nor sets a signing secret's value", () => {
    expect(JSON.stringify(stack.document)).not.toContain("PRIVATE KEY");
    for (const [name] of Object.entries(stack.document.resource.aws_secretsmanager_secret_version ?? {})) {
      expect(name).toBe("cdn_identifier");
    }
  });

  test("mints for the edge's own address with the active key", () => {
    const { environment: settings } = resource(stack, "aws_lambda_function.mint_playback");
    expect((settings as { variables: Record<string, string> }).variables).toMatchObject({
      COOKIE_SECONDS: "300",
      BIND_VIEWER_IP: "none",
      API_ORIGIN_SECRET: "${var.api_origin_secret}",
    });
  });
});

test("downloads are signed by a function of their own, for the edge's own address with the active key", () => {
  const dev = environment("dev");
  const stack = synthesised(withDownloads(dev));
  const variables = (name: string) =>
    (resource(stack, `aws_lambda_function.${name}`).environment as { variables: Record<string, string> }).variables;
  const { SIGNING_SECRET_ARN, SIGNING_KEY_ID, CDN_ORIGIN, ADDRESS_SECONDS } = variables("mint_download");
  expect(variables("mint_playback")).toMatchObject({ SIGNING_SECRET_ARN, SIGNING_KEY_ID, CDN_ORIGIN });
  expect([ADDRESS_SECONDS, variables("mint_playback").DOWNLOADS]).toEqual(["300", "offered"]);
  const policy = (name: string) => statements(resource(stack, `aws_iam_role_policy.${name}`).policy).slice(1);
  expect(policy("mint_download")).toEqual(policy("mint_playback"));
  expect(synthesised(dev).document.resource.aws_lambda_function).not.toHaveProperty("mint_download");
});

test("an external issuer takes the place of the user pool", () => {
  const dev = environment("dev");
  const issuer = { url: "https://id.example.com", audience: "vod" };
  const external = synthesised({ ...dev, entitle: { ...dev.entitle, issuer } });
  expect(resource(external, "aws_apigatewayv2_authorizer.viewers").jwt_configuration).toEqual({
    issuer: "https://id.example.com",
    audience: ["vod"],
  });
  expect(external.document.resource.aws_cognito_user_pool).toBeUndefined();
});
