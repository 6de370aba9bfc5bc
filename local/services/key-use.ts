import type { Authorize, Principal } from "../kernel/aws-service";

export type KeyAction = "Decrypt" | "GenerateDataKey";

/**
 * Uses a customer-managed key in a caller's name; a service that keeps data encrypted does so before it answers. Without
 * a key there is nothing to ask: AWS's own keys admit whoever may use the service.
 *
 * @throws AwsError when the caller may not use the key
 */
export type UseKey = (
  principal: Principal,
  keyArn: string | undefined,
  actions: readonly KeyAction[],
  /** What the ciphertext is bound to, e.g. `{"aws:sqs:arn": "..."}`. */
  encryptionContext: Readonly<Record<string, string>>,
) => void;

/** Keys as one service uses them: KMS is told through which service the call came, and what it encrypts. */
export function keyUse(authorize: Authorize, account: string, region: string, service: string): UseKey {
  return (principal, keyArn, actions, encryptionContext) => {
    if (keyArn === undefined) return;
    const names = Object.keys(encryptionContext);
    const context = {
      "kms:ViaService": `${service}.${region}.amazonaws.com`,
      "kms:CallerAccount": account,
      "aws:ViaAWSService": "true",
      "kms:EncryptionContextKeys": names,
      ...Object.fromEntries(names.map((name) => [`kms:EncryptionContext:${name}`, encryptionContext[name] ?? ""])),
    };
    for (const action of actions) authorize(principal, `kms:${action}`, keyArn, context);
  };
}
