import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { AwsError } from "../../../../local/kernel/aws-service";
import { OPERATOR } from "../test-kit";
import { answerOf, bundle, sha256, start } from "./test-lambda";

describe("code", () => {
  test("other than the synthesised one is not run", async () => {
    const zip = bundle("export const handler = async () => 1;");
    expect(await answerOf({ zip, values: { source_code_hash: "other" } })).toEqual({
      errorType: "Runtime.CodeUnavailable",
      errorMessage: `worker: s3://artifacts/lambda/worker.zip has SHA-256 ${sha256(zip)}, the stack names other; build and synthesise again`,
      trace: [],
    });
  });

  test("that leaves its directory is not unpacked", async () => {
    const zip = Buffer.from(zipSync({ "../../outside.mjs": Buffer.from("x") }));
    const { lambda, directory } = start({ zip });
    expect(JSON.parse((await lambda.invoke(OPERATOR, "worker", {})).payload)).toMatchObject({
      errorMessage: 'worker: s3://artifacts/lambda/worker.zip holds "../../outside.mjs", which is outside the bundle',
    });
    expect(existsSync(join(directory, "code", "outside.mjs"))).toBe(false);
  });

  test("that could not be read is read again at the next invocation", async () => {
    const zip = bundle("export const handler = async () => 1;");
    let reads = 0;
    const fetchZip = async () => {
      reads += 1;
      if (reads === 1) throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
      return zip;
    };
    const { lambda } = start({ zip, options: { fetchZip } });
    expect(JSON.parse((await lambda.invoke(OPERATOR, "worker", {})).payload)).toMatchObject({
      errorType: "Runtime.CodeUnavailable",
      errorMessage: "The specified key does not exist.",
    });
    expect((await lambda.invoke(OPERATOR, "worker", {})).payload).toBe("1");
  });

  test("is unpacked once and found again after a restart", async () => {
    const source = "export const handler = async () => 1;";
    const first = start({ source });
    await first.lambda.invoke(OPERATOR, "worker", {});
    const second = start({ source }, first.directory);
    expect((await second.lambda.invoke(OPERATOR, "worker", {})).payload).toBe("1");
    expect(readdirSync(join(first.directory, "code", "worker"))).toHaveLength(1);
  });
});
