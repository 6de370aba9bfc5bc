import { deviceHeader } from "./device";
import type { ViewerRequest } from "./types";

/**
 * Headers that only the edge writes, whatever the viewer sent under their names; present for those policies that
 * list them. Undefined for names that are not the edge's.
 * {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html}
 */
export function edgeHeader(name: string, request: ViewerRequest): string | undefined {
  switch (name) {
    case "cloudfront-viewer-address":
      return `${request.address}:${request.port}`;
    case "cloudfront-viewer-country":
      return request.country;
    case "cloudfront-viewer-http-version":
      return "1.1";
    case "cloudfront-forwarded-proto":
      return "https"; // plain http on this machine stands for https
    default:
      return deviceHeader(name, request.headers);
  }
}

/** Names that a viewer's own headers never reach an origin under. */
export function reservedForEdge(name: string): boolean {
  return name.startsWith("cloudfront-") || name.startsWith("x-edge-") || name.startsWith("x-amz-cf-");
}
