import { AthenaNamedQuery } from "@cdktf/provider-aws/lib/athena-named-query";
import { AthenaWorkgroup } from "@cdktf/provider-aws/lib/athena-workgroup";
import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import {
  GlueCatalogTable,
  type GlueCatalogTableStorageDescriptorSerDeInfo,
} from "@cdktf/provider-aws/lib/glue-catalog-table";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { LogBucket } from "./log-bucket";
import type { LogView } from "./log-view";

/** Logs as tables that Athena reads where they lie, their partitions worked out from the clock. */
export class LogViews extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { name }: Environment,
    private readonly bucket: LogBucket,
    views: readonly LogView[],
  ) {
    super(scope, id);
    const database = new GlueCatalogDatabase(this, "logs:database", { name: `vod_logs_${name}` });
    const workgroup = new AthenaWorkgroup(this, "logs:workgroup", {
      name: `vod-logs-${name}`,
      description: "Questions to the logs",
      configuration: {
        enforceWorkgroupConfiguration: true,
        bytesScannedCutoffPerQuery: 100 * 1024 ** 3,
        resultConfiguration: {
          outputLocation: bucket.address("answers"),
          encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: bucket.key.arn },
        },
      },
    });
    for (const view of views) {
      this.addTable(database.name, view);
      for (const [question, query] of Object.entries(view.questions)) {
        new AthenaNamedQuery(this, question, {
          name: question,
          database: database.name,
          workgroup: workgroup.name,
          query,
        });
      }
    }
  }

  private addTable(databaseName: string, { name, folder, columns, fields }: LogView): void {
    const address = this.bucket.address(folder);
    new GlueCatalogTable(this, `${name}:table`, {
      name,
      databaseName,
      tableType: "EXTERNAL_TABLE",
      partitionKeys: [{ name: "hour", type: "string" }],
      // https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
      parameters: {
        "projection.enabled": "true",
        "projection.hour.type": "date",
        "projection.hour.format": "yyyy/MM/dd/HH",
        "projection.hour.range": "2026/01/01/00,NOW",
        "projection.hour.interval": "1",
        "projection.hour.interval.unit": "HOURS",
        "storage.location.template": `${address}$\${hour}/`, // a literal ${hour}, which Athena fills in
      },
      storageDescriptor: {
        location: address,
        inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
        columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
        serDeInfo: reader(fields),
      },
    });
  }
}

/** https://docs.aws.amazon.com/athena/latest/ug/supported-serdes.html */
function reader(fields: LogView["fields"]): GlueCatalogTableStorageDescriptorSerDeInfo {
  if (fields === "by position") {
    return {
      serializationLibrary: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
      parameters: { "field.delim": "\t", "serialization.format": "\t" },
    };
  }
  return {
    serializationLibrary: "org.openx.data.jsonserde.JsonSerDe",
    parameters: Object.fromEntries(Object.entries(fields).map(([column, field]) => [`mapping.${column}`, field])),
  };
}
