import { type Run, runCommand, type Variables } from "./command";
import { EXIT, Failure, oneLine } from "./failure";

export interface AwsOptions {
  readonly region: string;
  readonly environment: string;
  /** The whole environment of the program, credentials among it. */
  readonly env: Variables;
  readonly run?: Run;
}

export interface Place {
  readonly bucket: string;
  readonly key: string;
}

export interface PutOptions {
  /** Fails where the key is taken, whatever it holds. */
  readonly once?: boolean;
}

/** What the flows ask of AWS, by its command line. Every method throws a {@link Failure} of one line. */
export interface Aws {
  /** `taken` when the key held an object already and it was to be put once. */
  put(place: Place, file: string, sha256: string, options?: PutOptions): Promise<"put" | "taken">;
  /** Downloads an object; `false` when there is none. */
  get(place: Place, file: string): Promise<boolean>;
  /** SHA-256 in hex, as S3 computed it when the object was put; `unknown` when it was put without; absent: no object. */
  sha256(place: Place): Promise<string | undefined>;
  /** Keys below a prefix, the one written last first. */
  keys(bucket: string, prefix: string): Promise<string[]>;
  /** SHA-256, in base64, of the zip that a function runs. */
  codeSha256(functionName: string): Promise<string | undefined>;
  /** Makes a function run a zip, and waits until it does. */
  updateCode(functionName: string, zip: Place): Promise<void>;
}

/** What S3 shows of an object that was put without a SHA-256. */
export const UNKNOWN_SHA256 = "unknown";

export function awsIn({ region, environment, env: given, run = runCommand }: AwsOptions): Aws {
  const env = { ...given, AWS_REGION: region, AWS_DEFAULT_REGION: region, AWS_PAGER: "", PYTHONWARNINGS: "ignore" };

  const call = async (
    service: string,
    operation: string,
    args: readonly string[],
    tolerated: readonly string[] = [],
  ) => {
    const command = [service, operation, ...args, "--output", "json"];
    const { status, stdout, stderr } = await run("aws", command, { env });
    if (status === 0) return { code: undefined, answer: answerOf(stdout) };
    const code = errorCode(stderr);
    if (tolerated.includes(code)) return { code, answer: {} };
    throw awsFailure(code, stderr, `${service} ${operation}`, { environment, args });
  };

  return {
    async put({ bucket, key }, file, sha256, { once = false } = {}) {
      const args = ["--bucket", bucket, "--key", key, "--body", file];
      const integrity = ["--checksum-algorithm", "SHA256", "--checksum-sha256", toBase64(sha256)];
      const conditional = once ? ["--if-none-match", "*"] : [];
      // No encryption is asked for: the bucket's default takes its own key, a bare aws:kms would take another.
      const all = [...args, ...integrity, ...conditional];
      const { code } = await call("s3api", "put-object", all, once ? ["PreconditionFailed", "412"] : []);
      return code === undefined ? "put" : "taken";
    },
    async get({ bucket, key }, file) {
      const args = ["--bucket", bucket, "--key", key, file];
      return (await call("s3api", "get-object", args, ["NoSuchKey", "404"])).code === undefined;
    },
    async sha256({ bucket, key }) {
      const args = ["--bucket", bucket, "--key", key, "--checksum-mode", "ENABLED"];
      const { code, answer } = await call("s3api", "head-object", args, ["404", "NoSuchKey"]);
      if (code !== undefined) return undefined;
      const { ChecksumSHA256: checksum } = answer as { ChecksumSHA256?: string };
      return checksum === undefined ? UNKNOWN_SHA256 : Buffer.from(checksum, "base64").toString("hex");
    },
    async keys(bucket, prefix) {
      const { answer } = await call("s3api", "list-objects-v2", ["--bucket", bucket, "--prefix", prefix]);
      const { Contents: found = [] } = answer as { Contents?: { Key: string; LastModified: string }[] };
      const newestFirst = found.sort((one, other) =>
        one.LastModified === other.LastModified
          ? other.Key.localeCompare(one.Key)
          : other.LastModified.localeCompare(one.LastModified),
      );
      return newestFirst.map(({ Key }) => Key);
    },
    async codeSha256(functionName) {
      const args = ["--function-name", functionName];
      const { answer } = await call("lambda", "get-function-configuration", args, ["ResourceNotFoundException"]);
      return (answer as { CodeSha256?: string }).CodeSha256;
    },
    async updateCode(functionName, { bucket, key }) {
      const name = ["--function-name", functionName];
      await call("lambda", "update-function-code", [...name, "--s3-bucket", bucket, "--s3-key", key]);
      await call("lambda", "wait", ["function-updated", ...name]);
    },
  };
}

function answerOf(stdout: string): object {
  return stdout.trim() === "" ? {} : (JSON.parse(stdout) as object);
}

const toBase64 = (hex: string): string => Buffer.from(hex, "hex").toString("base64");

function errorCode(stderr: string): string {
  if (/Unable to locate credentials|NoCredentials/.test(stderr)) return "NoCredentials";
  return /An error occurred \((\w+)\)/.exec(stderr)?.[1] ?? "";
}

const NO_CREDENTIALS = ["NoCredentials", "ExpiredToken", "ExpiredTokenException", "InvalidAccessKeyId"];

interface CallContext {
  readonly environment: string;
  readonly args: readonly string[];
}

function awsFailure(code: string, stderr: string, what: string, { environment, args }: CallContext): Failure {
  const bucket = args[args.indexOf("--bucket") + 1] ?? "";
  if (NO_CREDENTIALS.includes(code) || /credentials were invalid|UnrecognizedClient/.test(stderr)) {
    return new Failure(
      `no usable AWS credentials for ${environment}: in a workflow assume the environment's role first, on a laptop set AWS_PROFILE`,
      EXIT.refused,
    );
  }
  if (code === "NoSuchBucket") {
    return new Failure(
      `bucket ${bucket} does not exist: make it with npm run bootstrap -- ${environment}`,
      EXIT.refused,
    );
  }
  if (code === "AccessDenied" || code === "403" || code === "AccessDeniedException") {
    return new Failure(
      `access denied at aws ${what} (${args.slice(0, 4).join(" ")}): the role in use may not do this; see docs/gitops.md, "Who may do what"`,
      EXIT.refused,
    );
  }
  return new Failure(`aws ${what} failed: ${oneLine(stderr).slice(0, 400)}`);
}
