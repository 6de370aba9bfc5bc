/**
 * What the player page may load and whom it may ask; everything else is refused by the browser, scripts in the page
 * itself above all. `connects` are CSP sources beside the page's own origin.
 * https://www.w3.org/TR/CSP3/
 */
export function pagePolicy(connects: readonly string[]): string {
  const directives: Readonly<Record<string, readonly string[]>> = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "media-src": [SELF, "blob:"], // Media Source, and plain HLS where the browser plays it
    "worker-src": ["blob:"], // hls.js's transmuxer, which the bundle holds as text
    "connect-src": [SELF, ...new Set(connects)],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}

/** Of answers that are no page: opened as one, they load nothing and are framed nowhere. */
export const NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

const NONE = "'none'";
const SELF = "'self'";
