import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { type AccessKey, CredentialRegistry } from "../../local/gateway/credentials";
import type { Principal } from "../../local/kernel/aws-service";
import type { ReadyReport } from "../../local/report";

/** A role of another account, in which everything is allowed to it. */
export const FOREIGN: Principal = { kind: "role", arn: "arn:aws:iam::999999999999:role/reader", session: "attack" };

/** Another account's distribution, as S3 sees it. */
export const OTHER_EDGE: Principal = {
  kind: "service",
  arn: "cloudfront.amazonaws.com",
  sourceArn: "arn:aws:cloudfront::999999999999:distribution/E2",
};

const registryOf = (state: string): CredentialRegistry =>
  new CredentialRegistry({ file: join(state, "credentials.json"), random: randomBytes });

/** Gives callers from outside keys, so that they can really call. Before a start. */
export function letOutsidersIn(state: string): void {
  const registry = registryOf(state);
  for (const principal of [FOREIGN, OTHER_EDGE]) registry.issue({ principal });
}

/** The access key of somebody whom the gateway knows by now; it makes the platform's own when they first call. */
export function accessKeyIn(state: string, principal: Principal): AccessKey {
  const entries = JSON.parse(readFileSync(join(state, "credentials.json"), "utf8")) as (AccessKey & { principal: Principal })[]; // prettier-ignore
  const found = entries.find(({ principal: { arn, sourceArn } }) => arn === principal.arn && sourceArn === principal.sourceArn); // prettier-ignore
  if (!found) throw new Error(`the gateway has made no key for ${principal.arn} yet`);
  return found;
}

/** S3 by somebody's key, tried once; `headers` are sent and signed. */
export function s3By(
  { endpoint, region }: ReadyReport["aws"],
  credentials: AccessKey,
  headers: Readonly<Record<string, string>> = {},
): S3Client {
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });
  client.middlewareStack.add(
    (next) => (args) => {
      Object.assign((args.request as { headers: Record<string, string> }).headers, headers);
      return next(args);
    },
    { step: "build" },
  );
  return client;
}

/** Status and code of what S3 answers a command. */
export async function answerTo(client: S3Client, call: (client: S3Client) => Promise<unknown>): Promise<string> {
  try {
    await call(client);
    return "200";
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    return `${$metadata?.httpStatusCode} ${name}`;
  } finally {
    client.destroy();
  }
}
