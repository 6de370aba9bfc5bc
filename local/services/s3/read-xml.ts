import { createHash } from "node:crypto";
import { AwsError, type AwsRequest } from "../../kernel/aws-service";
import { createChecksum } from "../../gateway/checksum";
import { checkIntegrity, requestIntegrity } from "./integrity";
import { malformed, parseXml, type XmlElement } from "./xml";

/** 10,000 parts with a checksum each are under 2 MB. */
const LARGEST_DOCUMENT = 4 * 1024 * 1024;

/** The document in a request's body, which must have the given root. */
export async function readXml(request: AwsRequest, root: string): Promise<XmlElement> {
  const body = await readBody(request);
  checkBody(body, request);
  const parsed = parseXml(body.toString("utf8"));
  if (parsed.name !== root) throw malformed();
  return parsed;
}

async function readBody({ body }: AwsRequest): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > LARGEST_DOCUMENT) {
      throw new AwsError(
        "MaxMessageLengthExceeded",
        `Your request was too big: at most ${LARGEST_DOCUMENT} bytes`,
        400,
      );
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function checkBody(body: Buffer, request: AwsRequest): void {
  const { md5, checksum: name, expected } = requestIntegrity(request);
  // CompleteMultipartUpload's checksum is of the object, not of this document.
  if (request.query.has("uploadId")) return;
  const running = name && createChecksum(name);
  running?.update(body);
  checkIntegrity(
    {
      name: "",
      size: body.length,
      md5: createHash("md5").update(body).digest("hex"),
      ...(name && running ? { checksum: { name, value: running.digest() } } : {}),
    },
    { md5, expected },
  );
}
