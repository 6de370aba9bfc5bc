import {
  everyStack,
  list,
  resource,
  resourcesOf,
  statements,
  title,
  type SynthesisedStack,
  type Values,
} from "../support/synthesised";

/** What holds for every resource of every environment in both topologies. */
describe.each(everyStack().map((stack) => [title(stack), stack] as const))("the stack of %s", (_, stack) => {
  const buckets = resourcesOf(stack, "aws_s3_bucket").map(([name]) => name);

  test.each(buckets)("blocks all public access to the bucket %s", (name) => {
    expect(resource(stack, `aws_s3_bucket_public_access_block.${name}`)).toMatchObject({
      bucket: `\${aws_s3_bucket.${name}.id}`,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  test.each(buckets)("refuses plaintext transport to the bucket %s", (name) => {
    const [first] = statements(resource(stack, `aws_s3_bucket_policy.${name}`).policy);
    expect(first).toEqual({
      Sid: "DenyPlaintextTransport",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [`\${aws_s3_bucket.${name}.arn}`, `\${aws_s3_bucket.${name}.arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });

  test.each(buckets)("refuses to store in the bucket %s under another key than its own", (name) => {
    const denials = statements(resource(stack, `aws_s3_bucket_policy.${name}`).policy).slice(1, 3);
    if (name === "player") return expect(denials.map(({ Effect }) => Effect)).not.toContain("Deny");
    const put = { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: `\${aws_s3_bucket.${name}.arn}/*` };
    const algorithm = "s3:x-amz-server-side-encryption";
    expect(denials).toEqual([
      {
        Sid: "DenyOtherEncryption",
        ...put,
        Condition: { StringNotEquals: { [algorithm]: "aws:kms" }, Null: { [algorithm]: "false" } },
      },
      {
        Sid: "DenyOtherKey",
        ...put,
        Condition: {
          StringEquals: { [algorithm]: "aws:kms" },
          StringNotEquals: { [`${algorithm}-aws-kms-key-id`]: `\${aws_kms_key.${name}.arn}` },
        },
      },
    ]);
  });

  test("lets a key be used through the services of its Region, and by no role directly", () => {
    for (const [name, { Action, Condition }] of rolePolicies(stack)) {
      if (!list(Action).some((action) => action.startsWith("kms:"))) continue;
      const via = expect.stringMatching(/^(s3|sqs|dynamodb|secretsmanager)\.eu-west-1\.amazonaws\.com$/);
      expect([name, Condition]).toEqual([name, { StringEquals: { "kms:ViaService": via } }]);
    }
  });

  test("says no statement of a role twice", () => {
    const said = rolePolicies(stack).map(([name, statement]) => `${name} ${JSON.stringify(statement)}`);
    expect(said.filter((each, index) => said.indexOf(each) !== index)).toEqual([]);
  });

  test.each(buckets)("encrypts, versions and cleans up the bucket %s", (name) => {
    const [rule] = resource(stack, `aws_s3_bucket_server_side_encryption_configuration.${name}`).rule as Values[];
    const expected =
      name === "player"
        ? { sse_algorithm: "AES256" }
        : { sse_algorithm: "aws:kms", kms_master_key_id: `\${aws_kms_key.${name}.arn}` };
    expect(rule?.apply_server_side_encryption_by_default).toEqual(expected);
    expect(rule?.bucket_key_enabled).toBe(name === "player" ? undefined : true);
    expect(resource(stack, `aws_s3_bucket_versioning.${name}`).versioning_configuration).toEqual({ status: "Enabled" });
    const ids = (resource(stack, `aws_s3_bucket_lifecycle_configuration.${name}`).rule as Values[]).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["abort-incomplete-uploads", "expire-noncurrent-versions"]));
  });

  test("names every bucket by account and Region", () => {
    const { name, account, region } = stack.environment;
    for (const [bucket, { bucket: named }] of resourcesOf(stack, "aws_s3_bucket")) {
      expect(named).toBe(`vod-${bucket}-${name}-${account}-${region}`);
    }
  });

  test("rotates every key", () => {
    for (const [name, key] of resourcesOf(stack, "aws_kms_key")) {
      expect([name, key.enable_key_rotation, key.deletion_window_in_days]).toEqual([name, true, 30]);
      expect(resource(stack, `aws_kms_key_policy.${name}`).key_id).toBe(`\${aws_kms_key.${name}.key_id}`);
    }
  });

  test("encrypts tables, queues, topics, logs and secrets with keys of its own", () => {
    for (const [, table] of resourcesOf(stack, "aws_dynamodb_table")) {
      expect(table.server_side_encryption).toEqual({ enabled: true, kms_key_arn: "${aws_kms_key.data.arn}" });
      expect(table.point_in_time_recovery).toEqual({ enabled: true });
    }
    for (const [type, argument, key] of [
      ["aws_sqs_queue", "kms_master_key_id", "data"],
      ["aws_sns_topic", "kms_master_key_id", "data"],
      ["aws_cloudwatch_log_group", "kms_key_id", "data"],
      ["aws_secretsmanager_secret", "kms_key_id", "secrets"],
    ] as const) {
      for (const [name, values] of resourcesOf(stack, type)) {
        const elsewhere = name.startsWith("edge_") ? "edge_news" : name === "firewall" ? name : undefined; // in us-east-1
        const own = elsewhere ?? key;
        expect([type, name, values[argument]]).toEqual([type, name, `\${aws_kms_key.${own}.arn}`]);
      }
    }
  });

  test("keeps every log for 90 days", () => {
    for (const [, group] of resourcesOf(stack, "aws_cloudwatch_log_group")) expect(group.retention_in_days).toBe(90);
  });

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

  test("creates every key, policy, firewall and access control before its predecessor is destroyed", () => {
    for (const type of [
      "aws_cloudfront_public_key",
      "aws_cloudfront_key_group",
      "aws_cloudfront_cache_policy",
      "aws_cloudfront_origin_request_policy",
      "aws_cloudfront_response_headers_policy",
      "aws_cloudfront_origin_access_control",
      "aws_cloudfront_function",
      "aws_wafv2_web_acl",
      "aws_wafv2_rule_group",
    ]) {
      for (const [name, { lifecycle }] of resourcesOf(stack, type)) {
        expect([type, name, lifecycle]).toMatchObject([type, name, { create_before_destroy: true }]);
      }
    }
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

  test("tags everything, by the provider, with classification, owner, cost centre and environment", () => {
    const providers = stack.document.provider.aws as Values[];
    const { name, account, tags } = stack.environment;
    expect(providers.map(({ alias, region }) => [alias, region])).toEqual([
      [undefined, "eu-west-1"],
      ["edge", "us-east-1"],
    ]);
    for (const provider of providers) {
      expect(provider.allowed_account_ids).toEqual([account]);
      expect(provider.default_tags).toEqual([
        {
          tags: {
            "content-classification": tags.contentClassification,
            owner: tags.owner,
            "cost-center": tags.costCenter,
            env: name,
          },
        },
      ]);
    }
  });

  test("keeps its state in the environment's own bucket, encrypted and locked", () => {
    const { name, account, region } = stack.environment;
    expect(stack.document.terraform.backend).toEqual({
      s3: {
        bucket: `vod-state-${name}-${account}-${region}`,
        key: `vod/${name}/vod-${name}.tfstate`,
        region,
        encrypt: true,
        kms_key_id: `arn:aws:kms:${region}:${account}:alias/vod-${name}-state`,
        use_lockfile: true,
      },
    });
  });

  test("accepts both provider majors", () => {
    expect(stack.document.terraform.required_providers).toEqual({
      aws: { source: "aws", version: ">= 5.100.0, < 7.0.0" },
    });
  });
});

function rolePolicies(stack: SynthesisedStack): [string, ReturnType<typeof statements>[number]][] {
  return resourcesOf(stack, "aws_iam_role_policy").flatMap(([name, { policy }]) =>
    statements(policy).map((statement) => [name, statement] as [string, typeof statement]),
  );
}
