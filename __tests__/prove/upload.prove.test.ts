import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { appendFileSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { has, testWith } from "../support/tools";
import { AAC, H264, makeVideo, picture, sound } from "../system/media";
import { Operator } from "../system/operator";
import { start } from "../system/running";

const MEGABYTE = 1024 * 1024;

testWith("the AWS command line", has("aws"))(
  "aws s3 cp of a 200 MB mezzanine arrives intact and starts the pipeline",
  async () => {
    const running = await start(["--video", makeVideo("before.mp4", ...picture("426x240", 1), ...H264)]);
    const operator = new Operator(running.report);
    const { aws } = running.report;
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: aws.accessKeyId,
      AWS_SECRET_ACCESS_KEY: aws.secretAccessKey,
      AWS_REGION: aws.region,
      AWS_ENDPOINT_URL: aws.endpoint,
    };
    const copy = (from: string, to: string) =>
      execFileSync("aws", ["s3", "cp", "--quiet", from, to], { env, stdio: "pipe" });
    try {
      const master = heavy(makeVideo("master.mp4", ...picture("640x360", 2), ...sound(2), ...H264, ...AAC));
      const object = `s3://${aws.sourceBucket}/${aws.uploadPrefix}${basename(master)}`;
      copy(master, object);
      const assetId = operator.assetIdOf(basename(master));
      const title = await operator.latest(assetId, () => true);
      expect(title.versions[title.latest]?.status).toBe("PUBLISHED");
      copy(object, `${master}.back`);
      expect(digest(`${master}.back`)).toBe(digest(master));
    } finally {
      operator.close();
      await running.stop();
    }
  },
  300_000,
);

/** Makes an MP4 200 MB long with a `free` box (ISO/IEC 14496-12, 8.1.2) of random bytes, which every reader skips. */
function heavy(file: string): string {
  const bytes = 200 * MEGABYTE - statSync(file).size;
  const header = Buffer.alloc(8);
  header.writeUInt32BE(bytes);
  header.write("free", 4);
  appendFileSync(file, Buffer.concat([header, randomBytes(bytes - 8)]));
  return file;
}

const digest = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");
