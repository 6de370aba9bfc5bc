import { createHash } from "node:crypto";
import { AwsError, type Principal } from "../../../../local/kernel/aws-service";
import type { ObjectInfo, ObjectStore } from "../../../../local/kernel/object-store";

/** Objects by `bucket/key`; notes who read what; what a test has no business with throws. */
export class MemoryStore implements ObjectStore {
  readonly objects = new Map<string, Buffer>();
  readonly reads: string[] = [];

  read(as: Principal, bucket: string, key: string): Promise<Buffer> {
    this.reads.push(`${as.arn} ${bucket}/${key}`);
    const body = this.objects.get(`${bucket}/${key}`);
    if (!body) return Promise.reject(new AwsError("NoSuchKey", `The specified key does not exist: ${key}`, 404));
    return Promise.resolve(body);
  }

  put(_as: Principal, bucket: string, key: string, body: unknown): Promise<ObjectInfo> {
    this.objects.set(`${bucket}/${key}`, body as Buffer);
    const etag = createHash("md5")
      .update(body as Buffer)
      .digest("hex");
    const size = (body as Buffer).length;
    return Promise.resolve({ bucket, key, size, etag, versionId: "1", lastModified: new Date(0), contentType: "" });
  }

  head = unexpected("head");
  region: ObjectStore["region"] = () => Promise.resolve("eu-west-1");
  payer: ObjectStore["payer"] = () => Promise.resolve("BucketOwner");
  list = unexpected("list");
  file = unexpected("file");
}

function unexpected(name: string): () => never {
  return () => {
    throw new Error(`${name} is not expected here`);
  };
}
