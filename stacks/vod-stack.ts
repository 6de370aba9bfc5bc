import { TerraformOutput, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../environments/environment";
import { Deliver } from "./deliver/deliver";
import { Entitle } from "./entitle/entitle";
import { Ingest } from "./ingest/ingest";
import { Uploads } from "./ingest/uploads";
import { Operate } from "./operate/operate";
import { Package } from "./package/package";
import { Catalogue } from "./shared/catalogue";
import { PlatformStack } from "./shared/platform-stack";
import type { Release } from "./shared/release";
import { dataKeyUsers } from "./shared/data-key-users";
import { StorageKey } from "./shared/storage-key";
import { Transcode } from "./transcode/transcode";

export interface VodStackProps {
  readonly environment: Environment;
  readonly release: Release;
}

/** The platform of one environment: ingest, transcode, package, entitle, deliver, operate. */
export class VodStack extends PlatformStack {
  constructor(scope: Construct, { environment, release }: VodStackProps) {
    super(scope, `vod-${environment.name}`, environment);
    const cdnIdentifier = this.secret(
      "cdn_identifier",
      "Header value that MediaPackage's egress demands: 8 to 128 characters, a UUID by preference",
    );
    const originSecret = this.secret(
      "api_origin_secret",
      "Header value that the API's handlers demand: 32 random characters or more",
    );

    const key = new StorageKey(this, "data", { environment, description: "Tables, logs, queues and topics" });
    const secretsKey = new StorageKey(this, "secrets", { environment, description: "Secrets" });
    key.admit(dataKeyUsers(environment));
    secretsKey.admit([]);
    const context = { environment, release, key };
    const catalogue = new Catalogue(this, "titles", environment, key);

    const ingest = new Ingest(this, "ingest", environment);
    const transcode = new Transcode(this, "transcode", { context, ingest, catalogue });
    ingest.deliverTo(transcode.submit);
    const packaging = new Package(this, "package", { context, transcode, catalogue, secretsKey, cdnIdentifier });
    const entitle = new Entitle(this, "entitle", { context, catalogue, secretsKey, originSecret });
    const deliver = new Deliver(this, "deliver", {
      environment,
      release,
      edgeProvider: this.edgeProvider,
      ingest,
      transcode,
      package: packaging,
      entitle,
      cdnIdentifier,
      originSecret,
    });
    entitle.signInFor(deliver.page);
    const mint = entitle.mintFor(deliver.origin);
    const { api, groupsClaim } = entitle;
    const uploads = { context, ingest, catalogue, api, groupsClaim, originSecret, pageOrigin: deliver.origin };
    new Uploads(this, "uploads", uploads);
    const { edgeProvider } = this;
    new Operate(this, "operate", {
      context,
      edgeProvider,
      secretsKey,
      originSecret,
      catalogue,
      transcode,
      package: packaging,
      entitle,
      mint,
      deliver,
    });

    this.output("app", deliver.page, "The player page");
    this.output(
      "source_bucket",
      ingest.source.bucketName,
      `Where mezzanines are uploaded, under ${environment.ingest.uploadPrefix}`,
    );
  }

  /** A value that the environment's secret store supplies. It stands in the state, so the state is as secret as it is. */
  private secret(name: string, description: string): string {
    return new TerraformVariable(this, name, { type: "string", description, sensitive: true, nullable: false })
      .stringValue;
  }

  private output(id: string, value: string, description: string): void {
    new TerraformOutput(this, `${id}:output`, { value, description }).overrideLogicalId(id);
  }
}
