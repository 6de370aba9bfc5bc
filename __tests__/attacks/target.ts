import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { AccessKey } from "../../local/gateway/credentials";
import type { Principal } from "../../local/kernel/aws-service";
import type { ReadyReport } from "../../local/report";
import type { LocalSecrets } from "../../local/secrets";
import type { Deployment } from "../../local/terraform/deployment";
import { readStack } from "../../local/terraform/read-stack";
import { ask, type Answer, type Ask } from "../local/edge/fixture";
import { accessKeyIn, s3By } from "./callers";
import { type Retired, retiredIn, signingKeyIn } from "./retired";

/** The address that attacks come from, unless one says otherwise: their requests count against no other test's rate. */
export const CLIENT = "127.0.0.11";

/** A running platform with one title that plays, and what only its owner knows, so that an attack can be exact. */
export interface Target {
  readonly report: ReadyReport;
  readonly secrets: LocalSecrets;
  readonly deployment: Deployment;
  /** Host as signed policies name it: `127.0.0.1:<port>`. */
  readonly host: string;
  /** Id of the key that signs. */
  readonly keyId: string;
  /** The user pool's private key, as a JSON Web Key. */
  readonly poolKey: Record<string, unknown>;
  /** The title's paths: `/v1/<prefix>`, its main playlist, a playlist under that, and a segment. */
  readonly paths: Record<"prefix" | "manifest" | "child" | "segment" | "play", string>;
  /** What the mint gave the entitled viewer. */
  readonly cookie: string;
  /** The signed address of the title's single file: path and query. */
  readonly download: string;
  /** What was good before the last rotation. */
  readonly retired: Retired;
  /** Keys of a stored mezzanine and of the title's poster. */
  readonly objects: Record<"source" | "packaged", string>;
  /** The access key of whoever the gateway knows. */
  keyOf(principal: Principal): AccessKey;
  /** One request to the edge, nothing normalised. */
  edge(path: string, how?: Ask): Promise<Answer>;
  /** One request to the address of an origin or service, by its host. */
  origin(host: string, path: string, how?: Ask): Promise<Answer>;
  /** Host of an origin of the distribution, by its id. */
  originHost(id: string): string;
}

/** Looks at a platform from the outside and into its state directory. */
export async function targetOf(report: ReadyReport, state: string, stackFile = synthesised(state)): Promise<Target> {
  const made = JSON.parse(readFileSync(join(state, "secrets.json"), "utf8")) as LocalSecrets;
  const secrets = { ...made, signingKey: signingKeyIn(state) };
  const { viewer, aws } = report;
  const [edge, gateway] = [new URL(viewer.app), new URL(aws.endpoint)];
  const deployment = readStack(stackFile, {
    account: "000000000000",
    region: aws.region,
    edgeHost: edge.host,
    gatewayHost: gateway.host,
    variables: { cdn_identifier: secrets.cdnIdentifier, api_origin_secret: secrets.apiOriginSecret },
  });
  const pool = String(deployment.get("aws_cognito_user_pool.viewers").values.id);
  const partial = {
    report,
    secrets,
    deployment,
    host: edge.host,
    poolKey: JSON.parse(readFileSync(join(state, "cognito", `${pool}-key.json`), "utf8")) as Record<string, unknown>,
    edge: (path: string, how?: Ask) => ask(Number(edge.port), path, { from: CLIENT, ...how }),
    origin: (host: string, path: string, how: Ask = {}) =>
      ask(Number(gateway.port), path, { from: CLIENT, ...how, headers: { host, ...how.headers } }),
    originHost: (id: string) => originHost(deployment, id),
    retired: retiredIn(state),
    keyOf: (principal: Principal) => accessKeyIn(state, principal),
  };
  const play = `/play/${report.assetId}`;
  const minted = await partial.edge(play, { method: "POST", headers: bearer(report.tokens.entitled) });
  const cookie = cookieHeader(minted);
  const { hls: manifest = "" } = JSON.parse(minted.text) as { hls?: string };
  const read = async (path: string): Promise<string> =>
    firstOf((await partial.edge(path, { headers: { cookie } })).text, path);
  const child = await read(manifest);
  const paths = {
    prefix: manifest.split("/").slice(0, 3).join("/"),
    manifest,
    child,
    segment: await read(child),
    play,
  };
  const keyId = /CloudFront-Key-Pair-Id=([^;]+)/.exec(cookie)?.[1] ?? "";
  const offered = await partial.edge(`/api/titles/${report.assetId}/download`, {
    method: "POST",
    headers: bearer(report.tokens.entitled),
  });
  const { url: download = "/downloads/none" } = JSON.parse(offered.text) as { url?: string };
  const objects = await objectsOf(aws);
  await partial.edge(`/${objects.packaged}`); // so that the edge has called S3 once, and has a key
  return { ...partial, cookie, paths, keyId, download, objects };
}

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** The `Cookie` header that a browser makes of an answer's cookies. */
export const cookieHeader = ({ headers }: Answer): string =>
  (headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0]).join("; ");

/** One object of either bucket, whichever it is. */
async function objectsOf(aws: ReadyReport["aws"]): Promise<Target["objects"]> {
  const client = s3By(aws, aws);
  const first = async (Bucket: string, Prefix: string) =>
    (await client.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: 1 }))).Contents?.[0]?.Key ?? "";
  const [source, packaged] = await Promise.all([
    first(aws.sourceBucket, aws.uploadPrefix),
    first(aws.packagedBucket, "posters/"),
  ]);
  client.destroy();
  return { source, packaged };
}

const synthesised = (state: string): string => join(state, "synth", "stacks", "vod-local", "cdk.tf.json");

function originHost(deployment: Deployment, id: string): string {
  const { origin } = deployment.get("aws_cloudfront_distribution.vod").values;
  const found = (origin as { origin_id: string; domain_name: string }[]).find((each) => each.origin_id === id);
  if (!found) throw new Error(`the distribution has no origin ${id}`);
  return found.domain_name;
}

/** Path of the first file that a playlist names; the empty path where it is none, as for who was refused. */
function firstOf(playlist: string, path: string): string {
  const first = playlist.split("\n").find((line) => line !== "" && !line.startsWith("#") && !line.startsWith("<"));
  return first === undefined ? path : new URL(first, `http://edge${path}`).pathname;
}
