export interface Cookie {
  readonly name: string;
  readonly value: string;
}

/** The cookies of a `Cookie` header, in the order sent. */
export function parseCookies(header: string | undefined): Cookie[] {
  if (!header) return [];
  return header
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      return equals < 0 ? { name: pair, value: "" } : { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
    });
}

export function joinCookies(cookies: readonly Cookie[]): string {
  return cookies.map((cookie) => `${cookie.name}=${cookie.value}`).join("; ");
}

export function cookieValue(header: string | undefined, name: string): string | undefined {
  return parseCookies(header).find((cookie) => cookie.name === name)?.value;
}
