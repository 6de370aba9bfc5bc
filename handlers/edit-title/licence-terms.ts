import { ok, refused, type Result } from "../shared/result";
import type { LicenceTerms } from "../shared/title";

/** Gives the value to keep, or says what is allowed. */
type Read = (value: unknown) => Result<unknown>;

const COUNTRY = /^[A-Z]{2}$/;
const MAX_COUNTRIES = 250; // ISO 3166-1 has 249
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

const flag: Read = (value) => (typeof value === "boolean" ? ok(value) : refused("true or false"));

const name: Read = (value) =>
  typeof value === "string" && /^[a-z0-9-]{1,60}$/.test(value)
    ? ok(value)
    : refused("1 to 60 lower-case letters, digits and hyphens");

const instant: Read = (value) =>
  typeof value === "string" && INSTANT.test(value) && !Number.isNaN(Date.parse(value))
    ? ok(new Date(value).toISOString())
    : refused("a time with its zone, such as 2030-01-31T18:00:00Z");

const countries: Read = (value) => {
  const codes = Array.isArray(value) && value.length <= MAX_COUNTRIES ? new Set<unknown>(value) : undefined;
  const all = codes && [...codes].every((code) => typeof code === "string" && COUNTRY.test(code));
  return all ? ok([...codes].sort()) : refused("a list of two-letter country codes in capitals");
};

const FIELDS: Readonly<Record<keyof LicenceTerms, Read>> = {
  required: flag,
  collection: name,
  institutionOnly: flag,
  notBefore: instant,
  notAfter: instant,
  allowedCountries: countries,
  blockedCountries: countries,
};

/** The terms that a body states; every problem at once. The empty object is the terms of a title that has none. */
export function parseTerms(body: Readonly<Record<string, unknown>>): Result<LicenceTerms | undefined> {
  const problems: string[] = [];
  const terms: Partial<Record<string, unknown>> = {};
  for (const [field, value] of Object.entries(body)) {
    const read = Object.hasOwn(FIELDS, field) ? FIELDS[field as keyof LicenceTerms] : undefined;
    const result = read?.(value);
    if (!result) problems.push(`${quoted(field)} is no term; allowed are ${Object.keys(FIELDS).join(", ")}`);
    else if (result.ok) terms[field] = result.value;
    else problems.push(`${field} must be ${result.problem}`);
  }
  const { notBefore, notAfter } = terms as LicenceTerms;
  if (notBefore !== undefined && notAfter !== undefined && notBefore >= notAfter) {
    problems.push("notAfter must be later than notBefore");
  }
  if (problems.length > 0) return refused(`${problems.join("; ")}.`);
  return ok(Object.keys(terms).length === 0 ? undefined : (terms as LicenceTerms));
}

function quoted(field: string): string {
  return JSON.stringify(field.length > 40 ? `${field.slice(0, 40)}...` : field);
}
