import { overrides } from "../../../script/emulated/overrides";

const PROVIDER = { s3_use_path_style: true, skip_metadata_api_check: true, max_retries: 3 };

test("both providers reach one endpoint, and no credential is written down", () => {
  expect(overrides()).toEqual({ provider: { aws: [PROVIDER, { alias: "edge", ...PROVIDER }] } });
});

test("a state may stand beside the stack, and what lasts may be destroyed when that is asked for by address", () => {
  expect(overrides({ local: true, unprotected: ["aws_s3_bucket.state", "aws_s3_bucket.artifacts"] })).toMatchObject({
    terraform: { backend: { local: {} } },
    resource: {
      aws_s3_bucket: {
        state: { lifecycle: { prevent_destroy: false } },
        artifacts: { lifecycle: { prevent_destroy: false } },
      },
    },
  });
});
