import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import type { StoredObject } from "./side-cars";
import { unquoted } from "./upload";

/** Lists the objects beside a mezzanine. */
export type ListObjects = (bucket: string, prefix: string) => Promise<StoredObject[]>;

/** One page: a thousand keys, and no title has so many files beside it. */
export function s3ListObjects(client: S3Client): ListObjects {
  return async (bucket, prefix) => {
    const { Contents = [] } = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, Delimiter: "/" }),
    );
    return Contents.flatMap(({ Key, ETag }) => (Key && ETag ? [{ key: Key, etag: unquoted(ETag) }] : []));
  };
}
