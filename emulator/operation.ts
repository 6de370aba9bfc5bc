import { type AwsRequest, type AwsResponse, type AwsService } from "../local/kernel/aws-service";
import { bodyText, withBody } from "./body-text";

type Document = Record<string, unknown>;

/** What is done for one call: answered, or passed on with another document. */
export type Operation = (given: Document, passOn: (document: Document) => Promise<AwsResponse>) => Promise<AwsResponse>;

/** A service of AWS's JSON protocols as moto has it, but for the operations that are given here by name. */
export function withOperations(moto: AwsService, operations: Readonly<Record<string, Operation>>): AwsService {
  return {
    name: moto.name,
    async handle(request) {
      const operation = operations[nameOf(request)];
      if (!operation) return moto.handle(request);
      const given = JSON.parse((await bodyText(request)) || "{}") as Document;
      return operation(given, (document) => moto.handle(withBody(request, JSON.stringify(document))));
    },
  };
}

function nameOf({ headers }: AwsRequest): string {
  return headers["x-amz-target"]?.toString().split(".").at(-1) ?? "";
}
