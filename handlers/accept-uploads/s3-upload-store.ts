import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  NoSuchUpload,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { UploadName } from "./upload-id";
import type { NewUpload, ReceivedPart, UploadStore } from "./upload-store";

export interface S3UploadStoreOptions {
  readonly client: S3Client;
  /** With the time that S3 takes to put a large file together. */
  readonly patientClient: S3Client;
  readonly bucket: string;
  readonly keyArn: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** How long ago an object may have been made to be taken for the outcome of an upload that is gone, milliseconds. */
const LATELY_MS = 3_600_000;

/** Multipart uploads in S3, encrypted with the bucket's key. */
export function s3UploadStore(options: S3UploadStoreOptions): UploadStore {
  const { client, patientClient, bucket } = options;
  const named = ({ key, s3UploadId }: UploadName) => ({ Bucket: bucket, Key: key, UploadId: s3UploadId });
  return {
    create: (upload) => create(options, upload),
    async unfinished(prefix) {
      const list = new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix });
      const { Uploads = [] } = await client.send(list);
      return Uploads.flatMap(({ Key: key, UploadId: s3UploadId, Initiated }) =>
        key && s3UploadId ? [{ key, s3UploadId, startedAt: Initiated?.toISOString() }] : [],
      );
    },
    received: (upload) => unlessGone(undefined, () => listParts(client, named(upload))),
    complete: (upload, parts) =>
      unlessGone(false, async () => {
        const Parts = parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag }));
        const command = new CompleteMultipartUploadCommand({ ...named(upload), MultipartUpload: { Parts } });
        await patientClient.send(command);
        return true;
      }),
    abort: (upload) =>
      unlessGone(false, async () => {
        await client.send(new AbortMultipartUploadCommand(named(upload)));
        return true;
      }),
    isStored: (key, size, parts) => isStored(options, key, size, parts),
    partAddress: (upload, { number, size }, seconds) => {
      const command = new UploadPartCommand({ ...named(upload), PartNumber: number, ContentLength: size });
      return getSignedUrl(client, command, { expiresIn: seconds });
    },
  };
}

async function create({ client, bucket, keyArn }: S3UploadStoreOptions, upload: NewUpload): Promise<UploadName> {
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({
      Bucket: bucket,
      Key: upload.key,
      ContentType: upload.contentType,
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: keyArn,
      BucketKeyEnabled: true,
      // Headers are ASCII, a subject need not be.
      Metadata: { "uploaded-by": encodeURIComponent(upload.producer) },
    }),
  );
  if (!UploadId) throw new Error(`S3 gave no id to the upload of ${upload.key}`);
  return { key: upload.key, s3UploadId: UploadId };
}

async function listParts(
  client: S3Client,
  named: { Bucket: string; Key: string; UploadId: string },
): Promise<ReceivedPart[]> {
  const parts: ReceivedPart[] = [];
  let marker: string | undefined;
  do {
    const page = await client.send(new ListPartsCommand({ ...named, PartNumberMarker: marker }));
    for (const { PartNumber: number, Size: size, ETag: etag } of page.Parts ?? []) {
      if (number !== undefined && size !== undefined && etag !== undefined) parts.push({ number, size, etag });
    }
    marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
  } while (marker !== undefined);
  return parts;
}

/** By listing, which takes no permission to read what was uploaded. A multipart ETag ends in the number of parts. */
async function isStored(
  { client, bucket, now }: S3UploadStoreOptions,
  key: string,
  size: number,
  parts: number,
): Promise<boolean> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key, MaxKeys: 1 }));
  const [found] = Contents;
  const made = found?.LastModified?.getTime() ?? 0;
  return found?.Key === key && found.Size === size && !!found.ETag?.endsWith(`-${parts}"`) && now() - made < LATELY_MS;
}

async function unlessGone<T>(otherwise: T, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof NoSuchUpload) return otherwise;
    throw error;
  }
}
