import type { Attack } from "../attack";
import { CACHES, CORS, VIEWERS_ANSWERS } from "./caches";
import { FORGED, NO_COOKIE, OVERSIZED, TERMS } from "./cookies";
import { API, BUCKETS, MEDIA_ORIGIN } from "./origins";
import { CLIMBS, QUERIES, ROUTES, TOO_LONG, TRAVERSAL } from "./paths";
import { METHODS, RANGES, REQUESTS } from "./requests";
import { AUDIENCES, TOKENS } from "./tokens";
import { COOKIE_LIFE, VIEWERS } from "./viewers";
import { FIREWALL, SMUGGLING } from "./wire";

/** Every attack, in the order of the table. They are sent one after the other: some change the title for a moment. */
export const ATTACKS: readonly Attack[] = [
  ...[...NO_COOKIE, ...FORGED, ...TERMS, ...COOKIE_LIFE],
  ...[...ROUTES, ...TRAVERSAL, ...CLIMBS, ...QUERIES],
  ...[...REQUESTS, ...METHODS, ...OVERSIZED, ...TOO_LONG, ...RANGES, ...SMUGGLING],
  ...[...TOKENS, ...AUDIENCES, ...VIEWERS],
  ...[...API, ...MEDIA_ORIGIN, ...BUCKETS],
  ...[...CACHES, ...VIEWERS_ANSWERS, ...CORS, ...FIREWALL],
];
