import type { Attack } from "../attack";
import { CACHED_AND_BARE, CACHES, CORS, VIEWERS_ANSWERS } from "./caches";
import { ALTERED, FORGED, NO_COOKIE, OVERSIZED, TERMS } from "./cookies";
import { BUCKETS } from "./buckets";
import { DOWNLOAD_BARE, DOWNLOAD_LIFE, DOWNLOADERS, DOWNLOADS } from "./downloads";
import { API, IDENTIFIER_SENT, MEDIA_ORIGIN } from "./origins";
import { PARTS, PLAIN_PART } from "./parts";
import { CLIMBS, QUERIES, ROUTES, TOO_LONG, TRAVERSAL } from "./paths";
import { METHODS, RANGES, REQUESTS } from "./requests";
import { AUDIENCES, TOKENS } from "./tokens";
import { PRODUCERS_ONLY, UPLOAD_CHECKS } from "./uploads";
import { CHECKS, COOKIE_LIFE, EDITORS_ONLY, LONG_ID, VIEWERS } from "./viewers";
import { FIREWALL, SMUGGLING } from "./wire";

/** Every attack, in the order of the table. They are sent one after the other: some change the title for a moment. */
export const ATTACKS: readonly Attack[] = [
  ...[...NO_COOKIE, ...FORGED, ...ALTERED, ...TERMS, ...COOKIE_LIFE],
  ...[...ROUTES, ...TRAVERSAL, ...CLIMBS, ...QUERIES],
  ...[...REQUESTS, ...METHODS, ...OVERSIZED, ...TOO_LONG, ...RANGES, ...SMUGGLING],
  ...[...TOKENS, ...AUDIENCES, ...VIEWERS, ...EDITORS_ONLY, ...CHECKS, ...LONG_ID],
  ...[...DOWNLOAD_BARE, ...DOWNLOADS, ...DOWNLOAD_LIFE, ...DOWNLOADERS],
  ...[...PRODUCERS_ONLY, ...UPLOAD_CHECKS, ...PARTS, ...PLAIN_PART],
  ...[...API, ...MEDIA_ORIGIN, ...IDENTIFIER_SENT, ...BUCKETS],
  ...[...CACHES, ...CACHED_AND_BARE, ...VIEWERS_ANSWERS, ...CORS, ...FIREWALL],
];
