import { resource, resourcesOf, type SynthesisedStack, type Values } from "../../support/synthesised";

/** What holds for every function of a stack, and for whatever invokes one. */
export function sweepFunctions(stack: SynthesisedStack): void {
  test("gives every function a role of its own, its built zip by content, and Node 22 on arm64", () => {
    const roles = resourcesOf(stack, "aws_lambda_function").map(([name, values]) => {
      expect(values).toMatchObject({ runtime: "nodejs22.x", architectures: ["arm64"], handler: "index.handler" });
      expect(values.s3_key).toMatch(new RegExp(`^lambda/${name.replaceAll("_", "-")}/[0-9a-f]{64}\\.zip$`));
      const digest = Buffer.from(values.source_code_hash as string, "base64").toString("hex");
      expect(values.s3_key).toContain(digest);
      return values.role;
    });
    expect(new Set(roles).size).toBe(roles.length);
  });

  test("traces every function, and tells it which environment it is in", () => {
    for (const [name, { tracing_config: tracing, environment: settings }] of resourcesOf(
      stack,
      "aws_lambda_function",
    )) {
      expect([name, tracing]).toEqual([name, { mode: "Active" }]);
      expect((settings as { variables: Values }).variables.ENVIRONMENT).toBe(stack.environment.name);
    }
  });

  test("gives every rule's target retries and dead letters", () => {
    const targets = resourcesOf(stack, "aws_cloudwatch_event_target");
    expect(targets.map(([name]) => name)).toEqual(
      resourcesOf(stack, "aws_cloudwatch_event_rule").map(([name]) => name),
    );
    for (const [, target] of targets) {
      expect(target.retry_policy).toEqual({ maximum_retry_attempts: 20, maximum_event_age_in_seconds: 21_600 });
      const { arn } = target.dead_letter_config as Values;
      expect(arn).toMatch(/^\$\{aws_sqs_queue\.\w+_dead_letters\.arn\}$/);
    }
  });

  test("gives every function that events invoke an invocation setting and dead letters", () => {
    const invoked = resourcesOf(stack, "aws_cloudwatch_event_target").map(([, { arn }]) => arn);
    for (const [name] of resourcesOf(stack, "aws_lambda_function")) {
      if (!invoked.includes(`\${aws_lambda_function.${name}.arn}`)) continue;
      expect(resource(stack, `aws_lambda_function_event_invoke_config.${name}`)).toMatchObject({
        maximum_retry_attempts: 2,
        destination_config: { on_failure: { destination: `\${aws_sqs_queue.${name}_dead_letters.arn}` } },
      });
    }
  });

  test("lets every rule and route invoke its function, and nobody else", () => {
    for (const [, permission] of resourcesOf(stack, "aws_lambda_permission")) {
      expect(["events.amazonaws.com", "apigateway.amazonaws.com"]).toContain(permission.principal);
      expect(permission.source_arn).toMatch(/^\$\{aws_(cloudwatch_event_rule|apigatewayv2_api)\./);
    }
  });
}
