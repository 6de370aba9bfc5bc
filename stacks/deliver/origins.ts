import type { CloudfrontDistributionOrigin } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { ORIGIN_SECRET_HEADER } from "../../handlers/shared/headers";
import type { PrivateBucket } from "../shared/private-bucket";

/** The header by which MediaPackage knows its CDN: https://docs.aws.amazon.com/mediapackage/latest/ug/cdn-auth-setup.html */
const CDN_IDENTIFIER_HEADER = "X-MediaPackage-CDNIdentifier";

export interface OriginsProps {
  readonly environment: Environment;
  readonly packaged: PrivateBucket;
  readonly player: PrivateBucket;
  readonly apiDomain: string;
  readonly originSecret: string;
  /** MediaPackage's egress, in topology `mediapackage`. */
  readonly mediapackage?: { readonly domainName: string; readonly cdnIdentifier: string };
}

/** Where the edge fetches from; none of it answers anybody else. */
export class Origins extends Construct {
  readonly all: CloudfrontDistributionOrigin[];
  /** Origin of manifests and segments. */
  readonly media: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: OriginsProps,
  ) {
    super(scope, id);
    const { name } = props.environment;
    const access = new CloudfrontOriginAccessControl(this, "buckets", {
      name: `vod-buckets-${name}`,
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
      lifecycle: { createBeforeDestroy: true },
    });
    const media = props.mediapackage ? [this.mediapackage(props.mediapackage)] : [];
    this.media = props.mediapackage ? "mediapackage" : "packaged";
    this.all = [
      ...media,
      this.bucket("packaged", props.packaged, access.id),
      this.bucket("player", props.player, access.id),
      this.custom("api", props.apiDomain, {
        customHeader: [{ name: ORIGIN_SECRET_HEADER, value: props.originSecret }],
      }),
    ];
  }

  private mediapackage(to: { domainName: string; cdnIdentifier: string }): CloudfrontDistributionOrigin {
    return this.custom("mediapackage", to.domainName, {
      originPath: "/out",
      customHeader: [{ name: CDN_IDENTIFIER_HEADER, value: to.cdnIdentifier }],
      ...this.shield(),
    });
  }

  private bucket(originId: string, bucket: PrivateBucket, originAccessControlId: string): CloudfrontDistributionOrigin {
    const domainName = bucket.bucket.bucketRegionalDomainName;
    return { originId, domainName, originAccessControlId, ...this.shield() };
  }

  private custom(
    originId: string,
    domainName: string,
    settings: Partial<CloudfrontDistributionOrigin>,
  ): CloudfrontDistributionOrigin {
    return {
      originId,
      domainName,
      customOriginConfig: {
        originProtocolPolicy: "https-only",
        httpPort: 80,
        httpsPort: 443,
        originSslProtocols: ["TLSv1.2"],
      },
      ...settings,
    };
  }

  /** One cache between all edges and the origin: a title that goes viral is fetched once. */
  private shield(): Partial<CloudfrontDistributionOrigin> {
    const { deliver, region } = this.props.environment;
    return { originShield: { enabled: true, originShieldRegion: deliver.originShieldRegion ?? region } };
  }
}
