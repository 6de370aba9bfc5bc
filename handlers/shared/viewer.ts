import { isIPv4 } from "node:net";
import { DEVICE_HEADERS, VIEWER_ADDRESS_HEADER, VIEWER_COUNTRY_HEADER } from "./headers";
import type { HttpRequest } from "./http";

/** `<address>:<port>`; an IPv6 address has colons of its own. */
const ADDRESS = /^(.+):\d+$/;

/** The viewer's IPv4 address as the edge saw it; undefined for IPv6 and where the header is missing. */
export function viewerIpv4({ headers }: HttpRequest): string | undefined {
  const address = ADDRESS.exec(headers[VIEWER_ADDRESS_HEADER] ?? "")?.[1];
  return address !== undefined && isIPv4(address) ? address : undefined;
}

export function viewerCountry({ headers }: HttpRequest): string | undefined {
  return headers[VIEWER_COUNTRY_HEADER];
}

/** `tv`, `tablet`, `phone` or `desktop`; undefined where the edge does not say. */
export function viewerDevice({ headers }: HttpRequest): string | undefined {
  return Object.entries(DEVICE_HEADERS).find(([, header]) => headers[header] === "true")?.[0];
}
