import {
  environment,
  everyStack,
  resource,
  synthesised,
  title,
  type SynthesisedStack,
} from "../../support/synthesised";

const config = (stack: SynthesisedStack): unknown =>
  JSON.parse(resource(stack, "aws_s3_object.player_config").content as string);

describe.each(everyStack().map((stack) => [title(stack), stack] as const))("sign-in in %s", (_, stack) => {
  const { name, account, deliver } = stack.environment;
  const host = deliver.domain?.name ?? "${aws_cloudfront_distribution.vod.domain_name}";

  test("is by authorization code alone, of a public client, back to the page and nowhere else", () => {
    const client = resource(stack, "aws_cognito_user_pool_client.player");
    expect(client).toMatchObject({
      generate_secret: false,
      explicit_auth_flows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      allowed_oauth_flows_user_pool_client: true,
      allowed_oauth_flows: ["code"],
      allowed_oauth_scopes: ["openid", "email"],
      supported_identity_providers: ["COGNITO"],
      callback_urls: [`https://${host}/app/`],
      logout_urls: [`https://${host}/app/`],
      enable_token_revocation: true,
    });
  });

  test("has pages on a host of the pool's own, named by environment and account", () => {
    expect(resource(stack, "aws_cognito_user_pool_domain.viewers")).toMatchObject({
      domain: `vod-${name}-${account}`,
      user_pool_id: "${aws_cognito_user_pool.viewers.id}",
    });
  });

  test("tells the page whom to ask, without a scheme and without a secret", () => {
    expect(config(stack)).toEqual({
      issuer: "//${aws_cognito_user_pool.viewers.endpoint}",
      beacons: { everySeconds: 60, sampleShare: 1 },
      clientId: "${aws_cognito_user_pool_client.player.id}",
      groupsClaim: "cognito:groups",
      scopes: "openid email",
      signOutParameter: "logout_uri",
    });
  });
});

describe("an external issuer", () => {
  const dev = environment("dev");
  const issuer = { url: "https://id.example.com/", audience: "vod" };
  const withIssuer = (more: { clientId?: string }) =>
    synthesised({ ...dev, entitle: { ...dev.entitle, issuer: { ...issuer, ...more } } });

  test("signs viewers in by the client that the environment names, by its exact address", () => {
    const stack = withIssuer({ clientId: "page" });
    expect(config(stack)).toEqual({
      issuer: "https://id.example.com/",
      beacons: { everySeconds: 60, sampleShare: 1 },
      clientId: "page",
      scopes: "openid email offline_access",
      signOutParameter: "post_logout_redirect_uri",
    });
    expect(stack.document.resource.aws_cognito_user_pool_domain).toBeUndefined();
  });

  test("without a client for the page leaves the page without settings", () => {
    expect(withIssuer({}).document.resource.aws_s3_object).toBeUndefined();
  });
});
