import { createHash } from "node:crypto";
import { ExpressionError, type Value } from "../expression";
import type { StackContext } from "../context";
import type { ResourceBody } from "../document";

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const LOWER = UPPER.toLowerCase();

/** Reads an argument or computed attribute of a resource, evaluated; undefined where there is none or it is null. */
export type ReadAttribute = (name: string) => Value | undefined;

/**
 * One resource while its computed attributes are made. What AWS would choose at random (ids, suffixes) follows from
 * account, Region and address, so that it is the same at every start.
 */
export class Instance {
  readonly account: string;
  readonly partition: string;

  constructor(
    readonly body: ResourceBody,
    /** The resource's own: that of its provider, us-east-1 for the edge's firewall. */
    readonly region: string,
    readonly context: StackContext,
    readonly read: ReadAttribute,
  ) {
    this.account = context.account;
    this.partition = context.partition ?? "aws";
  }

  /** An argument or attribute that must be there as text. */
  text(name: string): string {
    const value = this.read(name);
    if (typeof value === "string") return value;
    throw new ExpressionError(`${this.body.address} has no ${name}, which its computed attributes are made from`);
  }

  /** The name that was given, or the one that the provider would make up, after the prefix if there is one. */
  named(argument = "name"): string {
    const given = this.read(argument);
    if (typeof given === "string") return given;
    const prefix = this.read(`${argument}_prefix`);
    return `${typeof prefix === "string" ? prefix : "terraform-"}${this.hex(26, argument)}`;
  }

  arn(service: string, resource: string, { region = this.region, account = this.account } = {}): string {
    return `arn:${this.partition}:${service}:${region}:${account}:${resource}`;
  }

  hex(length: number, salt = "id"): string {
    return this.digest(salt).toString("hex").slice(0, length);
  }

  upper(length: number, salt = "id"): string {
    return this.spelled(UPPER, length, salt);
  }

  lower(length: number, salt = "id"): string {
    return this.spelled(LOWER, length, salt);
  }

  /** In the form of a version 4 UUID. */
  uuid(salt = "id"): string {
    const hex = this.hex(32, salt);
    const variant = "89ab"[parseInt(hex.charAt(16), 16) % 4];
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  private spelled(alphabet: string, length: number, salt: string): string {
    return [...this.digest(salt).subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join("");
  }

  private digest(salt: string): Buffer {
    const { account, region } = this.context;
    return createHash("sha256").update([account, region, this.body.address, salt].join("\n")).digest();
  }
}

/** By attribute, how it is computed. Arguments that are set take precedence. */
export type Attributes = Readonly<Record<string, (instance: Instance) => Value>>;
