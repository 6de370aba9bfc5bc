import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmulatedAccount, startAccount } from "../../emulator/account";
import { added, takeInventory } from "../../emulator/inventory";
import { hasMoto } from "../../emulator/moto";
import { overrides } from "../../script/emulated/overrides";
import { Terraform } from "../../script/emulated/terraform";
import { environment, synthesised } from "../support/synthesised";
import { findProviderMirror, has, testWith } from "../support/tools";

const plugins = findProviderMirror();
const present = has("terraform", "version") && plugins !== undefined && hasMoto();

/** The stage `deliver` but for what takes its time (buckets, keys of KMS, the distribution), and the media services. */
const STAGE = [
  "aws_cloudfront_cache_policy.api",
  "aws_cloudfront_function.app_index",
  "aws_cloudfront_key_group.signing",
  "aws_cloudfront_origin_access_control.buckets",
  "aws_cloudfront_origin_request_policy.api",
  "aws_cloudfront_response_headers_policy.vod",
  "aws_iam_role.mediaconvert",
  "aws_media_convert_queue.vod",
  "aws_media_packagev2_channel_group.vod",
].map((address) => `-target=${address}`);

let account: EmulatedAccount;
afterAll(() => account?.stop());

testWith("terraform with the AWS provider, or python3 with moto", present, "REQUIRE_MOTO")(
  "one stage is applied to an emulated account by real Terraform, planned again without changes, and destroyed",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "vod-one-stage-"));
    const troubles: string[] = [];
    const { file, environment: dev } = synthesised(environment("dev"));
    account = await startAccount({
      account: dev.account,
      region: dev.region,
      directory: folder,
      edgeHost: "127.0.0.1:1",
      onTrouble: (message) => troubles.push(message),
    });
    const { aws } = account;
    const terraform = new Terraform({
      folder,
      plugins: plugins ?? "",
      environment: {
        PATH: process.env.PATH ?? "",
        AWS_ENDPOINT_URL: aws.endpoint,
        AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
        TF_VAR_cdn_identifier: "00000000-0000-4000-8000-000000000001",
        TF_VAR_api_origin_secret: "s".repeat(32),
      },
    });
    const before = await takeInventory(account);
    terraform.use(file, overrides({ local: true }));
    await terraform.init();
    await terraform.run("apply", "-input=false", "-auto-approve", ...STAGE);
    const made = added(before, await takeInventory(account));
    expect(made).toHaveLength(STAGE.length + 2); // a public key in its group, and the function's draft beside it
    expect(made).toEqual(
      expect.arrayContaining([
        "iam: roles: vod-mediaconvert-dev",
        "mediaconvert: queue: vod-dev",
        "mediapackagev2: channelGroup: vod-dev",
      ]),
    );
    expect(await terraform.run("plan", "-input=false", ...STAGE)).toContain("No changes.");
    await terraform.run("destroy", "-input=false", "-auto-approve");
    expect(added(before, await takeInventory(account))).toEqual([]);
    expect(troubles).toEqual([]);
  },
  120_000,
);
