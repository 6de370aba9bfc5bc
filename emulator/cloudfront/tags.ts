import type { AwsRequest, AwsResponse } from "../../local/kernel/aws-service";
import { childText, parseXml, type XmlElement } from "../../local/services/s3/xml";
import { everywhere, xml } from "../xml";
import { bodyText } from "../body-text";
import { answer, gone } from "./answer";

/** The tags of distributions, by ARN: the one thing in CloudFront's part of the stack that takes any. */
export class Tags {
  private readonly byArn = new Map<string, Map<string, string>>();

  /** `document` holds `Tag` elements. */
  put(arn: string, document: XmlElement): void {
    const tags = this.byArn.get(arn) ?? new Map<string, string>();
    for (const tag of everywhere(document, "Tag")) tags.set(childText(tag, "Key") ?? "", childText(tag, "Value") ?? "");
    this.byArn.set(arn, tags);
  }

  forget(arn: string): void {
    this.byArn.delete(arn);
  }

  async call(request: AwsRequest): Promise<AwsResponse> {
    const arn = request.query.get("Resource") ?? "";
    if (request.method === "GET") return answer(this.list(arn));
    const document = parseXml(await bodyText(request));
    if (request.query.get("Operation") === "Untag") this.remove(arn, document);
    else this.put(arn, document);
    return gone();
  }

  private remove(arn: string, document: XmlElement): void {
    for (const { text } of everywhere(document, "Key")) this.byArn.get(arn)?.delete(text);
  }

  private list(arn: string): XmlElement {
    const tags = [...(this.byArn.get(arn) ?? [])];
    return xml("Tags", xml("Items", ...tags.map(([key, value]) => xml("Tag", xml("Key", key), xml("Value", value)))));
  }
}
