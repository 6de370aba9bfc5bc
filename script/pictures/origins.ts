import type { Resources } from "../stack-resources";
import { behaviors, distribution } from "./distribution";
import type { Edge } from "./graph";
import { referred } from "./read-stack";
import type { Part } from "./stages";

/** The distribution, and what it fetches from where; the default behaviour has no path to show. */
export function origins(resources: Resources): Part {
  const edges = distribution(resources).origin.map(({ origin_id: id, domain_name: domain }): Edge => {
    const paths = behaviors(resources).filter(({ origin, pattern }) => origin === id && pattern !== "*");
    const beginnings = paths.map(({ pattern }) => pattern.replace(/\*.*$/, "*"));
    return { from: originNode(domain), to: "edge", label: [...new Set(beginnings)].join(", ") };
  });
  return {
    nodes: [{ id: "edge", label: ["CloudFront", "behind the firewall"], kind: "edge", frame: "deliver" }],
    edges: [...edges, { from: "edge", to: "viewer" }],
  };
}

/** Where an origin's domain name leads, as a node. */
export function originNode(domain: unknown): string {
  const found = referred(domain);
  switch (found?.type) {
    case "aws_s3_bucket":
      return `bucket_${found.name}`;
    case "aws_apigatewayv2_api":
      return "api";
    case "aws_cloudformation_stack":
      return "mediapackage";
    default:
      throw new Error(`an origin that the picture does not know: ${String(domain)}`);
  }
}
