/** One parameter of a query string, exactly as it was sent. */
export interface QueryParameter {
  readonly name: string;
  readonly raw: string;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value.replace(/\+/g, " "));
  } catch {
    return value; // malformed percent-encoding is passed on as it is
  }
}

/** Parameters in the order sent; empty ones between ampersands are kept, so that joining gives the same text. */
export function parseQuery(query: string): QueryParameter[] {
  if (query === "") return [];
  return query.split("&").map((raw) => ({ name: decode(raw.split("=", 1)[0] ?? ""), raw }));
}

export function joinQuery(parameters: readonly QueryParameter[]): string {
  return parameters.map((parameter) => parameter.raw).join("&");
}

/** The decoded value of the first parameter of that name. */
export function queryValue(query: string, name: string): string | undefined {
  const found = parseQuery(query).find((parameter) => parameter.name === name);
  if (!found) return undefined;
  const equals = found.raw.indexOf("=");
  return equals < 0 ? "" : decode(found.raw.slice(equals + 1));
}

export function withoutParameters(query: string, names: ReadonlySet<string>): string {
  return joinQuery(parseQuery(query).filter((parameter) => !names.has(parameter.name)));
}
