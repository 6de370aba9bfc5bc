import type { Resources } from "../stack-resources";
import { type Behavior, behaviors, distribution } from "./distribution";
import { type Edge, mermaid, type Node } from "./graph";
import { kept } from "./kept";
import { originNode } from "./origins";
import { named, spoken } from "./read-stack";

interface Rule {
  readonly name: string;
  readonly priority: number;
}

/** One picture of what happens to a request: the firewall, then the first path that fits, its gate and cache, its origin. */
export function routesPicture(resources: Resources): string {
  const groups = grouped(resources);
  const rules = named(resources, "aws_wafv2_web_acl").flatMap(
    (name) => resources.aws_wafv2_web_acl?.[name]?.rule as Rule[],
  );
  const inOrder = [...rules].sort((a, b) => a.priority - b.priority).map(({ name }) => name);
  const paths = groups.map(({ patterns, says }, at): Node => ({
    id: `paths${at}`,
    label: [patterns.join(", "), ...says],
    kind: "rule",
  }));
  return mermaid({
    direction: "LR",
    frames: [],
    nodes: [
      { id: "viewer", label: ["viewer"], kind: "person" },
      { id: "firewall", label: ["firewall", ...inOrder], kind: "edge" },
      ...paths,
      ...originNodes(resources),
    ],
    edges: [
      { from: "viewer", to: "firewall" },
      ...paths.map(({ id }): Edge => ({ from: "firewall", to: id })),
      ...groups.map(({ to }, at): Edge => ({ from: `paths${at}`, to })),
    ],
  });
}

interface Group {
  readonly patterns: readonly string[];
  readonly says: readonly string[];
  readonly to: string;
}

/** Behaviours that differ in nothing but their path, together. */
function grouped(resources: Resources): Group[] {
  const groups = new Map<string, Group>();
  for (const behavior of behaviors(resources)) {
    const says = [gate(resources, behavior), kept(resources, behavior.policy)];
    const to = nodeOf(resources, behavior.origin);
    const key = [...says, to].join();
    const shown = behavior.pattern === "*" ? "anything else" : behavior.pattern;
    groups.set(key, { says, to, patterns: [...(groups.get(key)?.patterns ?? []), shown] });
  }
  return [...groups.values()];
}

function gate(resources: Resources, { signed, origin, pattern }: Behavior): string {
  if (signed) return pattern.startsWith("/downloads/") ? "signed address" : "signed cookie";
  if (nodeOf(resources, origin) !== "api") return "open";
  const prefix = pattern.replace(/\*$/, "");
  const routes = Object.values(resources.aws_apigatewayv2_route ?? {}).filter(({ route_key: key }) =>
    String(key).includes(` ${prefix}`),
  );
  return routes.every(({ authorization_type: type }) => type === "JWT") ? "bearer token" : "bearer token, by route";
}

function nodeOf(resources: Resources, origin: string): string {
  const found = distribution(resources).origin.find(({ origin_id: id }) => id === origin);
  return originNode(found?.domain_name);
}

/** Origins that several paths share are one node. */
function originNodes(resources: Resources): Node[] {
  const nodes = distribution(resources).origin.map(({ domain_name: domain, origin_shield: shield }): Node => {
    const id = originNode(domain);
    const bucket = id.startsWith("bucket_");
    const label = [bucket ? `${spoken(id.replace("bucket_", ""))} bucket` : (ORIGINS[id] ?? id)];
    return {
      id,
      label: shield?.enabled ? [...label, "behind Origin Shield"] : label,
      kind: bucket ? "store" : "service",
    };
  });
  return [...new Map(nodes.map((node) => [node.id, node])).values()];
}

const ORIGINS: Readonly<Record<string, string>> = { api: "HTTP API", mediapackage: "MediaPackage VOD" };
