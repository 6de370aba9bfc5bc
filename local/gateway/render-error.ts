import { AwsError, type AwsResponse } from "../kernel/aws-service";

export interface ErrorContext {
  /** Signing name of the service that refused. */
  readonly service: string;
  readonly requestId: string;
  readonly resource: string;
  /** The request's content type, which JSON protocols answer in. */
  readonly contentType?: string;
}

/** An error in the protocol of its service: XML for S3 and CloudFront, JSON for all others. */
export function renderError(error: AwsError, context: ErrorContext): AwsResponse {
  if (context.service === "s3") return xmlError(error, context);
  return context.service === "cloudfront" ? restXmlError(error, context) : jsonError(error, context);
}

/** What a caller is told of a defect: no message and no stack. */
export function internalFailure(): AwsError {
  return new AwsError("InternalFailure", "We encountered an internal error. Please try again.", 500);
}

function xmlError(error: AwsError, { requestId, resource }: ErrorContext): AwsResponse {
  // S3's own name for it (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html).
  const code = error.code === "InternalFailure" ? "InternalError" : error.code;
  const fields = { Code: code, Message: error.message, Resource: resource, RequestId: requestId };
  const body = Object.entries(fields)
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join("");
  return {
    status: error.status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${body}</Error>`,
  };
}

/** https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html#operation-error-serialization */
function restXmlError({ code, message, status }: AwsError, { requestId }: ErrorContext): AwsResponse {
  const type = status < 500 ? "Sender" : "Receiver";
  const error = `<Error><Type>${type}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>`;
  return {
    status,
    headers: { "content-type": "text/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<ErrorResponse>${error}<RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}

function jsonError(error: AwsError, { contentType = "" }: ErrorContext): AwsResponse {
  const type = /^application\/x-amz-json-1\.[01]/.exec(contentType)?.[0] ?? "application/json";
  return {
    status: error.status,
    headers: { "content-type": type, "x-amzn-errortype": error.code },
    body: JSON.stringify({ __type: error.code, message: error.message }),
  };
}

function escapeXml(text: string): string {
  return (
    text
      .replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
      // XML 1.0 has no way to write these, not even escaped.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
  );
}
