/** Which view the address names; the hash only, so that the page stays one static file. */
export type Route =
  { readonly view: "titles" } | { readonly view: "uploads" } | { readonly view: "watch"; readonly assetId: string };

/** Asset ids are lower-case letters, digits and hyphens; anything else leads to the list. */
export function parseRoute(hash: string): Route {
  if (hash === "#/uploads") return { view: "uploads" };
  const assetId = /^#\/watch\/([a-z0-9-]{1,128})$/.exec(hash)?.[1];
  return assetId ? { view: "watch", assetId } : { view: "titles" };
}

export function formatRoute(route: Route): string {
  if (route.view === "uploads") return "#/uploads";
  return route.view === "watch" ? `#/watch/${route.assetId}` : "#/";
}
