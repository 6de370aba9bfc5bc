import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentName, loadEnvironment, topologyName } from "../../environments/load";
import { keysDirectory } from "../support/synthesised";

const MINIMAL = {
  $schema: "./schema.json",
  account: "111111111111",
  region: "eu-west-1",
  tags: { contentClassification: "internal", owner: "video", costCenter: "1" },
  signing: { active: "a" },
};

const keys = keysDirectory("a");

function load(settings: unknown, name: "dev" | "prod" = "dev") {
  const directory = mkdtempSync(join(tmpdir(), "vod-environment-"));
  writeFileSync(join(directory, `${name}.json`), typeof settings === "string" ? settings : JSON.stringify(settings));
  return loadEnvironment(name, { directory, keys });
}

test("a small file is completed with the defaults", () => {
  expect(load(MINIMAL)).toMatchObject({
    name: "dev",
    topology: "mediapackage",
    ladder: { rungs: ["240p", "360p", "480p", "720p", "1080p"], segmentSeconds: 4, gopSeconds: 2 },
    ingest: { uploadPrefix: "uploads/", coldAfterDays: 90 },
    transcode: { queue: { plan: "ON_DEMAND" } },
    publish: "automatic",
    entitle: { cookieSeconds: 300, bindViewerIp: "none", playerSite: "same-site", countries: [] },
    deliver: { priceClass: "PriceClass_100", ipv6: true, manifestSeconds: 5, corsOrigins: [], blockedCountries: [] },
    keys: [{ name: "a" }],
  });
});

test("every problem is reported at once, with file, path, what is allowed and what was got", () => {
  const wrong = {
    ...MINIMAL,
    account: "12",
    topology: "p2p",
    ladder: { rungs: ["4k"], segmentSeconds: 0 },
    colour: "blue",
    tags: { contentClassification: "internal", owner: "video" },
  };
  expect(() => load(wrong)).toThrow(
    [
      'environments/dev.json: colour is not a setting; allowed here: $schema, account, region, tags, repository, destroyable, topology, ladder, ingest, transcode, publish, entitle, deliver, operate, signing, got "blue"',
      'environments/dev.json: account must match pattern "^[0-9]{12}$", got "12"',
      "environments/dev.json: tags.costCenter is required, got nothing",
      'environments/dev.json: topology must be one of mediapackage, direct, got "p2p"',
      'environments/dev.json: ladder.rungs.0 must be one of 240p, 360p, 480p, 720p, 1080p, 2160p, got "4k"',
      "environments/dev.json: ladder.segmentSeconds must be >= 1, got 0",
    ].join("\n"),
  );
});

