import { createPublicKey, type KeyObject } from "node:crypto";
import type { Deployment, Resource } from "../terraform/deployment";
import { text, texts } from "./values";

/**
 * The public keys of some key groups, by key id. A key that CloudFront would not have accepted throws: it takes
 * RSA 2048 and ECDSA P-256 only.
 * {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html}
 */
export function trustedKeys(groupIds: readonly string[], deployment: Deployment): ReadonlyMap<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  for (const groupId of groupIds) {
    const group = withId(deployment, "aws_cloudfront_key_group", groupId);
    for (const keyId of texts(group.values, "items")) {
      keys.set(keyId, readKey(withId(deployment, "aws_cloudfront_public_key", keyId)));
    }
  }
  return keys;
}

function withId(deployment: Deployment, type: string, id: string): Resource {
  const found = deployment.all(type).find((resource) => resource.values.id === id);
  if (!found) throw new Error(`no ${type} has the id "${id}"`);
  return found;
}

function readKey(resource: Resource): KeyObject {
  const key = parse(resource);
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  const accepted = modulusLength === 2048 || namedCurve === "prime256v1";
  if (accepted && (key.asymmetricKeyType === "rsa" || key.asymmetricKeyType === "ec")) return key;
  const got = `${key.asymmetricKeyType} ${modulusLength ?? namedCurve ?? ""}`.trim();
  throw new Error(`${resource.address}.encoded_key: got ${got}, allowed: RSA 2048, ECDSA P-256 (prime256v1)`);
}

function parse(resource: Resource): KeyObject {
  try {
    return createPublicKey(text(resource.values, "encoded_key") ?? "");
  } catch {
    throw new Error(`${resource.address}.encoded_key: not a public key in PEM; paste the whole BEGIN PUBLIC KEY block`);
  }
}
