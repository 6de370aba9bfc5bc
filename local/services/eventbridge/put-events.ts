import { AwsError, type AwsRequest, type AwsResponse } from "../../kernel/aws-service";
import type { EventEntry } from "../../kernel/event-bus";
import { isObject, jsonAnswer, readJsonCall, type JsonInput } from "../json-protocol";

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MAXIMUM_ENTRIES = 10;
const MAXIMUM_BYTES = 1024 * 1024;

type EntryResult = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

/**
 * EventBridge's API, as far as it is needed to send events: `PutEvents`. Entries are judged one by one, as AWS does;
 * `publish` returns the event's id.
 */
export async function putEvents(
  request: AwsRequest,
  authorize: () => void,
  publish: (entry: EventEntry) => string,
): Promise<AwsResponse> {
  const { operation, input } = await readJsonCall(request, "AWSEvents", MAXIMUM_BYTES);
  if (operation !== "PutEvents") {
    throw new AwsError("UnknownOperationException", `EventBridge answers PutEvents here, got ${operation}.`);
  }
  authorize();
  const entries = input.objects("Entries");
  if (entries.length < 1 || entries.length > MAXIMUM_ENTRIES) {
    throw new AwsError(
      "ValidationException",
      `Entries must hold 1 to ${MAXIMUM_ENTRIES} entries, got ${entries.length}.`,
    );
  }
  const results = entries.map((entry) => putEntry(entry, publish));
  return jsonAnswer(
    { FailedEntryCount: results.filter((result) => "ErrorCode" in result).length, Entries: results },
    "1.1",
  );
}

function putEntry(input: JsonInput, publish: (entry: EventEntry) => string): EntryResult {
  const source = input.optionalText("Source");
  const detailType = input.optionalText("DetailType");
  const text = input.optionalText("Detail");
  const bus = input.optionalText("EventBusName") ?? "default";
  if (!source || !detailType || !text) {
    return failed(
      "InvalidArgument",
      "Parameter Source, DetailType or Detail is not valid. Reason: it is a required argument.",
    );
  }
  if (source.startsWith("aws.")) {
    return failed("NotAuthorizedForSourceException", "Not authorized for the source.");
  }
  if (bus !== "default" && !bus.endsWith(":event-bus/default")) {
    return failed("InvalidArgument", `Event bus ${bus} does not exist.`);
  }
  const detail = parseDetail(text);
  if (!detail) return failed("MalformedDetail", "Detail is malformed.");
  return { EventId: publish({ source, detailType, detail, resources: input.texts("Resources") }) };
}

function parseDetail(text: string): Record<string, unknown> | undefined {
  try {
    const detail: unknown = JSON.parse(text);
    return isObject(detail) ? detail : undefined;
  } catch {
    return undefined;
  }
}

const failed = (ErrorCode: string, ErrorMessage: string): EntryResult => ({ ErrorCode, ErrorMessage });
