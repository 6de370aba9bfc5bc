import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/** A running checksum; `digest` gives base64, as S3's headers have it. */
export interface Checksum {
  update(data: Buffer): void;
  digest(): string;
}

/** Names as in `x-amz-checksum-<name>` (https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html). */
export const CHECKSUMS = ["crc32", "crc32c", "crc64nvme", "sha1", "sha256"] as const;
export type ChecksumName = (typeof CHECKSUMS)[number];

export function createChecksum(name: ChecksumName): Checksum {
  switch (name) {
    case "crc32":
      return nativeCrc32();
    case "crc32c":
      return crc32c();
    case "crc64nvme":
      return crc64nvme();
    case "sha1":
    case "sha256":
      return hash(name);
  }
}

function hash(name: string): Checksum {
  const running = createHash(name);
  return { update: (data) => void running.update(data), digest: () => running.digest("base64") };
}

function nativeCrc32(): Checksum {
  let crc = 0;
  return { update: (data) => void (crc = crc32(data, crc)), digest: () => words(crc) };
}

const CASTAGNOLI = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc >>> 0;
});

function crc32c(): Checksum {
  let crc = 0xffffffff;
  return {
    update(data) {
      for (let index = 0; index < data.length; index += 1) {
        crc = (crc >>> 8) ^ CASTAGNOLI[(crc ^ data[index]!) & 0xff]!;
      }
    },
    digest: () => words(~crc >>> 0),
  };
}

/** The reflected polynomial 0x9A6C9329AC4BC9B5 in two halves, because 64-bit integers are slow here. */
const NVME = (() => {
  const [high, low] = [new Uint32Array(256), new Uint32Array(256)];
  for (let byte = 0; byte < 256; byte += 1) {
    let [h, l] = [0, byte];
    for (let bit = 0; bit < 8; bit += 1) {
      const odd = l & 1;
      l = ((l >>> 1) | (h << 31)) ^ (odd ? 0xac4bc9b5 : 0);
      h = (h >>> 1) ^ (odd ? 0x9a6c9329 : 0);
    }
    high[byte] = h;
    low[byte] = l;
  }
  return { high, low };
})();

function crc64nvme(): Checksum {
  let [high, low] = [0xffffffff, 0xffffffff];
  return {
    update(data) {
      for (let index = 0; index < data.length; index += 1) {
        const entry = (low ^ data[index]!) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ NVME.low[entry]!;
        high = (high >>> 8) ^ NVME.high[entry]!;
      }
    },
    digest: () => words(~high >>> 0, ~low >>> 0),
  };
}

function words(...values: readonly number[]): string {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
  return bytes.toString("base64");
}
