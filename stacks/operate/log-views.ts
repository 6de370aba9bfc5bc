import { AthenaNamedQuery } from "@cdktf/provider-aws/lib/athena-named-query";
import { AthenaWorkgroup } from "@cdktf/provider-aws/lib/athena-workgroup";
import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import { GlueCatalogTable } from "@cdktf/provider-aws/lib/glue-catalog-table";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { EDGE_LOG_FIELDS } from "./edge-log-fields";
import type { LogBucket } from "./log-bucket";

const NUMBERS: Readonly<Record<string, string>> = {
  status: "int",
  bytes: "bigint",
  seconds: "double",
  seconds_to_first_byte: "double",
};

/** Questions to the edge's log; `hour` limits what is read, which is what is paid for. */
const QUESTIONS: Readonly<Record<string, string>> = {
  "traffic-by-title": `SELECT split_part(path, '/', 3) AS prefix, count(*) AS requests, sum(bytes) / 1e9 AS gigabytes
FROM edge WHERE hour >= date_format(now() - interval '1' day, '%Y/%m/%d/%H') AND path LIKE '/v1/%'
GROUP BY 1 ORDER BY gigabytes DESC LIMIT 50`,
  "refusals-by-country": `SELECT viewer_country, detailed_result, count(*) AS requests
FROM edge WHERE hour >= date_format(now() - interval '6' hour, '%Y/%m/%d/%H') AND status = 403
GROUP BY 1, 2 ORDER BY requests DESC`,
  "slow-answers": `SELECT path, result, approx_percentile(seconds_to_first_byte, 0.9) AS p90_seconds, count(*) AS requests
FROM edge WHERE hour >= date_format(now() - interval '6' hour, '%Y/%m/%d/%H')
GROUP BY 1, 2 HAVING count(*) > 20 ORDER BY p90_seconds DESC LIMIT 50`,
};

/** The edge's log as a table that Athena reads where it lies, its partitions worked out from the clock. */
export class LogViews extends Construct {
  constructor(scope: Construct, id: string, { name }: Environment, bucket: LogBucket) {
    super(scope, id);
    const database = new GlueCatalogDatabase(this, "logs:database", { name: `vod_logs_${name}` });
    new GlueCatalogTable(this, "edge:table", {
      name: "edge",
      databaseName: database.name,
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
        "storage.location.template": `${bucket.address("edge")}$\${hour}/`, // a literal ${hour}, which Athena fills in
      },
      storageDescriptor: {
        location: bucket.address("edge"),
        inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
        columns: Object.values(EDGE_LOG_FIELDS).map((column) => ({ name: column, type: NUMBERS[column] ?? "string" })),
        serDeInfo: {
          serializationLibrary: "org.openx.data.jsonserde.JsonSerDe",
          parameters: Object.fromEntries(
            Object.entries(EDGE_LOG_FIELDS).map(([field, column]) => [`mapping.${column}`, field]),
          ),
        },
      },
    });
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
    for (const [question, query] of Object.entries(QUESTIONS)) {
      new AthenaNamedQuery(this, question, {
        name: question,
        database: database.name,
        workgroup: workgroup.name,
        query,
      });
    }
  }
}
