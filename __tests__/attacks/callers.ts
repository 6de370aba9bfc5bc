import { randomBytes } from "node:crypto";
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

/** The keys in a state directory; whoever has none yet gets one, which a gateway knows from its next start on. */
export const accessKeysIn = (state: string) => {
  const registry = new CredentialRegistry({ file: join(state, "credentials.json"), random: randomBytes });
  return (principal: Principal): AccessKey => registry.issue({ principal });
};

/** Gives callers from outside keys, so that they can really call. Before a start. */
export function letOutsidersIn(state: string): void {
  const keyOf = accessKeysIn(state);
  for (const outsider of [FOREIGN, OTHER_EDGE]) keyOf(outsider);
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
