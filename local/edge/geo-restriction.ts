import { block } from "../terraform/deployment";
import { text, texts, type Values } from "./values";

/** `restrictions { geo_restriction { ... } }` of the distribution. */
export interface GeoRestriction {
  readonly kind: "none" | "whitelist" | "blacklist";
  readonly countries: readonly string[];
}

export function readGeoRestriction(distribution: Values): GeoRestriction {
  const restrictions = block(distribution, "restrictions");
  const geo = restrictions && block(restrictions, "geo_restriction");
  const kind = text(geo, "restriction_type");
  return {
    kind: kind === "whitelist" || kind === "blacklist" ? kind : "none",
    countries: texts(geo, "locations"),
  };
}

export function countryAllowed(restriction: GeoRestriction, country: string): boolean {
  const listed = restriction.countries.includes(country);
  if (restriction.kind === "none") return true;
  return restriction.kind === "whitelist" ? listed : !listed;
}
