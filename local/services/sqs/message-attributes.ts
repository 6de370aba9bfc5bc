import { createHash } from "node:crypto";
import { AwsError } from "../../kernel/aws-service";
import { isObject } from "../json-protocol";

/** A message attribute of type String, Number or Binary (base64 here, as in JSON). */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

export const stringAttributes = (values: Readonly<Record<string, string>>): MessageAttributes =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { DataType: "String", StringValue: value }]));

/** `MD5OfMessageBody` or `MD5OfBody`, and `MD5OfMessageAttributes`, by which SDKs check what they sent and received. */
export const digests = (body: string, attributes: MessageAttributes, bodyName: string): Record<string, string> => ({
  [bodyName]: createHash("md5").update(body).digest("hex"),
  ...(Object.keys(attributes).length > 0 && { MD5OfMessageAttributes: attributesMd5(attributes) }),
});

/** Attributes as a client sends them; throws `InvalidParameterValue` for one without a type and a value. */
export function parseAttributes(input: Readonly<Record<string, unknown>>): MessageAttributes {
  for (const [name, value] of Object.entries(input)) {
    const isComplete =
      isObject(value) &&
      typeof value.DataType === "string" &&
      (typeof value.StringValue === "string" || typeof value.BinaryValue === "string");
    if (!isComplete) {
      throw new AwsError("InvalidParameterValue", `The message attribute '${name}' must have a DataType and a value.`);
    }
  }
  return input as MessageAttributes;
}

/**
 * The digest by which SDKs check attributes
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html).
 */
function attributesMd5(attributes: MessageAttributes): string {
  const hash = createHash("md5");
  const part = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of Object.keys(attributes).sort()) {
    const { DataType: type = "", StringValue: text, BinaryValue: binary } = attributes[name] ?? {};
    part(Buffer.from(name));
    part(Buffer.from(type));
    hash.update(Buffer.from([binary === undefined ? 1 : 2]));
    part(binary === undefined ? Buffer.from(text ?? "") : Buffer.from(binary, "base64"));
  }
  return hash.digest("hex");
}
