import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CloudfrontDistribution,
  type CloudfrontDistributionCustomErrorResponse,
  type CloudfrontDistributionOrderedCacheBehavior,
} from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontFunction } from "@cdktf/provider-aws/lib/cloudfront-function";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { Entitle } from "../entitle/entitle";
import type { Ingest } from "../ingest/ingest";
import type { Package } from "../package/package";
import type { Statement } from "../shared/policy";
import { PrivateBucket } from "../shared/private-bucket";
import type { Release } from "../shared/release";
import type { Transcode } from "../transcode/transcode";
import { behaviours } from "./behaviours";
import { CachePolicies } from "./cache-policies";
import { Domain } from "./domain";
import { Firewall } from "./firewall";
import { distributionComment } from "./names";
import { Origins } from "./origins";
import { PlayerFiles } from "./player-files";
import { ResponseHeaders } from "./response-headers";

export interface DeliverProps {
  readonly environment: Environment;
  readonly release: Release;
  readonly edgeProvider: AwsProvider;
  /** Whose source bucket the page's producers upload to. */
  readonly ingest: Ingest;
  readonly transcode: Transcode;
  readonly package: Package;
  readonly entitle: Entitle;
  readonly cdnIdentifier: string;
  readonly originSecret: string;
}

/** Deliver: the one public address. Whatever is not signed is turned away, save for the open paths of the route table. */
export class Deliver extends Construct {
  /** `https://<host>` as viewers see it. */
  readonly origin: string;
  /** Address of the player page. */
  readonly page: string;
  readonly distribution: CloudfrontDistribution;
  readonly firewall: Firewall;
  private ordered: readonly CloudfrontDistributionOrderedCacheBehavior[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DeliverProps,
  ) {
    super(scope, id);
    const { environment, edgeProvider } = props;
    this.firewall = new Firewall(this, "firewall", environment, edgeProvider);
    const player = this.makePlayer();
    const domain = environment.deliver.domain && new Domain(this, "domain", environment, edgeProvider);
    this.distribution = this.makeDistribution(player, domain);
    domain?.pointAt(this.distribution, environment.deliver.ipv6);
    this.origin = `https://${domain?.name ?? this.distribution.domainName}`;
    this.page = `${this.origin}/app/`;
    this.admitEdge(player);
  }

  /**
   * Has requests for titles recorded as a real-time log configuration says. Of titles alone: such a record holds the
   * query, in which a file's signed address has its signature, and the API's requests are in its own log.
   */
  recordMedia(realtimeLogConfigArn: string): void {
    this.distribution.putOrderedCacheBehavior(
      this.ordered.map((route) => (route.pathPattern.startsWith("/v1/") ? { ...route, realtimeLogConfigArn } : route)),
    );
  }

  private makePlayer(): PrivateBucket {
    const { environment, release, entitle } = this.props;
    const player = new PrivateBucket(this, "player", { environment });
    new PlayerFiles(this, "player-files", { environment, player, files: release.player, signIn: entitle.signIn });
    return player;
  }

  private makeDistribution(player: PrivateBucket, domain: Domain | undefined): CloudfrontDistribution {
    const { environment, entitle, ingest, transcode } = this.props;
    const { deliver, name } = environment;
    const packaging = this.props.package.packaging;
    const origins = new Origins(this, "origins", {
      environment,
      packaged: transcode.packaged,
      player,
      apiDomain: entitle.api.domainName,
      originSecret: this.props.originSecret,
      mediapackage: packaging && { domainName: packaging.domainName, cdnIdentifier: this.props.cdnIdentifier },
    });
    const routes = behaviours({
      policies: new CachePolicies(this, "cache-policies", environment),
      headers: new ResponseHeaders(this, "headers", {
        environment,
        pageConnects: [...entitle.pageConnects, ingest.source.bucket.bucketRegionalDomainName],
      }),
      keyGroupId: entitle.keys.keyGroupId,
      media: origins.media,
      appIndexArn: this.appIndex(environment).arn,
      downloads: environment.transcode.download !== "none",
    });
    this.ordered = routes.ordered;
    return new CloudfrontDistribution(this, "vod", {
      comment: distributionComment(name),
      enabled: true,
      isIpv6Enabled: deliver.ipv6,
      httpVersion: "http2and3",
      priceClass: deliver.priceClass,
      aliases: domain ? [domain.name] : undefined,
      viewerCertificate: domain?.certificate ?? { cloudfrontDefaultCertificate: true },
      webAclId: this.firewall.arn,
      restrictions: { geoRestriction: { restrictionType: "none" } },
      origin: origins.all,
      defaultCacheBehavior: routes.fallback,
      orderedCacheBehavior: routes.ordered,
      customErrorResponse: errorCaching(),
    });
  }

  private appIndex({ name }: Environment): CloudfrontFunction {
    return new CloudfrontFunction(this, "app_index", {
      name: `vod-app-index-${name}`,
      runtime: "cloudfront-js-2.0",
      publish: true,
      code: readFileSync(join(__dirname, "app-index.js"), "utf8"),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** Bucket policy and key policy must both admit the distribution, and only for the paths that it serves. */
  private admitEdge(player: PrivateBucket): void {
    const { transcode, environment } = this.props;
    const { packaged, packagedKey } = transcode;
    const media = environment.topology === "direct" ? [`${packaged.arn}/v1/*`] : [];
    const files = environment.transcode.download === "none" ? [] : [`${packaged.arn}/downloads/*`];
    packaged.admit([this.edgeMay(["s3:GetObject"], [`${packaged.arn}/posters/*`, ...files, ...media])]);
    packagedKey.admit([this.edgeMay(["kms:Decrypt"], ["*"])]);
    player.admit([this.edgeMay(["s3:GetObject"], [`${player.arn}/app/*`])]);
  }

  private edgeMay(actions: readonly string[], resources: readonly string[]): Statement {
    return {
      Sid: "DistributionReads",
      Effect: "Allow",
      Action: actions,
      Resource: resources,
      Principal: { Service: "cloudfront.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceArn": this.distribution.arn } },
    };
  }
}

/**
 * No error is remembered, so that a passing fault passes, and none is given a page: these settings hold for the whole
 * distribution, and would put a page in the place of the API's own answers.
 */
function errorCaching(): CloudfrontDistributionCustomErrorResponse[] {
  return [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((errorCode) => ({
    errorCode,
    errorCachingMinTtl: 0,
  }));
}
