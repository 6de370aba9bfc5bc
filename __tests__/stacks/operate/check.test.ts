import { environment, resource, statements, synthesised } from "../../support/synthesised";

const dev = environment("dev");
const stack = synthesised({ ...dev, operate: { ...dev.operate, check: true } });

test("the check has a client of its own, whose tokens the API takes beside the page's", () => {
  expect(resource(stack, "aws_cognito_user_pool_client.check")).toMatchObject({
    explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH"],
    access_token_validity: 5,
  });
  expect(resource(stack, "aws_cognito_user_pool_client.player").explicit_auth_flows).toEqual([
    "ALLOW_REFRESH_TOKEN_AUTH",
  ]);
  expect(resource(stack, "aws_apigatewayv2_authorizer.viewers").jwt_configuration).toMatchObject({
    audience: ["${aws_cognito_user_pool_client.player.id}", "${aws_cognito_user_pool_client.check.id}"],
  });
});

test("it may read its own secret, whose value Terraform never sees, and nothing else of the platform", () => {
  const policy = statements(resource(stack, "aws_iam_role_policy.check_playback").policy);
  const actions = policy.flatMap(({ Action, Resource }) =>
    [Action].flat().map((action) => [action, [Resource].flat()]),
  );
  expect(actions.filter(([action]) => /^(secretsmanager|dynamodb|s3):/.test(String(action)))).toEqual([
    ["secretsmanager:GetSecretValue", ["${aws_secretsmanager_secret.check_viewer.arn}"]],
  ]);
  expect(Object.keys(stack.document.resource.aws_secretsmanager_secret_version ?? {})).toEqual(["cdn_identifier"]);
});

test("it runs each minute, and is not there unless it is asked for", () => {
  expect(resource(stack, "aws_cloudwatch_event_rule.playback_checked").schedule_expression).toBe("rate(1 minute)");
  const { aws_lambda_function: functions, aws_cognito_user_pool_client: clients } = synthesised(dev).document.resource;
  expect([functions?.check_playback, clients?.check]).toEqual([undefined, undefined]);
});
