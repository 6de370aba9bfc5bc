import type { Environment } from "./environment";
import { ORIGIN_SHIELD_REGIONS } from "./origin-shield-regions";
import type { Problem } from "./problem";

/** What the schema cannot say: settings that do not go together. */
export function conflicts(environment: Environment): Problem[] {
  const rules = [ladderRules, edgeRules, shieldRules, countryRules, queueRules, operateRules, keyRules];
  return rules.flatMap((rule) => [...rule(environment)]);
}

function* ladderRules({ ladder }: Environment): Iterable<Problem> {
  const ratio = ladder.segmentSeconds / ladder.gopSeconds;
  if (!Number.isInteger(ratio)) {
    yield {
      path: "ladder.gopSeconds",
      rule: `must divide ladder.segmentSeconds (${ladder.segmentSeconds}), so that every segment starts with a key frame`,
      got: ladder.gopSeconds,
    };
  }
}

function* edgeRules({ name, deliver, entitle }: Environment): Iterable<Problem> {
  if (entitle.bindViewerIp === "ipv4" && deliver.ipv6) {
    yield {
      path: "deliver.ipv6",
      rule: 'must be false when entitle.bindViewerIp is "ipv4": a cookie bound to an IPv4 address refuses IPv6 viewers',
      got: true,
    };
  }
  if (deliver.minimumTls && !deliver.domain) {
    yield {
      path: "deliver.minimumTls",
      rule: "needs deliver.domain: the default certificate sets its own TLS minimum, whatever is asked for",
      got: deliver.minimumTls,
    };
  }
  if (name === "prod" && !deliver.domain) {
    yield {
      path: "deliver.domain",
      rule: "is required in prod: only a domain of its own gets a TLS minimum of 1.2",
      got: undefined,
    };
  }
  if (entitle.playerSite === "cross-site" && deliver.corsOrigins.length === 0) {
    yield {
      path: "deliver.corsOrigins",
      rule: 'must name the players\' origins when entitle.playerSite is "cross-site"',
      got: [],
    };
  }
}

function* countryRules({ entitle }: Environment): Iterable<Problem> {
  const both = entitle.countries.filter((country) => entitle.blockedCountries.includes(country));
  if (both.length > 0) {
    yield {
      path: "entitle.blockedCountries",
      rule: "must name no country that entitle.countries names: it would be allowed and refused",
      got: both,
    };
  }
}

function* shieldRules({ region, deliver }: Environment): Iterable<Problem> {
  const shield = deliver.originShieldRegion ?? region;
  if (ORIGIN_SHIELD_REGIONS.includes(shield)) return;
  yield {
    path: "deliver.originShieldRegion",
    rule: `must name the nearest Region that has Origin Shield (${ORIGIN_SHIELD_REGIONS.join(", ")}); ${shield} has none`,
    got: deliver.originShieldRegion,
  };
}

function* queueRules({ transcode: { queue } }: Environment): Iterable<Problem> {
  const reserved = queue.plan === "RESERVED";
  for (const field of ["slots", "renewal"] as const) {
    if (reserved && queue[field] === undefined) {
      yield { path: `transcode.queue.${field}`, rule: 'is required when plan is "RESERVED"', got: undefined };
    }
    if (!reserved && queue[field] !== undefined) {
      yield { path: `transcode.queue.${field}`, rule: 'is allowed only when plan is "RESERVED"', got: queue[field] };
    }
  }
}

function* operateRules({ operate, entitle }: Environment): Iterable<Problem> {
  for (const list of ["notify", "page"] as const) {
    for (const subscriber of operate[list]) {
      if (/^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/.test(subscriber)) continue;
      yield { path: `operate.${list}`, rule: "must be mailto:<address> or https://<address>", got: subscriber };
    }
  }
  if (operate.lockLogsDays > operate.keepLogsDays) {
    yield {
      path: "operate.lockLogsDays",
      rule: `must not exceed operate.keepLogsDays (${operate.keepLogsDays}): what is locked cannot expire`,
      got: operate.lockLogsDays,
    };
  }
  if (operate.check && entitle.issuer) {
    yield {
      path: "operate.check",
      rule: "must be false with entitle.issuer: the check signs in with the environment's own user pool",
      got: true,
    };
  }
}

function* keyRules({ signing, keys }: Environment): Iterable<Problem> {
  if (!keys.some((key) => key.name === signing.active)) {
    yield {
      path: "signing.active",
      rule: `must name a public key of the environment (${keys.map((key) => key.name).join(", ") || "there is none"})`,
      got: signing.active,
    };
  }
}
