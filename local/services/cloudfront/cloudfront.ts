import { AwsError, type Authorize, type AwsRequest, type AwsResponse, type AwsService } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { Deployment, Resource } from "../../terraform/deployment";
import { readBody } from "../json-protocol";
import { element, parseXml, text, type Xml, type XmlElement } from "../s3/xml";

export interface CloudFrontOptions {
  readonly deployment: Deployment;
  readonly authorize: Authorize;
  readonly clock: Clock;
  readonly ids: () => string;
  /** Drops what the edge keeps of some paths. */
  readonly invalidate: (paths: readonly string[]) => void;
}

interface Invalidation {
  readonly id: string;
  readonly reference: string;
  readonly paths: readonly string[];
  /** Milliseconds since 1970. */
  readonly created: number;
}

const VERSION = "2020-05-31";
const NAMESPACE = `http://cloudfront.amazonaws.com/doc/${VERSION}/`;
const MAXIMUM_BODY_BYTES = 1024 * 1024;
/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html */
const PATH = /^\/[^*]*\*?$/;

/** CloudFront's API, as far as the edge is operated: `ListDistributions`, `CreateInvalidation`, `GetInvalidation`. */
export function createCloudFront(options: CloudFrontOptions): AwsService {
  const { deployment, authorize, clock, ids } = options;
  const invalidations = new Map<string, Invalidation>();

  function list({ principal }: AwsRequest): AwsResponse {
    authorize(principal, "cloudfront:ListDistributions", "*");
    const all = deployment.all("aws_cloudfront_distribution");
    return answer(200, "DistributionList", [
      ...[text("Marker", ""), text("MaxItems", 100), text("IsTruncated", false), text("Quantity", all.length)],
      element("Items", ...all.map(distributionSummary)),
    ]);
  }

  async function create(request: AwsRequest, distribution: Resource): Promise<AwsResponse> {
    authorize(request.principal, "cloudfront:CreateInvalidation", String(distribution.values.arn));
    const batch = readBatch(parseXml((await readBody(request, MAXIMUM_BODY_BYTES)).toString("utf8")));
    const same = [...invalidations.values()].find(({ reference }) => reference === batch.reference);
    if (same && same.paths.join() !== batch.paths.join()) {
      throw new AwsError("InvalidArgument", "The CallerReference was used for other paths.");
    }
    const invalidation = same ?? {
      ...batch,
      id: `I${ids().replaceAll("-", "").slice(0, 24).toUpperCase()}`,
      created: clock(),
    };
    invalidations.set(invalidation.id, invalidation);
    options.invalidate(batch.paths);
    return answer(201, "Invalidation", describe(invalidation));
  }

  function get({ principal }: AwsRequest, distribution: Resource, id: string): AwsResponse {
    authorize(principal, "cloudfront:GetInvalidation", String(distribution.values.arn));
    const invalidation = invalidations.get(id);
    if (!invalidation) throw new AwsError("NoSuchInvalidation", "The specified invalidation does not exist.", 404);
    return answer(200, "Invalidation", describe(invalidation));
  }

  function distributionOf(id: string): Resource {
    const found = deployment.all("aws_cloudfront_distribution").find(({ values }) => values.id === id);
    if (found) return found;
    throw new AwsError("NoSuchDistribution", "The specified distribution does not exist.", 404);
  }

  return {
    name: "cloudfront",
    async handle(request) {
      const [, version, kind, id = "", part, invalidation] = request.path.split("/");
      const route = `${request.method} ${[version, kind, id && "id", part, invalidation && "id"].filter(Boolean).join("/")}`;
      switch (route) {
        case `GET ${VERSION}/distribution`:
          return list(request);
        case `POST ${VERSION}/distribution/id/invalidation`:
          return create(request, distributionOf(id));
        case `GET ${VERSION}/distribution/id/invalidation/id`:
          return get(request, distributionOf(id), invalidation ?? "");
        default:
          throw new AwsError(
            "UnknownOperation",
            `CloudFront answers ListDistributions, CreateInvalidation and GetInvalidation here, got ${request.method} ${request.path}.`,
            404,
          );
      }
    },
  };
}

function readBatch(batch: XmlElement): { reference: string; paths: string[] } {
  const child = (of: XmlElement | undefined, name: string) => of?.children.find((each) => each.name === name);
  const reference = child(batch, "CallerReference")?.text ?? "";
  const paths = (child(child(batch, "Paths"), "Items")?.children ?? []).map((path) => path.text);
  if (reference === "") throw new AwsError("MissingArgument", "CallerReference must be given.");
  if (paths.length === 0) throw new AwsError("InvalidArgument", "Paths must hold one path or more.");
  const wrong = paths.find((path) => !PATH.test(path));
  if (wrong !== undefined) {
    throw new AwsError("InvalidArgument", `Your request contains one or more invalid invalidation paths: ${wrong}`);
  }
  return { reference, paths };
}

/** Done at once here; CloudFront takes a minute or more. */
function describe({ id, reference, paths, created }: Invalidation): Xml[] {
  return [
    text("Id", id),
    text("Status", "Completed"),
    text("CreateTime", new Date(created).toISOString()),
    element(
      "InvalidationBatch",
      element("Paths", text("Quantity", paths.length), element("Items", ...paths.map((path) => text("Path", path)))),
      text("CallerReference", reference),
    ),
  ];
}

function distributionSummary({ values }: Resource): Xml {
  return element(
    "DistributionSummary",
    text("Id", String(values.id)),
    text("ARN", String(values.arn)),
    text("Status", "Deployed"),
    text("DomainName", String(values.domain_name)),
    text("Comment", String(values.comment)),
    text("Enabled", values.enabled !== false),
  );
}

function answer(status: number, name: string, children: readonly Xml[]): AwsResponse {
  return {
    status,
    headers: { "content-type": "text/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${NAMESPACE}">${children.join("")}</${name}>`,
  };
}
