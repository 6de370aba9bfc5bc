import { Readable } from "node:stream";
import type { AwsRequest, Principal } from "../../../../local/kernel/aws-service";
import type { Deployment, Resource } from "../../../../local/terraform/deployment";

export const ACCOUNT = "000000000000";
export const REGION = "eu-west-1";
export const SECRET_ARN = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:cdn-identifier`;
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/package-read`;
export const SECRETS_ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/package-secrets`;
export const CALLER: Principal = { kind: "role", arn: `arn:aws:iam::${ACCOUNT}:role/register-asset` };

const HLS = { HlsManifests: [{ ManifestName: "index" }], SegmentDurationSeconds: 4 };

/** The template body that the packaging stack has, with changes. */
export function template(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const configuration = (id: string, body: Record<string, unknown>) => ({
    Type: "AWS::MediaPackage::PackagingConfiguration",
    Properties: { Id: id, PackagingGroupId: { Ref: "Group" }, ...body },
  });
  return {
    Resources: {
      Group: {
        Type: "AWS::MediaPackage::PackagingGroup",
        Properties: {
          Id: "vod-local",
          Authorization: { CdnIdentifierSecret: SECRET_ARN, SecretsRoleArn: SECRETS_ROLE_ARN },
        },
      },
      Hls: configuration("local-hls-v1", { HlsPackage: HLS }),
      Dash: configuration("local-dash-v1", {
        DashPackage: { DashManifests: [{ ManifestName: "index", MinBufferTimeSeconds: 8 }], SegmentDurationSeconds: 4 },
      }),
      Cmaf: configuration("local-cmaf-v1", { CmafPackage: HLS }),
      ...changes,
    },
  };
}

export function deployment(body: Record<string, unknown> = template()): Deployment {
  const stack: Resource = {
    type: "aws_cloudformation_stack",
    name: "packaging",
    address: "aws_cloudformation_stack.packaging",
    values: { name: "packaging", template_body: JSON.stringify(body) },
  };
  return {
    account: ACCOUNT,
    region: REGION,
    all: (type) => (type === stack.type ? [stack] : []),
    get: (address) => {
      throw new Error(`${address} is not expected here`);
    },
  };
}

/** A request as the gateway hands it on. */
export function request(
  method: string,
  url: string,
  options: Partial<AwsRequest> & { json?: unknown } = {},
): AwsRequest {
  const { json, ...rest } = options;
  const { pathname, searchParams, hostname } = new URL(url, "https://gateway");
  const body = Readable.from(json === undefined ? [] : [Buffer.from(JSON.stringify(json))]);
  return { method, path: pathname, query: searchParams, headers: {}, host: hostname, body, principal: CALLER, ...rest };
}
