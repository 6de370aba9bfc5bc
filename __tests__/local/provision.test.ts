import { artifactsBucket } from "../../local/provision";
import type { Deployment } from "../../local/terraform/deployment";

const deploymentOf = (...buckets: string[]): Deployment => ({
  account: "000000000000",
  region: "eu-west-1",
  all: (type) => buckets.map((s3_bucket) => ({ type, name: "f", address: `${type}.f`, values: { s3_bucket } })),
  get: () => {
    throw new Error("not asked for");
  },
});

test("artifacts lie where the functions find their code", () => {
  expect(artifactsBucket(deploymentOf("vod-artifacts-dev-111111111111-eu-west-1"))).toBe(
    "vod-artifacts-dev-111111111111-eu-west-1",
  );
});

test("a stack without a function does not say where", () => {
  expect(() => artifactsBucket(deploymentOf())).toThrow(
    new Error("the stack has no aws_lambda_function, so nothing says where artifacts lie"),
  );
});
