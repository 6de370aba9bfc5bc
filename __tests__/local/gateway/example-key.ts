import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CredentialRegistry } from "../../../local/gateway/credentials";
import { OPERATOR, temporaryDirectory } from "./test-gateway";

/** The key of AWS's published examples (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html). */
export const EXAMPLE_KEY = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
export const EXAMPLE_TIME = Date.UTC(2013, 4, 24);

export function exampleRegistry(): CredentialRegistry {
  const file = join(temporaryDirectory(), "keys.json");
  writeFileSync(file, JSON.stringify([{ ...EXAMPLE_KEY, principal: OPERATOR }]));
  return new CredentialRegistry({
    file,
    random: () => {
      throw new Error("no new key may be made");
    },
  });
}
