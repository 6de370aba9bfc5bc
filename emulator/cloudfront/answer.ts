import type { AwsRequest, AwsResponse } from "../../local/kernel/aws-service";
import type { XmlElement } from "../../local/services/s3/xml";
import { writeXml } from "../xml";

export const NAMESPACE = "http://cloudfront.amazonaws.com/doc/2020-05-31/";
export const VERSION = "2020-05-31";

export function answer(document: XmlElement, etag?: string): AwsResponse {
  const headers = { "content-type": "text/xml", ...(etag === undefined ? {} : { etag }) };
  return { status: 200, headers, body: writeXml(document, NAMESPACE) };
}

/** `path` is below the version, `cache-policy/<id>`. */
export function created(document: XmlElement, etag: string, path: string): AwsResponse {
  const { headers, body } = answer(document, etag);
  const location = `https://cloudfront.amazonaws.com/${VERSION}/${path}`;
  return { status: 201, headers: { ...headers, location }, body };
}

export function gone(): AwsResponse {
  return { status: 204 };
}

export function header({ headers }: AwsRequest, name: string): string | undefined {
  return headers[name]?.toString();
}
