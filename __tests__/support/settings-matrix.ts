import schema from "../../environments/schema.json";

/** An environment file's settings. */
export type Settings = Record<string, unknown>;

export interface Variant {
  /** Path and value: `deliver.ipv6 = false`. */
  readonly name: string;
  /** What is merged over an environment file. */
  readonly settings: Settings;
}

interface SchemaNode {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
}

/** Values for what the schema describes by a pattern only. A setting that is neither here nor enumerable fails the matrix. */
const SAMPLES: Readonly<Record<string, readonly unknown[]>> = {
  "repository.owner": ["another-org"],
  "repository.name": ["another-platform"],
  "repository.id": ["42"],
  "repository.ownerId": ["43"],
  "ladder.rungs": [["480p"], ["240p", "360p", "480p", "720p", "1080p", "2160p"]],
  "ladder.segmentSeconds": [6],
  "ladder.gopSeconds": [1],
  "ingest.uploadPrefix": ["mezzanines/"],
  "transcode.queue.plan": ["RESERVED"],
  "entitle.countries": [["DE", "NL"]],
  "entitle.blockedCountries": [["KP"]],
  "entitle.issuer.url": ["https://login.example.com/"],
  "entitle.issuer.audience": ["another-audience"],
  "entitle.issuer.clientId": ["player"],
  "entitle.issuer.groupsClaim": ["roles"],
  "entitle.issuer.pageOrigins": [["https://tokens.example.com"]],
  "deliver.originShieldRegion": ["eu-central-1"],
  "deliver.corsOrigins": [["https://www.example.com", "https://tv.example.com:8443"]],
  "deliver.blockedCountries": [["AQ"]],
  "deliver.domain.name": ["watch.example.org"],
  "deliver.domain.hostedZoneId": ["Z0000000OTHER"],
};

const DOMAIN = { deliver: { domain: { name: "watch.example.com", hostedZoneId: "Z0000000EXAMPLE" } } };
const ISSUER = { entitle: { issuer: { url: "https://id.example.com", audience: "vod" } } };
const RESERVED = { transcode: { queue: { plan: "RESERVED", slots: 2, renewal: "EXPIRE" } } };

/** What a setting, or a part of it, cannot do without. */
const COMPANIONS: Readonly<Record<string, Settings>> = {
  "deliver.domain": DOMAIN,
  "deliver.minimumTls": DOMAIN,
  "entitle.issuer": ISSUER,
  "transcode.queue": RESERVED,
  "entitle.bindViewerIp": { deliver: { ipv6: false } },
  "entitle.playerSite": { deliver: { corsOrigins: ["https://www.example.com"] } },
};

/** Required of every file, so nothing that could be left out. */
const REQUIRED = ["$schema", "account", "region", "tags", "signing"];

/** Every optional setting by itself, at each value that it can be given: the whole enumeration, both ends of a range. */
export function everySetting(): Variant[] {
  return Object.entries((schema as SchemaNode).properties ?? {})
    .filter(([name]) => !REQUIRED.includes(name))
    .flatMap(([name, node]) => variants(name, node));
}

/** As many settings at once as go together: the last value of each. */
export function allSettings(): Settings {
  return everySetting().reduce<Settings>((all, { settings }) => merged(all, settings), {});
}

/** The one over the other: objects by member, everything else as a whole. */
export function merged(base: Settings, over: Settings): Settings {
  const result: Settings = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const there = result[name];
    result[name] = isObject(there) && isObject(value) ? merged(there, value) : value;
  }
  return result;
}

function variants(path: string, node: SchemaNode): Variant[] {
  if (node.properties) {
    return Object.entries(node.properties).flatMap(([name, child]) => variants(`${path}.${name}`, child));
  }
  return valuesOf(path, node).map((value) => ({
    name: `${path} = ${JSON.stringify(value)}`,
    settings: merged(companionOf(path), at(path.split("."), value)),
  }));
}

function valuesOf(path: string, node: SchemaNode): readonly unknown[] {
  const samples = SAMPLES[path];
  if (samples) return samples;
  if (node.enum) return node.enum.filter((value) => value !== node.default);
  if (node.type === "boolean") return [node.default !== true];
  if (node.minimum !== undefined && node.maximum !== undefined) return [node.minimum, node.maximum];
  throw new Error(`__tests__/support/settings-matrix.ts: ${path} has no sample, give it one`);
}

function companionOf(path: string): Settings {
  const [, companion] = Object.entries(COMPANIONS).find(([of]) => path === of || path.startsWith(`${of}.`)) ?? [];
  return companion ?? {};
}

function at([name = "", ...rest]: readonly string[], value: unknown): Settings {
  return { [name]: rest.length === 0 ? value : at(rest, value) };
}

function isObject(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
