import { createHash, timingSafeEqual } from "node:crypto";
import type { Principal } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { AssumeRole } from "../role-sessions";
import type { PackagingGroup } from "./packaging";

/** https://docs.aws.amazon.com/mediapackage/latest/ug/cdn-auth-setup.html */
export const CDN_HEADER = "x-mediapackage-cdnidentifier";
const SECRET_KEY = "MediaPackageCDNIdentifier";

/** Current and previous value of a secret, as strings; read as somebody, who must be allowed to. */
export type SecretValues = (as: Principal, secretArn: string) => Promise<string[]>;

/** Known values are used this long, and looked up again no more often than this when a header fits none. Milliseconds. */
const FRESH = 60_000;
const RETRY = 1_000;

interface Known {
  readonly at: number;
  readonly digests: readonly Buffer[];
}

/** Whether a request carries a group's CDN identifier, the one before the last rotation included. */
export class CdnAuthorization {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly secretValues: SecretValues,
    private readonly clock: Clock,
    private readonly assume: AssumeRole,
  ) {}

  async allows({ id, authorization }: PackagingGroup, header: string | string[] | undefined): Promise<boolean> {
    if (!authorization) return true;
    if (typeof header !== "string" || header === "") return false;
    const known = this.known.get(id);
    const age = known ? this.clock() - known.at : Infinity;
    if (known && age < FRESH && matches(known, header)) return true;
    if (known && age < RETRY) return false;
    const values = await this.secretValues(this.assume(authorization.roleArn), authorization.secretArn);
    const fresh = { at: this.clock(), digests: values.flatMap(identifierOf).map(digest) };
    this.known.set(id, fresh);
    return matches(fresh, header);
  }
}

/** Digests are equally long and compared whole, so that the time taken tells nothing of the value. */
function matches({ digests }: Known, header: string): boolean {
  const given = digest(header);
  return digests.map((expected) => timingSafeEqual(expected, given)).includes(true);
}

function digest(value: string): Buffer {
  return createHash("sha256").update(value).digest();
}

function identifierOf(secret: string): string[] {
  try {
    const value = (JSON.parse(secret) as Record<string, unknown> | null)?.[SECRET_KEY];
    return typeof value === "string" && value !== "" ? [value] : [];
  } catch {
    return [];
  }
}
