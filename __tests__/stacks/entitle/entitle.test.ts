import {
  environment,
  everyStack,
  list,
  resource,
  resourcesOf,
  statements,
  synthesised,
  type SynthesisedStack,
  title,
} from "../../support/synthesised";

function variables(stack: SynthesisedStack, handler: string): Record<string, string> {
  const { environment: settings } = resource(stack, `aws_lambda_function.${handler}`);
  return (settings as { variables: Record<string, string> }).variables;
}

describe.each(everyStack().map((stack) => [title(stack), stack] as const))("entitlement in %s", (_, stack) => {
  test("asks for a bearer token on every route", () => {
    for (const [, route] of resourcesOf(stack, "aws_apigatewayv2_route")) {
      expect(route).toMatchObject({
        authorization_type: "JWT",
        authorizer_id: "${aws_apigatewayv2_authorizer.viewers.id}",
      });
    }
    const routes = resourcesOf(stack, "aws_apigatewayv2_route").map(([, { route_key }]) => route_key as string);
    expect(routes.sort()).toEqual([
      "DELETE /api/uploads/{uploadId}",
      "DELETE /play/{assetId}/sessions/{session}",
      "GET /api/titles",
      "GET /api/titles/{assetId}",
      "GET /api/uploads",
      "GET /api/uploads/{uploadId}",
      "POST /api/beacons",
      ...(stack.environment.transcode.download === "none" ? [] : ["POST /api/titles/{assetId}/download"]),
      "POST /api/titles/{assetId}/publish",
      "POST /api/titles/{assetId}/withdraw",
      "POST /api/uploads",
      "POST /api/uploads/{uploadId}/complete",
      "POST /play/{assetId}",
      "PUT /api/titles/{assetId}/licence",
    ]);
  });

  test("lets the mint read one signing key, and nothing of the media", () => {
    const mint = statements(resource(stack, "aws_iam_role_policy.mint_playback").policy);
    const key = `signing_${stack.environment.signing.active.replaceAll("-", "_")}`;
    const secrets = mint.filter(({ Action }) => Action.includes("secretsmanager:GetSecretValue"));
    expect(secrets.map(({ Resource }) => Resource)).toEqual([[`\${aws_secretsmanager_secret.${key}.arn}`]]);
    expect(JSON.stringify(mint)).not.toContain("s3:");
  });

  test.each([
    ["mint_playback", ["catalogue: GetItem", "entitlements: GetItem", "sessions: GetItem UpdateItem"]],
    ["end_session", ["sessions: GetItem UpdateItem"]],
    ["list_titles", ["catalogue/index/by-publish-state: Query"]],
    ["get_title", ["catalogue: GetItem"]],
    ["edit_title", ["catalogue: GetItem UpdateItem"]],
  ])("lets %s use its tables and no other, and nobody write an entitlement", (handler, granted) => {
    const all = statements(resource(stack, `aws_iam_role_policy.${handler}`).policy).flatMap(({ Action, Resource }) => {
      const actions = list(Action).filter((action) => action.startsWith("dynamodb:"));
      const tables = list(Resource).map((arn) => arn.replace(/^\$\{aws_dynamodb_table\.(\w+)\.arn\}/, "$1"));
      return actions.length === 0
        ? []
        : [`${tables.join(" ")}: ${actions.map((action) => action.split(":")[1]).join(" ")}`];
    });
    expect(all).toEqual(granted);
  });

  test("forgets playing sessions by itself", () => {
    expect(resource(stack, "aws_dynamodb_table.sessions")).toMatchObject({
      hash_key: "viewerId",
      ttl: { attribute_name: "expiresAt", enabled: true },
    });
  });

  test("has a group for editors, which the handlers of titles look for in Cognito's claim", () => {
    expect(resource(stack, "aws_cognito_user_group.editors")).toMatchObject({
      name: "editors",
      user_pool_id: "${aws_cognito_user_pool.viewers.id}",
    });
    for (const handler of ["get_title", "edit_title"]) {
      expect(variables(stack, handler)).toMatchObject({ GROUPS_CLAIM: "cognito:groups" });
    }
  });

  test("never carries a private key, nor sets a signing secret's value", () => {
    expect(JSON.stringify(stack.document)).not.toContain("PRIVATE KEY");
    for (const [name] of Object.entries(stack.document.resource.aws_secretsmanager_secret_version ?? {})) {
      expect(name).toBe("cdn_identifier");
    }
  });

  test("mints for the edge's own address with the active key", () => {
    expect(variables(stack, "mint_playback")).toMatchObject({
      COOKIE_SECONDS: "300",
      BIND_VIEWER_IP: "none",
      CONCURRENT_STREAMS: "0",
      API_ORIGIN_SECRET: "${var.api_origin_secret}",
    });
  });
});

test("downloads are signed by a function of their own, for the edge's own address with the active key", () => {
  const dev = environment("dev");
  const entitle = { ...dev.entitle, countries: ["DE"], blockedCountries: ["US"] };
  const stack = synthesised({ ...dev, entitle, transcode: { ...dev.transcode, download: "480p" } });
  const { ADDRESS_SECONDS, ...asTheMint } = variables(stack, "mint_download");
  expect(variables(stack, "mint_playback")).toMatchObject(asTheMint);
  expect(asTheMint).toMatchObject({ ALLOWED_COUNTRIES: "DE", BLOCKED_COUNTRIES: "US" });
  expect([ADDRESS_SECONDS, variables(stack, "mint_playback").DOWNLOADS]).toEqual(["300", "offered"]);
  const policy = (name: string) =>
    statements(resource(stack, `aws_iam_role_policy.${name}`).policy)
      .slice(1)
      .map((statement) => JSON.stringify(statement));
  // As the mint's, but for playing sessions: a file takes no slot.
  const withoutSessions = policy("mint_playback").filter((statement) => !statement.includes("sessions"));
  expect(new Set(policy("mint_download"))).toEqual(new Set(withoutSessions));
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
  expect(external.document.resource.aws_cognito_user_group).toBeUndefined();
  expect(variables(external, "edit_title").GROUPS_CLAIM).toBe("");
});

test("the claim that an external issuer lists roles in is the environment's setting", () => {
  const dev = environment("dev");
  const issuer = { url: "https://id.example.com", audience: "vod", groupsClaim: "https://id.example.com/roles" };
  const external = synthesised({ ...dev, entitle: { ...dev.entitle, issuer } });
  for (const handler of ["get_title", "edit_title"]) {
    expect(variables(external, handler).GROUPS_CLAIM).toBe("https://id.example.com/roles");
  }
});

test("countries and streams of the environment reach the mint and the lists", () => {
  const dev = environment("dev");
  const entitle = { ...dev.entitle, countries: ["DE", "NL"], blockedCountries: ["RU"], concurrentStreams: 3 };
  const stack = synthesised({ ...dev, entitle });
  const countries = { ALLOWED_COUNTRIES: "DE,NL", BLOCKED_COUNTRIES: "RU" };
  expect(variables(stack, "mint_playback")).toMatchObject({ ...countries, CONCURRENT_STREAMS: "3" });
  for (const handler of ["list_titles", "get_title"]) expect(variables(stack, handler)).toMatchObject(countries);
});
