import { randomBytes } from "node:crypto";
import type { Authorize } from "../../../../local/kernel/aws-service";
import { createDynamoDbService, type DynamoDbService } from "../../../../local/services/dynamodb/service";
import type { Resource } from "../../../../local/terraform/deployment";
import { testDeployment } from "../../gateway/test-gateway";

export const TITLES = {
  name: "vod-catalogue-test",
  billing_mode: "PAY_PER_REQUEST",
  hash_key: "assetId",
  attribute: [
    { name: "assetId", type: "S" },
    { name: "status", type: "S" },
    { name: "updatedAt", type: "N" },
  ],
  global_secondary_index: [
    {
      name: "by-status",
      hash_key: "status",
      range_key: "updatedAt",
      projection_type: "INCLUDE",
      non_key_attributes: ["title"],
    },
  ],
};

export const ENTITLEMENTS = {
  name: "vod-entitlements-test",
  hash_key: "viewer",
  range_key: "assetId",
  attribute: [
    { name: "viewer", type: "S" },
    { name: "assetId", type: "S" },
  ],
};

export function openDynamoDb(
  directory: string,
  authorize: Authorize = () => undefined,
  titles: Resource["values"] = TITLES,
): Promise<DynamoDbService> {
  const tables = { "aws_dynamodb_table.catalogue": titles, "aws_dynamodb_table.entitlements": ENTITLEMENTS };
  return createDynamoDbService({ deployment: testDeployment(tables), directory, authorize, random: randomBytes });
}
