import { sign } from "../local/gateway/signature-v4";
import type { AwsClientSettings } from "../local/kernel/aws-client";
import type { EmulatedAccount } from "./account";
import { type Listing, type ListingRequest, listings } from "./listings";

/** By `service: what`, the names of what is there, sorted; what there is none of does not stand in it. */
export type Inventory = Readonly<Record<string, readonly string[]>>;

/** Asks every service what it holds, by the calls that anybody could make. @throws when one does not answer. */
export async function takeInventory({ account, aws, names }: EmulatedAccount): Promise<Inventory> {
  const inventory: Record<string, string[]> = {};
  for (const listing of listings(account)) {
    const found = await list(listing, aws);
    if (found.length > 0) inventory[`${listing.service}: ${listing.what}`] = found;
  }
  for (const entry of names()) {
    const [, where = "", what = "", name = ""] = /^(\S+): ([^/]+)\/(.*)$/.exec(entry) ?? [];
    (inventory[`${where}: ${what}`] ??= []).push(name);
  }
  return inventory;
}

/** How many things an inventory names. */
export function countOf(inventory: Inventory): number {
  return Object.values(inventory).reduce((sum, names) => sum + names.length, 0);
}

/** `service: what: name` of all that `after` has and `before` has not. */
export function added(before: Inventory, after: Inventory): string[] {
  return Object.entries(after).flatMap(([what, names]) =>
    names.filter((name) => !before[what]?.includes(name)).map((name) => `${what}: ${name}`),
  );
}

async function list(listing: Listing, aws: AwsClientSettings): Promise<string[]> {
  const { names, describe, request } = listing;
  const found = [...(await ask(listing, request, aws)).matchAll(names)].map(([, name = ""]) => name);
  if (!describe) return found.sort();
  const described: string[] = [];
  for (const name of found) {
    const answer = await ask(listing, describe.request(name), aws);
    described.push(describe.words.map((word) => word.exec(answer)?.[1] ?? "").join(", "));
  }
  return described.sort();
}

async function ask(
  { service, what, region }: Listing,
  request: ListingRequest,
  aws: AwsClientSettings,
): Promise<string> {
  const { method, path, headers, body } = written(request);
  const { host } = new URL(aws.endpoint);
  const options = { service, region: region ?? aws.region, credentials: aws.credentials, clock: Date.now };
  const signed = sign({ method, host, path, headers }, options);
  const response = await fetch(aws.endpoint + path, { method, headers: signed, body });
  const text = await response.text();
  if (!response.ok)
    throw new Error(`${service}: listing ${what} was answered ${response.status}: ${text.slice(0, 300)}`);
  return text;
}

function written(request: ListingRequest) {
  if ("path" in request) return { method: "GET", path: request.path, headers: {}, body: undefined };
  if ("target" in request) {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": request.target };
    return { method: "POST", path: "/", headers, body: JSON.stringify(request.body ?? {}) };
  }
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = new URLSearchParams({ Action: request.action, ...request.parameters }).toString();
  return { method: "POST", path: "/", headers, body };
}
