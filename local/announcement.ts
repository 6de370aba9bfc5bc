import { rmSync } from "node:fs";
import type { AwsClientSettings } from "./kernel/aws-client";
import { writePrivateJson } from "./kernel/private-file";

/** Says in a file, which its owner alone may read, where a running platform's services are; `stop` takes it back. */
export function announce(
  file: string,
  { endpoint, region, credentials }: AwsClientSettings,
): { stop(): Promise<void> } {
  // By name: clients hang marks of their own on the credentials.
  const { accessKeyId, secretAccessKey } = credentials;
  writePrivateJson(file, { endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  return { stop: async () => rmSync(file, { force: true }) };
}
