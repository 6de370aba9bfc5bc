import { createHash } from "node:crypto";
import { CHECKSUMS, createChecksum, type ChecksumName } from "../../../local/gateway/checksum";

/** Check values of the CRC catalogue (https://reveng.sourceforge.io/crc-catalogue/all.htm) for "123456789". */
const EXPECTED: Record<ChecksumName, string> = {
  crc32: Buffer.from("cbf43926", "hex").toString("base64"),
  crc32c: Buffer.from("e3069283", "hex").toString("base64"),
  crc64nvme: Buffer.from("ae8b14860a799888", "hex").toString("base64"),
  sha1: createHash("sha1").update("123456789").digest("base64"),
  sha256: createHash("sha256").update("123456789").digest("base64"),
};

it.each(CHECKSUMS)("%s of the catalogue's text, whole and in pieces", (name) => {
  const whole = createChecksum(name);
  whole.update(Buffer.from("123456789"));
  const pieces = createChecksum(name);
  for (const piece of ["1234", "", "56789"]) pieces.update(Buffer.from(piece));
  expect([whole.digest(), pieces.digest()]).toEqual([EXPECTED[name], EXPECTED[name]]);
});
