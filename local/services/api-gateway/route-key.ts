/** A parsed route key, `POST /play/{assetId}` or `$default`. */
export interface RouteKey {
  readonly text: string;
  /** `ANY` for every method. */
  readonly method: string;
  /** Absent for `$default`. */
  readonly segments?: readonly Segment[];
}

interface Segment {
  readonly kind: "literal" | "parameter" | "greedy";
  /** The literal text, or the parameter's name. */
  readonly name: string;
}

export interface RouteMatch<Route> {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Parses a route key; `where` names the route in errors. */
export function parseRouteKey(text: string, where: string): RouteKey {
  if (text === "$default") return { text, method: "ANY" };
  const [, method, path] = /^([A-Z]+) \/(.*)$/.exec(text) ?? [];
  if (!method || path === undefined) {
    throw new Error(
      `${where}: route_key must be $default or a method and a path such as "GET /titles/{id}", got "${text}"`,
    );
  }
  const segments = path.split("/").map(parseSegment);
  if (segments.slice(0, -1).some((segment) => segment.kind === "greedy")) {
    throw new Error(`${where}: route_key may have {name+} in its last place only, got "${text}"`);
  }
  return { text, method, segments };
}

function parseSegment(text: string): Segment {
  const [, name, plus] = /^\{([^{}+]+)(\+?)\}$/.exec(text) ?? [];
  if (name === undefined) return { kind: "literal", name: text };
  return { kind: plus ? "greedy" : "parameter", name };
}

/**
 * The most specific route for a method and a decoded path: literals before `{name}`, that before `{name+}`, a named
 * method before `ANY`, and `$default` last
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html).
 */
export function matchRoute<Route extends { readonly key: RouteKey }>(
  routes: readonly Route[],
  method: string,
  path: string,
): RouteMatch<Route> | undefined {
  const parts = path.replace(/^\//, "").split("/");
  const candidates = routes.flatMap((route) => {
    if (route.key.method !== "ANY" && route.key.method !== method) return [];
    const parameters = bind(route.key, parts);
    return parameters ? [{ route, parameters }] : [];
  });
  return candidates.sort((one, other) => compareText(rank(one.route.key), rank(other.route.key)))[0];
}

/** The parameters' values, or undefined where the path is another. */
function bind({ segments }: RouteKey, parts: readonly string[]): Record<string, string> | undefined {
  if (!segments) return {};
  const parameters: Record<string, string> = {};
  for (const [index, { kind, name }] of segments.entries()) {
    const part = kind === "greedy" ? parts.slice(index).join("/") : parts[index];
    if (part === undefined || (kind === "literal" ? part !== name : part === "")) return undefined;
    if (kind !== "literal") parameters[name] = part;
  }
  const isWhole = segments.at(-1)?.kind === "greedy" || segments.length === parts.length;
  return isWhole ? parameters : undefined;
}

/** Sorts before others: one character a segment, then the method. */
function rank({ segments, method }: RouteKey): string {
  const kinds = segments?.map(({ kind }) => ({ literal: "0", parameter: "1", greedy: "2" })[kind]).join("") ?? "3";
  return `${kinds} ${method === "ANY" ? 1 : 0}`;
}

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
