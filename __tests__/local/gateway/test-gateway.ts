import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CredentialRegistry, type AccessKey } from "../../../local/gateway/credentials";
import { startGateway, type Gateway, type GatewayOptions } from "../../../local/gateway/gateway";
import type { Principal } from "../../../local/kernel/aws-service";
import type { Deployment, Resource } from "../../../local/terraform/deployment";

export const OPERATOR: Principal = { kind: "user", arn: "arn:aws:iam::000000000000:user/operator" };
export const REGION = "eu-west-1";

export interface TestGateway extends Gateway {
  readonly directory: string;
  readonly credentials: CredentialRegistry;
  /** Key of {@link OPERATOR}. */
  readonly key: AccessKey;
  /** What was reported as a defect. */
  readonly defects: unknown[];
  /** Region, endpoint and credentials for a client of the AWS SDK. */
  readonly client: { readonly region: string; readonly endpoint: string; readonly credentials: AccessKey };
}

/** A gateway on a free port with a directory of its own, both gone after `stop`. */
export async function startTestGateway(options: Partial<GatewayOptions> = {}): Promise<TestGateway> {
  const directory = temporaryDirectory();
  const credentials = new CredentialRegistry({ file: join(directory, "credentials.json"), random: randomBytes });
  const key = credentials.issue({ principal: OPERATOR });
  const defects: unknown[] = [];
  const gateway = await startGateway({
    port: 0,
    credentials,
    clock: Date.now,
    newId: randomUUID,
    onError: (error) => defects.push(error),
    ...options,
  });
  return {
    ...gateway,
    directory,
    credentials,
    key,
    defects,
    client: { region: REGION, endpoint: gateway.address, credentials: key },
    async stop(grace = 0) {
      await gateway.stop(grace);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const made: string[] = [];
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

/** A directory that is gone after the last test of the file. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "vod-test-"));
  made.push(directory);
  return directory;
}

/** A deployment of a few resources: `{"aws_s3_bucket.source": {bucket: "..."}}`. */
export function testDeployment(resources: Readonly<Record<string, Resource["values"]>>): Deployment {
  const all = Object.entries(resources).map(([address, values]): Resource => {
    const [type = "", name = ""] = address.split(".");
    return { type, name, address, values };
  });
  return {
    account: "000000000000",
    region: REGION,
    all: (type) => all.filter((resource) => resource.type === type),
    get: (address) => {
      const found = all.find((resource) => resource.address === address);
      if (!found) throw new Error(`no resource ${address}`);
      return found;
    },
  };
}