test.each([
  [
    "a GOP that does not divide the segment",
    { ladder: { gopSeconds: 3 } },
    "environments/dev.json: ladder.gopSeconds must divide ladder.segmentSeconds (4), so that every segment starts with a key frame, got 3",
  ],
  [
    "cookies bound to IPv4 with IPv6 on",
    { entitle: { bindViewerIp: "ipv4" } },
    'environments/dev.json: deliver.ipv6 must be false when entitle.bindViewerIp is "ipv4": a cookie bound to an IPv4 address refuses IPv6 viewers, got true',
  ],
  [
    "a TLS minimum without a domain",
    { deliver: { minimumTls: "TLSv1.2_2021" } },
    'environments/dev.json: deliver.minimumTls needs deliver.domain: the default certificate sets its own TLS minimum, whatever is asked for, got "TLSv1.2_2021"',
  ],
  [
    "any origin, with credentials",
    { deliver: { corsOrigins: ["*"] } },
    'environments/dev.json: deliver.corsOrigins.0 must match pattern "^https://[a-z0-9.-]+(:[0-9]{1,5})?$", got "*"',
  ],
  [
    "all hosts of a domain, with credentials",
    { deliver: { corsOrigins: ["https://*.example.com"] } },
    'environments/dev.json: deliver.corsOrigins.0 must match pattern "^https://[a-z0-9.-]+(:[0-9]{1,5})?$", got "https://*.example.com"',
  ],
  [
    "bot control that is neither off nor on",
    { deliver: { botControl: true } },
    "environments/dev.json: deliver.botControl must be one of off, count, block, got true",
  ],
  [
    "players on another site without their origins",
    { entitle: { playerSite: "cross-site" } },
    'environments/dev.json: deliver.corsOrigins must name the players\' origins when entitle.playerSite is "cross-site", got []',
  ],
  [
    "a country that is allowed and blocked",
    { entitle: { countries: ["DE", "NL"], blockedCountries: ["NL", "RU"] } },
    'environments/dev.json: entitle.blockedCountries must name no country that entitle.countries names: it would be allowed and refused, got ["NL"]',
  ],
  [
    "a limit of no streams at all",
    { entitle: { concurrentStreams: 0 } },
    "environments/dev.json: entitle.concurrentStreams must be >= 1, got 0",
  ],
  [
    "a Region without Origin Shield, and none named",
    { region: "eu-north-1" },
    "environments/dev.json: deliver.originShieldRegion must name the nearest Region that has Origin Shield (us-east-1, us-east-2, us-west-2, sa-east-1, eu-west-1, eu-west-2, eu-central-1, me-central-1, ap-south-1, ap-northeast-1, ap-northeast-2, ap-southeast-1, ap-southeast-2); eu-north-1 has none, got nothing",
  ],
  [
    "an Origin Shield where there is none",
    { deliver: { originShieldRegion: "eu-west-3" } },
    'environments/dev.json: deliver.originShieldRegion must name the nearest Region that has Origin Shield (us-east-1, us-east-2, us-west-2, sa-east-1, eu-west-1, eu-west-2, eu-central-1, me-central-1, ap-south-1, ap-northeast-1, ap-northeast-2, ap-southeast-1, ap-southeast-2); eu-west-3 has none, got "eu-west-3"',
  ],
  [
    "a reserved queue without its commitment",
    { transcode: { queue: { plan: "RESERVED", slots: 1 } } },
    'environments/dev.json: transcode.queue.renewal is required when plan is "RESERVED", got nothing',
  ],
  [
    "a subscriber that is neither mail nor https",
    { operate: { page: ["sms:+31600000000"] } },
    'environments/dev.json: operate.page must be mailto:<address> or https://<address>, got "sms:+31600000000"',
  ],
  [
    "logs that are locked longer than they are kept",
    { operate: { keepLogsDays: 30 } },
    "environments/dev.json: operate.lockLogsDays must not exceed operate.keepLogsDays (30): what is locked cannot expire, got 90",
  ],
  [
    "a check that has no user pool to sign in with",
    { operate: { check: true }, entitle: { issuer: { url: "https://id.example.com", audience: "vod" } } },
    "environments/dev.json: operate.check must be false with entitle.issuer: the check signs in with the environment's own user pool, got true",
  ],
  [
    "an active key that is not there",
    { signing: { active: "b" } },
    'environments/dev.json: signing.active must name a public key of the environment (a), got "b"',
  ],
])("%s is refused", (_, change, message) => {
  expect(() => load({ ...MINIMAL, ...change })).toThrow(new Error(message));
});

test("a Region without Origin Shield takes another's", () => {
  expect(() =>
    load({ ...MINIMAL, region: "eu-north-1", deliver: { originShieldRegion: "eu-central-1" } }),
  ).not.toThrow();
});

test("prod without a domain is refused", () => {
  expect(() => load(MINIMAL, "prod")).toThrow(
    "environments/prod.json: deliver.domain is required in prod: only a domain of its own gets a TLS minimum of 1.2, got nothing",
  );
});

test("a file that is no JSON is refused by name", () => {
  expect(() => load("{")).toThrow(/^environments\/dev\.json must be JSON, got "/);
});

test("an unknown environment or topology is refused with the list of those there are", () => {
  expect(() => environmentName("production")).toThrow(
    'environment must be one of dev, staging, prod, local, got "production"',
  );
  expect(() => topologyName("cmaf")).toThrow('topology must be one of mediapackage, direct, got "cmaf"');
});
