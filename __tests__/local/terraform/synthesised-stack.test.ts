import { TOPOLOGIES } from "../../../job-templates/job-template";
import type { StackContext } from "../../../local/terraform/context";
import { block, blocks } from "../../../local/terraform/deployment";
import { readDocument } from "../../../local/terraform/document";
import { readStack, type Stack } from "../../../local/terraform/read-stack";
import { references } from "../../../local/terraform/references";
import { environment, synthesised } from "../../support/synthesised";

const CONTEXT: StackContext = {
  account: "000000000000",
  region: "eu-west-1",
  edgeHost: "127.0.0.1:8080",
  gatewayHost: "127.0.0.1:4566",
  variables: { api_origin_secret: "api-secret", cdn_identifier: "cdn-identifier" },
};

describe.each(TOPOLOGIES)("vod-local, %s", (topology) => {
  const { file } = synthesised(environment("local", topology));
  const stack: Stack = readStack(file, CONTEXT);

  test("everything is evaluated: no expression is left", () => {
    const left = [...readDocument(file).resources.values()]
      .map(({ address }) => JSON.stringify(stack.get(address).values))
      .filter((values) => /(?<!\$)\$\{(aws_|var\.|local\.|trimprefix)/.test(values));
    expect(left).toEqual([]);
  });

  test("the distribution's origins have host names, and its secret header has the variable's value", () => {
    const origins = blocks(stack.get("aws_cloudfront_distribution.vod").values, "origin");
    expect(origins.map(({ domain_name }) => domain_name)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^[a-z0-9]{10}\.execute-api\.eu-west-1\.amazonaws\.com$/),
        "vod-packaged-local-000000000000-eu-west-1.s3.eu-west-1.amazonaws.com",
      ]),
    );
    const api = origins.find(({ origin_id }) => origin_id === "api") ?? {};
    expect(blocks(api, "custom_header").map(({ value }) => value)).toEqual(["api-secret"]);
  });

  test("a function runs as its role, with the addresses of this machine in its environment", () => {
    const mint = stack.get("aws_lambda_function.mint_playback").values;
    expect(mint.role).toBe(stack.get("aws_iam_role.mint_playback").values.arn);
    const environment = block(mint, "environment") as { variables: Record<string, string> };
    expect(environment.variables.CDN_ORIGIN).toBe("https://127.0.0.1:8080");
  });

  test("an event target speaks of its rule and its function", () => {
    const target = stack.get("aws_cloudwatch_event_target.mezzanine_uploaded").values;
    expect(target.rule).toBe("vod-mezzanine-uploaded-local");
    expect(target.arn).toBe("arn:aws:lambda:eu-west-1:000000000000:function:vod-submit-transcode-local");
    expect(stack.all("aws_cloudwatch_event_rule").map(({ values }) => values.name)).toContain(target.rule);
  });

  test("every reference leads to a resource of the stack", () => {
    const dependencies = references(readDocument(file));
    expect(dependencies).toContainEqual({
      from: "aws_lambda_function.mint_playback",
      to: "aws_iam_role.mint_playback",
    });
    expect(dependencies.map(({ to }) => stack.get(to).address)).toHaveLength(dependencies.length);
  });

  test("the gated media origin is the packaging group's host, or the packaged bucket", () => {
    const vod = stack.get("aws_cloudfront_distribution.vod").values;
    const target = block(vod, "default_cache_behavior")?.target_origin_id;
    const media = blocks(vod, "origin").find(({ origin_id }) => origin_id === target);
    expect(media?.domain_name).toMatch(
      topology === "mediapackage"
        ? /^[0-9a-f]{32}\.egress\.mediapackage-vod\.eu-west-1\.amazonaws\.com$/
        : /^vod-packaged-local-000000000000-eu-west-1\.s3\.eu-west-1\.amazonaws\.com$/,
    );
  });
});
