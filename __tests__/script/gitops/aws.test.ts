import { awsIn } from "../../../script/gitops/aws";
import { type Outcome, programVariables, type Run, runCommand } from "../../../script/gitops/command";

const HEX = "00ff".repeat(16);
const BASE64 = Buffer.from(HEX, "hex").toString("base64");
const PLACE = { bucket: "b", key: "k" };

function recorded(answer: Partial<Outcome>) {
  const calls: { line: string; env: Readonly<Record<string, string>> }[] = [];
  const run: Run = async (command, args, { env }) => {
    calls.push({ line: [command, ...args].join(" "), env });
    return { status: 0, stdout: "", stderr: "", ...answer };
  };
  return { calls, aws: awsIn({ region: "eu-west-1", environment: "dev", env: { AWS_PROFILE: "p" }, run }) };
}
const refused = (code: string): Partial<Outcome> => ({
  status: 254,
  stderr: `\nAn error occurred (${code}) when calling the Operation operation: what S3 says\n`,
});

describe("the aws command line", () => {
  it("puts with a checksum that S3 verifies, and once where asked", async () => {
    const { aws, calls } = recorded({ stdout: "{}" });
    expect(await aws.put(PLACE, "/f", HEX, { once: true })).toBe("put");
    await aws.put(PLACE, "/f", HEX);
    const put = `aws s3api put-object --bucket b --key k --body /f --checksum-algorithm SHA256 --checksum-sha256 ${BASE64}`;
    expect(calls.map(({ line }) => line)).toEqual([`${put} --if-none-match * --output json`, `${put} --output json`]);
    expect(calls[0]?.env).toMatchObject({ AWS_PROFILE: "p", AWS_REGION: "eu-west-1", AWS_PAGER: "" });
  });

  it("tells a key that is taken from one that is not", async () => {
    expect(await recorded(refused("PreconditionFailed")).aws.put(PLACE, "/f", HEX, { once: true })).toBe("taken");
    await expect(recorded(refused("PreconditionFailed")).aws.put(PLACE, "/f", HEX)).rejects.toThrow(
      "aws s3api put-object failed: An error occurred (PreconditionFailed)",
    );
  });

  it("tells what is not there from what is", async () => {
    expect(await recorded({}).aws.get(PLACE, "/f")).toBe(true);
    expect(await recorded(refused("NoSuchKey")).aws.get(PLACE, "/f")).toBe(false);
    expect(await recorded(refused("404")).aws.sha256(PLACE)).toBeUndefined();
    expect(await recorded({ stdout: `{"ChecksumSHA256": "${BASE64}"}` }).aws.sha256(PLACE)).toBe(HEX);
    expect(await recorded({ stdout: `{"ETag": "x"}` }).aws.sha256(PLACE)).toBe("unknown");
    expect(await recorded(refused("ResourceNotFoundException")).aws.codeSha256("f")).toBeUndefined();
    expect(await recorded({ stdout: `{"CodeSha256": "c="}` }).aws.codeSha256("f")).toBe("c=");
  });

  it("lists the newest first, and nothing where nothing is", async () => {
    const at = (Key: string, LastModified: string) => ({ Key, LastModified });
    const Contents = [at("old", "2026-01-01"), at("b", "2026-01-02"), at("new", "2026-01-02")];
    expect(await recorded({ stdout: JSON.stringify({ Contents }) }).aws.keys("b", "p")).toEqual(["new", "b", "old"]);
    expect(await recorded({ stdout: "" }).aws.keys("b", "p")).toEqual([]);
  });

  it("updates code, and waits until it runs", async () => {
    const { aws, calls } = recorded({});
    await aws.updateCode("f", PLACE);
    expect(calls.map(({ line }) => line)).toEqual([
      "aws lambda update-function-code --function-name f --s3-bucket b --s3-key k --output json",
      "aws lambda wait function-updated --function-name f --output json",
    ]);
  });

  it.each([
    [
      { status: 253, stderr: "Unable to locate credentials. You can configure credentials by running aws login." },
      "no usable AWS credentials for dev: in a workflow assume the environment's role first, on a laptop set AWS_PROFILE",
    ],
    [
      refused("ExpiredToken"),
      "no usable AWS credentials for dev: in a workflow assume the environment's role first, on a laptop set AWS_PROFILE",
    ],
    [refused("NoSuchBucket"), "bucket b does not exist: make it with npm run bootstrap -- dev"],
    [
      refused("AccessDenied"),
      'access denied at aws s3api get-object (--bucket b --key k): the role in use may not do this; see docs/gitops.md, "Who may do what"',
    ],
  ])("says what to do about %j", async (answer, message) => {
    await expect(recorded(answer).aws.get(PLACE, "/f")).rejects.toMatchObject({ message, exit: 2 });
  });
});

describe("programs", () => {
  it("get credentials and variables of Terraform, and nothing that would log secrets or change a command", () => {
    expect(
      programVariables({
        PATH: "/bin",
        AWS_SESSION_TOKEN: "t",
        TF_VAR_cdn_identifier: "v",
        TF_CLI_CONFIG_FILE: "/rc",
        TF_LOG: "TRACE",
        TF_CLI_ARGS_plan: "-target=x",
        GH_TOKEN: "g",
        NODE_OPTIONS: "--inspect",
        EMPTY: undefined,
      }),
    ).toEqual({
      PATH: "/bin",
      AWS_SESSION_TOKEN: "t",
      TF_VAR_cdn_identifier: "v",
      TF_CLI_CONFIG_FILE: "/rc",
      GH_TOKEN: "g",
    });
  });

  it("are fed and read to the end, line by line", async () => {
    const lines: string[] = [];
    const script = "cat; echo oops >&2; exit 3";
    const options = {
      env: { PATH: process.env.PATH ?? "" },
      input: "one\ntwo",
      onLine: (line: string) => lines.push(line),
    };
    expect(await runCommand("sh", ["-c", script], options)).toEqual({
      status: 3,
      stdout: "one\ntwo",
      stderr: "oops\n",
    });
    expect(lines).toEqual(["one", "two"]);
  });

  it("that are not there are named", async () => {
    await expect(runCommand("no-such-program", [], { env: {} })).rejects.toThrow(
      "no-such-program is not installed here: install it and run again",
    );
  });
});
