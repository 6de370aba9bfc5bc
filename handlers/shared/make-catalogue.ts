import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Catalogue } from "./catalogue";
import { CLIENT_OPTIONS } from "./client-options";
import { dynamoCatalogue } from "./dynamo-catalogue";

/** A document client with the options that the handlers' items need: absent values are left out, at any depth. */
export function documentClient(client: DynamoDBClient = new DynamoDBClient(CLIENT_OPTIONS)): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

export function makeCatalogue(table: string): Catalogue {
  return dynamoCatalogue(documentClient(), table);
}
