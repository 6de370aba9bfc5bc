import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { allStatements, refused, unexercised, unneeded, unproved, type Judged } from "../../local/iam/figures";
import { surroundingsOf } from "../../local/iam/judge";
import { compilePolicy, readPolicies } from "../../local/iam/policies";
import { distinctCalls, readRecords } from "../../local/iam/recorded-calls";
import type { Call } from "../../local/iam/request-context";
import { readStack } from "../../local/terraform/read-stack";
import { exceptionFor } from "../../script/iam/exceptions";
import { actionsOf, isKeyOf, isResourceOf } from "../support/service-authorization";
import { environment, resource, synthesisedBootstrap } from "../support/synthesised";
import type { Running } from "./running";

const PLACE = { account: "000000000000", region: "eu-west-1", edgeHost: "edge", gatewayHost: "gateway" };
const VARIABLES = { cdn_identifier: "identifier", api_origin_secret: "secret" };
const BUCKETS = ["source", "packaged", "player", "logs"] as const;
/** Encryption that is not the bucket's: S3's own, KMS twice over, KMS by S3's own key or by another of the account. */
const WRONG_ENCRYPTION = [
  { ServerSideEncryption: "AES256" },
  { ServerSideEncryption: "aws:kms:dsse" },
  { ServerSideEncryption: "aws:kms" },
  { ServerSideEncryption: "aws:kms", SSEKMSKeyId: "alias/vod-local-data" },
] as const;

/** Open a key to its account where no role of the platform uses it; without it nobody could administer the key. */
const ADMINISTRATION = ["edge_news", "firewall"].map((key) => `aws_kms_key_policy.${key}#1`);

/**
 * The two figures, each gated at zero, out of every call that the run recorded: what was refused that should work, and
 * what is granted that nothing made use of. Then the proof that each statement is needed. It comes last in a run.
 */
export function permissionsAreExact(topology: "mediapackage" | "direct", running: () => Running): void {
  let judged: Judged;
  beforeAll(() => {
    const stack = readStack(join(running().state, "synth", "stacks", "vod-local", "cdk.tf.json"), {
      ...PLACE,
      variables: VARIABLES,
    });
    judged = { policies: readPolicies(stack), surroundings: surroundingsOf(stack, Date.now) };
  });
  const records = () => readRecords(readFileSync(join(running().state, "calls.jsonl"), "utf8"));
  const calls = () => distinctCalls(records());
  const isOperators = ({ principal }: Call): boolean => principal.kind === "user";

  test(`calls refused that should work: 0 (${topology})`, async () => {
    const { viewer } = running().report;
    expect((await fetch(viewer.app)).status).toBe(200);
    await schedulesHaveRun(topology, calls);
    expect(records().filter(({ allowed, caller }) => !allowed && !caller.includes(":user/"))).toEqual([]);
    expect(refused(calls().filter((call) => !isOperators(call)), judged)).toEqual([]); // prettier-ignore
  }, 90_000);

  test(`every call is one that AWS knows: its action, its resource, its condition keys (${topology})`, async () => {
    const unknown: string[] = [];
    for (const { action, resource, context } of calls()) {
      if ((await actionsOf(action)).length === 0) unknown.push(action);
      else if (!(await isResourceOf(action, resource))) unknown.push(`${action} on ${resource}`);
      for (const key of Object.keys(context)) if (!(await isKeyOf(action, key))) unknown.push(`${action}: ${key}`);
    }
    expect([...new Set(unknown)]).toEqual([]);
  });

  test(`granted actions that nothing exercised: 0 (${topology})`, () => {
    const statements = allStatements(judged.policies);
    const left = unexercised(calls(), judged).filter((grant) => !exceptionFor(grant, statements));
    expect(left).toEqual([]);
  });

  test(`without any one Allow statement, a call of the run is refused (${topology})`, () => {
    const statements = allStatements(judged.policies);
    const excepted = (id: string): boolean =>
      statements
        .filter((statement) => statement.id === id)
        .every((statement) => statement.grants().every((grant) => exceptionFor(grant, statements)));
    expect(
      unneeded(calls(), judged)
        .filter((id) => !excepted(id))
        .sort(),
    ).toEqual(ADMINISTRATION);
  });

  test(`each Deny statement refuses a call that nothing else would (${topology})`, async () => {
    expect(await attackBuckets(running())).toEqual(
      Array(BUCKETS.length + 3 * WRONG_ENCRYPTION.length).fill("AccessDenied"),
    );
    expect(unproved(calls(), judged)).toEqual([]);
  });

  test(`the permissions boundary lets every call of the run through (${topology})`, () => {
    const bootstrap = synthesisedBootstrap(environment("local", topology));
    const policy = String(resource(bootstrap, "aws_iam_policy.boundary").policy);
    const boundary = compilePolicy(policy, "aws_iam_policy.boundary");
    const roles = new Map([...judged.policies.roles].map(([arn, role]) => [arn, { ...role, boundary }]));
    const bounded = { ...judged, policies: { ...judged.policies, roles } };
    expect(refused(calls().filter(({ principal }) => principal.kind === "role"), bounded)).toEqual([]); // prettier-ignore
  });
}

/** Each minute's schedule reaches its function by a permission of its own. */
async function schedulesHaveRun(topology: string, calls: () => Call[]): Promise<void> {
  const rules = ["vod-backlog-measured-local", ...(topology === "mediapackage" ? ["vod-packaging-poll-local"] : [])];
  const ran = (rule: string): boolean =>
    calls().some(({ principal }) => principal.sourceArn?.endsWith(`:rule/${rule}`));
  while (!rules.every(ran)) await new Promise((wait) => setTimeout(wait, 500));
}

/** As the account's administrator, whom only a Deny stops: each bucket over plaintext, and each wrong encryption. */
async function attackBuckets({ report }: Running): Promise<string[]> {
  const { endpoint, region, accessKeyId, secretAccessKey, sourceBucket } = report.aws;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });
  const plaintext = new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });
  plaintext.middlewareStack.add(
    (next) => (args) => {
      (args.request as { headers: Record<string, string> }).headers["x-forwarded-proto"] = "http";
      return next(args);
    },
    { step: "build" },
  );
  const codeOf = (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => "allowed",
      ({ name }: Error) => name,
    );
  const codes: string[] = [];
  for (const bucket of BUCKETS) {
    const Bucket = sourceBucket.replace("source", bucket);
    codes.push(await codeOf(plaintext.send(new GetObjectCommand({ Bucket, Key: "app/index.html" }))));
    for (const encryption of bucket === "player" ? [] : WRONG_ENCRYPTION) {
      codes.push(await codeOf(client.send(new PutObjectCommand({ Bucket, Key: "attack", Body: "x", ...encryption }))));
    }
  }
  client.destroy();
  plaintext.destroy();
  return codes;
}
