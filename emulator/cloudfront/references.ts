import type { XmlElement } from "../../local/services/s3/xml";
import { AwsError } from "../../local/kernel/aws-service";
import { textsOf } from "../xml";
import { KINDS, type Kind } from "./kinds";
import type { CloudFrontStore } from "./store";

/** Refuses to delete what a distribution, or for a public key a key group, still names. */
export function requireUnused(store: CloudFrontStore, kind: Kind, id: string): void {
  const holders = holdersOf(kind).flatMap((holder) => store.all(holder));
  const user = holders.find(({ config }) => textsOf(config, kind.reference).includes(id));
  if (user) throw new AwsError(kind.inUse, `The ${kind.path} ${id} is in use by ${user.kind} ${user.id}`, 409);
}

/** Refuses a configuration that names what is not there; AWS's own codes for it differ by kind, to no effect here. */
export function requireReferred(store: CloudFrontStore, holder: string, config: XmlElement): void {
  for (const kind of KINDS.filter((each) => holdersOf(each).includes(holder))) {
    for (const id of textsOf(config, kind.reference)) {
      if (!store.find(kind.path, id)) throw new AwsError(kind.missing, `There is no ${kind.path} ${id}`, 404);
    }
  }
}

function holdersOf({ path }: Kind): string[] {
  return path === "public-key" ? ["key-group"] : ["distribution"];
}
