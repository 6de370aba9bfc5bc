import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import type {
  CloudfrontDistribution,
  CloudfrontDistributionViewerCertificate,
} from "@cdktf/provider-aws/lib/cloudfront-distribution";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";

const DEFAULT_MINIMUM_TLS = "TLSv1.2_2021";

/** The environment's own host name: its certificate (in us-east-1, as CloudFront demands) and its DNS records. */
export class Domain extends Construct {
  readonly name: string;
  readonly certificate: CloudfrontDistributionViewerCertificate;
  private readonly zoneId: string;

  constructor(scope: Construct, id: string, { deliver }: Environment, provider: AwsProvider) {
    super(scope, id);
    if (!deliver.domain) throw new Error("a Domain needs deliver.domain");
    this.name = deliver.domain.name;
    this.zoneId = deliver.domain.hostedZoneId;
    const certificate = new AcmCertificate(this, "edge", {
      provider,
      domainName: this.name,
      validationMethod: "DNS",
      lifecycle: { createBeforeDestroy: true },
    });
    const proof = certificate.domainValidationOptions.get(0);
    const record = new Route53Record(this, "edge:proof", {
      zoneId: this.zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
      allowOverwrite: true,
    });
    record.overrideLogicalId("edge_proof");
    const validated = new AcmCertificateValidation(this, "edge:validated", {
      provider,
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.fqdn],
    });
    this.certificate = {
      acmCertificateArn: validated.certificateArn,
      sslSupportMethod: "sni-only",
      minimumProtocolVersion: deliver.minimumTls ?? DEFAULT_MINIMUM_TLS,
    };
  }

  /** Points the name at the distribution. */
  pointAt(distribution: CloudfrontDistribution, ipv6: boolean): void {
    for (const type of ipv6 ? ["A", "AAAA"] : ["A"]) {
      new Route53Record(this, `edge_${type.toLowerCase()}`, {
        zoneId: this.zoneId,
        name: this.name,
        type,
        alias: { name: distribution.domainName, zoneId: distribution.hostedZoneId, evaluateTargetHealth: false },
      });
    }
  }
}
