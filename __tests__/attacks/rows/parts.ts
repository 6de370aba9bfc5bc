import { HeadObjectCommand, UploadPartCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { decodeUploadId } from "../../../handlers/accept-uploads/upload-id";
import type { Answer, Ask } from "../../local/edge/fixture";
import { under } from "../attack";
import { s3By } from "../callers";
import { said } from "../said";
import type { Target } from "../target";
import { BYTES, calling, editorOf, type Started, withUpload } from "./upload-calls";

/** How long a part's address may be good, seconds. */
const LIFE = 900;

/** Sends a part to its address, nothing normalised. */
const put = (target: Target, address: URL, how: Ask = {}): Promise<Answer> =>
  target.origin(address.host, address.pathname + address.search, { method: "PUT", body: BYTES, ...how });

/** The good address of an upload's only part, changed or sent otherwise. */
const sending =
  (change: (address: URL, target: Target) => Ask | void) =>
  (target: Target): Promise<string> =>
    withUpload(target, async (upload) => {
      const address = addressOf(upload);
      const how = change(address, target) ?? {};
      return said(await put(target, address, how));
    });

const addressOf = ({ parts }: Started): URL => new URL(parts[0]?.url ?? "");
const parameter = (name: string, value: string) => sending(({ searchParams }) => searchParams.set(name, value));

const mismatch = { outcome: "refused", answer: "403 SignatureDoesNotMatch" } as const;
const denied = { outcome: "refused", answer: "403 AccessDenied" } as const;
const gone = { outcome: "refused", answer: "404 NoSuchUpload" } as const;

// prettier-ignore
export const PARTS = under("upload address", [
  { id: "part-other-key", sent: "a part's address, its key changed", ...mismatch, send: sending((address) => void (address.pathname = address.pathname.replace("attack", "other"))) },
  { id: "part-other-bucket", sent: "a part's address, its bucket changed to the packaged one", ...mismatch, send: sending((address, { report }) => void (address.pathname = address.pathname.replace(report.aws.sourceBucket, report.aws.packagedBucket))) },
  { id: "part-other-part", sent: "a part's address for another part", ...mismatch, send: parameter("partNumber", "2") },
  { id: "part-other-upload", sent: "a part's address for another upload", ...mismatch, send: parameter("uploadId", "0".repeat(48)) },
  { id: "part-lengthened", sent: "a part's address, good for a week", ...mismatch, send: parameter("X-Amz-Expires", "604800") },
  { id: "part-longer", sent: "one byte more than the part has", ...mismatch, send: sending(() => ({ body: `${BYTES}x` })) },
  { id: "part-shorter", sent: "one byte less", ...mismatch, send: sending(() => ({ body: BYTES.slice(1) })) },
  { id: "part-as-object", sent: "a part's address without upload and part, as if to put an object", ...mismatch, send: sending(({ searchParams }) => ["uploadId", "partNumber", "x-id"].forEach((name) => searchParams.delete(name))) },
  { id: "part-read", sent: "`GET` of a part's address", ...mismatch, send: sending(() => ({ method: "GET", body: undefined })) },
  { id: "part-deleted", sent: "`DELETE` of a part's address", ...mismatch, send: sending(() => ({ method: "DELETE", body: undefined })) },
  { id: "part-unsigned", sent: "a part's address without its signature", ...denied, send: sending((address) => void (address.search = address.search.replace(/&?X-Amz-[^&]*/g, ""))) },
  { id: "part-other-headers", sent: "a part with an `x-amz-acl` that its address does not sign", ...denied, send: sending(() => ({ headers: { "x-amz-acl": "public-read" } })) },
  { id: "part-other-type", sent: "a part with the type of a page: the file's is the one that the upload began with", outcome: "no effect", answer: "200", send: otherType },
  { id: "part-expired", sent: "a part's address that ended a second ago", ...denied, send: expired },
  { id: "part-life", sent: "nothing wrong: how long a part's address is good", outcome: "bounded", answer: `200 for ${LIFE} s at most`, send: life },
  { id: "part-after-abort", sent: "a part of an upload that was aborted", ...gone, send: afterwards((target, { uploadId }) => calling(target, editorOf(target), "DELETE", `/${uploadId}`)) },
  { id: "part-replayed", sent: "a part once more, after its upload was completed", ...gone, send: afterwards(completed) },
]);

// prettier-ignore
export const PLAIN_PART = under("bucket policies", [
  { id: "part-plaintext", sent: "a part to its good address over plain HTTP", ...denied, send: sending(() => ({ headers: { "x-forwarded-proto": "http" } })) },
]);

/** An address like the handler's, signed by the handler's own role, of as long ago as it is good. */
function expired(target: Target): Promise<string> {
  return withUpload(target, async ({ uploadId }) => {
    const { key: Key, s3UploadId: UploadId } = decodeUploadId(uploadId) ?? {};
    const arn = String(target.deployment.get("aws_lambda_function.accept_uploads").values.role);
    const client = s3By(target.report.aws, target.keyOf({ kind: "role", arn }));
    const part = { Bucket: target.report.aws.sourceBucket, Key, UploadId, PartNumber: 1, ContentLength: BYTES.length };
    const signingDate = new Date(Date.now() - (LIFE + 1) * 1000);
    const url = await getSignedUrl(client, new UploadPartCommand(part), { expiresIn: LIFE, signingDate });
    client.destroy();
    return said(await put(target, new URL(url)));
  });
}

function life(target: Target): Promise<string> {
  return withUpload(target, async (upload) => {
    const address = addressOf(upload);
    const seconds = Number(address.searchParams.get("X-Amz-Expires"));
    return `${said(await put(target, address))} for ${seconds <= LIFE ? `${LIFE} s at most` : `${seconds} s`}`;
  });
}

/** Sends the part, ends the upload, and sends the part again. */
function afterwards(end: (target: Target, upload: Started) => Promise<unknown>) {
  return (target: Target): Promise<string> =>
    withUpload(target, async (upload) => {
      await put(target, addressOf(upload));
      await end(target, upload);
      return said(await put(target, addressOf(upload)));
    });
}

async function completed(target: Target, { uploadId }: Started): Promise<void> {
  const answer = await calling(target, editorOf(target), "POST", `/${uploadId}/complete`, { size: BYTES.length });
  if (answer.status !== 200) throw new Error(`the upload was not completed: ${answer.text}`);
}

function otherType(target: Target): Promise<string> {
  return withUpload(target, async (upload) => {
    const sent = await put(target, addressOf(upload), { headers: { "content-type": "text/html" } });
    await completed(target, upload);
    const client = s3By(target.report.aws, target.report.aws);
    const head = new HeadObjectCommand({ Bucket: target.report.aws.sourceBucket, Key: upload.key });
    const { ContentType } = await client.send(head);
    client.destroy();
    return ContentType === "text/vtt" ? said(sent) : `${said(sent)}, and stored as ${ContentType}`;
  });
}
