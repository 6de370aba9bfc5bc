import { at, distribution, type Mutation, type Resources, type Values, variables } from "./mutation";

/** Changes the statements of a bucket's policy. */
function statements(resources: Resources, bucket: string, change: (all: Values[]) => Values[]): void {
  changePolicy(at(resources, "aws_s3_bucket_policy", bucket), change);
}

function changePolicy(resource: Values, change: (all: Values[]) => Values[]): void {
  const policy = JSON.parse(String(resource.policy)) as { Statement: Values[] };
  resource.policy = JSON.stringify({ ...policy, Statement: change(policy.Statement) });
}

/** Lets anybody use the keys that objects are encrypted with, which would stop a reader by itself. */
function openKeys(resources: Resources): void {
  const use = { Effect: "Allow", Principal: "*", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: "*" };
  for (const resource of Object.values(resources.aws_kms_key_policy ?? {}))
    changePolicy(resource, (all) => [...all, use]);
}

/** The secret header that the edge sends an origin. */
function headerOf(resources: Resources, origin: string): Values {
  const origins = distribution(resources).origin as { origin_id: string; custom_header?: Values[] }[];
  const [header] = origins.find(({ origin_id: id }) => id === origin)?.custom_header ?? [];
  if (!header) throw new Error(`the origin ${origin} is sent no header`);
  return header;
}

/** What the edge and the handlers take for the API's secret. */
function sharedSecret(resources: Resources, value: string): void {
  for (const name of Object.keys(resources.aws_lambda_function ?? {})) {
    const own = variables(resources, name);
    if ("API_ORIGIN_SECRET" in own) own.API_ORIGIN_SECRET = value;
  }
  headerOf(resources, "api").value = value;
}

const without = (sids: readonly string[]) => (all: Values[]) => all.filter(({ Sid }) => !sids.includes(String(Sid)));

/** What the origins ask of whoever reaches them past the edge. */
export const AT_THE_ORIGINS: readonly Mutation[] = [
  {
    control: "origin secret",
    change: "the secret can be guessed",
    fails: ["api-wrong-secret"],
    stack: (resources) => sharedSecret(resources, "guess"),
  },
  {
    control: "origin secret",
    change: "both origins share one secret",
    fails: ["api-other-secret"],
    stack: (resources) => sharedSecret(resources, "${var.cdn_identifier}"),
  },
  {
    control: "origin secret",
    change: "the API's secret is the one of before the rotation",
    fails: ["api-retired-secret"],
    stack: (resources, { apiOriginSecret }) => sharedSecret(resources, apiOriginSecret),
  },
  {
    control: "CDN identifier",
    change: "the identifier is changed back to that of before the rotation",
    fails: ["origin-retired-identifier"],
    stack: (resources, { cdnIdentifier }) => {
      const version = at(resources, "aws_secretsmanager_secret_version", "cdn_identifier");
      version.secret_string = JSON.stringify({ MediaPackageCDNIdentifier: cdnIdentifier });
      headerOf(resources, "mediapackage").value = cdnIdentifier;
    },
  },
  {
    control: "CDN identifier",
    change: "the packaging group asks for no authorization",
    fails: ["origin-no-identifier", "origin-wrong-identifier", "origin-empty-identifier"],
    stack: (resources) => {
      const stack = at(resources, "aws_cloudformation_stack", "packaging");
      const body = JSON.parse(String(stack.template_body)) as { Resources: Record<string, { Properties: Values }> };
      delete body.Resources.PackagingGroup?.Properties.Authorization;
      stack.template_body = JSON.stringify(body);
    },
  },
  {
    control: "bucket policies",
    change: "anybody may read, list and fill the source bucket, and use its key",
    fails: ["source-anonymous", "source-foreign-role", "source-foreign-list", "source-foreign-write", "source-by-edge"],
    stack: (resources) => {
      openKeys(resources);
      statements(resources, "source", (all) => [
        ...all,
        {
          Effect: "Allow",
          Principal: "*",
          Action: ["s3:GetObject", "s3:ListBucket", "s3:PutObject"],
          Resource: ["${aws_s3_bucket.source.arn}", "${aws_s3_bucket.source.arn}/*"],
        },
      ]);
    },
  },
  {
    control: "bucket policies",
    change: "no Deny stands in the buckets' policies",
    fails: [
      "source-plaintext",
      "source-read-plaintext",
      "packaged-read-plaintext",
      "source-other-encryption",
      "packaged-other-key",
      "part-plaintext",
    ],
    stack: (resources) => {
      const denies = ["DenyPlaintextTransport", "DenyOtherEncryption", "DenyOtherKey"];
      statements(resources, "source", without(denies));
      statements(resources, "packaged", without(denies));
    },
  },
  {
    control: "bucket policies",
    change: "anybody may read, list and fill the whole packaged bucket, and use its key",
    fails: [
      "packaged-anonymous",
      "packaged-foreign-role",
      "packaged-foreign-list",
      "packaged-foreign-write",
      "ladder-by-edge",
      "poster-by-other-edge",
    ],
    stack: (resources) => {
      openKeys(resources);
      statements(resources, "packaged", (all) =>
        all.map((statement) => {
          if (statement.Sid !== "DistributionReads") return statement;
          const Resource = ["${aws_s3_bucket.packaged.arn}", "${aws_s3_bucket.packaged.arn}/*"];
          const Action = ["s3:GetObject", "s3:ListBucket", "s3:PutObject"];
          return { ...statement, Principal: "*", Action, Resource, Condition: undefined };
        }),
      );
    },
  },
];
