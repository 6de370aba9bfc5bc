import { type Facts, refusalOf, RULES } from "../../../handlers/shared/entitlement-rules";
import type { Entitlements } from "../../../handlers/shared/entitlements";
import { NOW } from "../support/titles";

const at = (ms: number) => new Date(NOW + ms).toISOString();
const [PAST, FUTURE] = [at(0), at(1)];
const ACTIVE = { subscription: { status: "ACTIVE" } };
const MEMBER = { membership: { institution: "uni" } };

function facts(more: Partial<Facts> = {}): Facts {
  return {
    now: NOW,
    entitlements: ACTIVE,
    country: undefined,
    countries: { allowed: [], blocked: [] },
    playable: "playable",
    terms: undefined,
    binding: { required: false, ipv4: undefined },
    streams: { limit: undefined, session: undefined, slot: undefined },
    ...more,
  };
}
const codeOf = (more: Partial<Facts>) => refusalOf(facts(more))?.code;

test("whom nothing refuses may play", () => {
  expect(refusalOf(facts())).toBeUndefined();
});

test.each<[string, Entitlements, string | undefined]>([
  ["no subscription", {}, "SUBSCRIPTION_REQUIRED"],
  ["an active one", ACTIVE, undefined],
  ["an active one until later", { subscription: { status: "ACTIVE", expiresAt: FUTURE } }, undefined],
  ["an active one that ended", { subscription: { status: "ACTIVE", expiresAt: PAST } }, "SUBSCRIPTION_EXPIRED"],
  ["an end that is no time", { subscription: { status: "ACTIVE", expiresAt: "soon" } }, "SUBSCRIPTION_EXPIRED"],
  ["a paused one", { subscription: { status: "PAUSED", expiresAt: FUTURE } }, "SUBSCRIPTION_INACTIVE"],
  ["a state in other letters", { subscription: { status: "active" } }, "SUBSCRIPTION_INACTIVE"],
  ["a cancelled one, paid for", { subscription: { status: "CANCELLED", expiresAt: FUTURE } }, undefined],
  ["a cancelled one", { subscription: { status: "CANCELLED", expiresAt: PAST } }, "SUBSCRIPTION_CANCELLED"],
  ["a cancelled one without end", { subscription: { status: "CANCELLED" } }, "SUBSCRIPTION_CANCELLED"],
  ["days of grace", { subscription: { status: "GRACE", expiresAt: FUTURE } }, undefined],
  ["grace that is over", { subscription: { status: "GRACE", expiresAt: PAST } }, "PAYMENT_OVERDUE"],
  ["grace without end", { subscription: { status: "GRACE" } }, "PAYMENT_OVERDUE"],
  ["a trial", { subscription: { status: "TRIAL", expiresAt: FUTURE } }, undefined],
  ["a trial that is over", { subscription: { status: "TRIAL", expiresAt: PAST } }, "TRIAL_EXPIRED"],
  ["a trial without end", { subscription: { status: "TRIAL" } }, "TRIAL_EXPIRED"],
  ["the institution's", { ...MEMBER, institution: ACTIVE }, undefined],
  [
    "the institution's beside an ended one",
    { subscription: { status: "TRIAL", expiresAt: PAST }, ...MEMBER, institution: ACTIVE },
    undefined,
  ],
  [
    "an ended one beside the institution's ended one",
    { subscription: { status: "TRIAL", expiresAt: PAST }, ...MEMBER, institution: {} },
    "TRIAL_EXPIRED",
  ],
  ["an institution's without one", { ...MEMBER, institution: {} }, "INSTITUTION_INACTIVE"],
  [
    "an institution's that ended",
    { ...MEMBER, institution: { subscription: { status: "ACTIVE", expiresAt: PAST } } },
    "INSTITUTION_INACTIVE",
  ],
  [
    "a membership that is over",
    { membership: { institution: "uni", expiresAt: PAST }, institution: ACTIVE },
    "MEMBERSHIP_EXPIRED",
  ],
])("a viewer with %s", (_, entitlements, code) => {
  expect(codeOf({ entitlements })).toBe(code);
});

test.each<[string, Facts["terms"], Entitlements, string | undefined]>([
  ["nothing asked, nothing held", {}, ACTIVE, undefined],
  ["required, not held", { required: true }, ACTIVE, "LICENCE_REQUIRED"],
  ["required, held", { required: true }, { ...ACTIVE, licence: {} }, undefined],
  ["required, held until later", { required: true }, { ...ACTIVE, licence: { expiresAt: FUTURE } }, undefined],
  ["required, over", { required: true }, { ...ACTIVE, licence: { expiresAt: PAST } }, "LICENCE_EXPIRED"],
  [
    "required, held by collection",
    { required: true, collection: "noir" },
    { ...ACTIVE, licence: { expiresAt: PAST }, collectionLicence: {} },
    undefined,
  ],
  [
    "held for a collection it does not belong to",
    { required: true },
    { ...ACTIVE, collectionLicence: {} },
    "LICENCE_REQUIRED",
  ],
  [
    "required, held by the institution",
    { required: true },
    { ...ACTIVE, ...MEMBER, institution: { ...ACTIVE, licence: {} } },
    undefined,
  ],
  [
    "held by an institution that no longer subscribes",
    { required: true },
    { ...ACTIVE, ...MEMBER, institution: { licence: {} } },
    "LICENCE_REQUIRED",
  ],
  ["for institutions, no member", { institutionOnly: true }, ACTIVE, "INSTITUTION_REQUIRED"],
  ["for institutions, a member", { institutionOnly: true }, { ...MEMBER, institution: ACTIVE }, undefined],
  [
    "for institutions, a member no more",
    { institutionOnly: true },
    { ...ACTIVE, membership: { institution: "uni", expiresAt: PAST }, institution: ACTIVE },
    "INSTITUTION_REQUIRED",
  ],
  [
    "for institutions and licensed, held by the viewer alone",
    { institutionOnly: true, required: true },
    { ...MEMBER, institution: ACTIVE, licence: {} },
    "LICENCE_REQUIRED",
  ],
])("a title's terms: %s", (_, terms, entitlements, code) => {
  expect(codeOf({ terms, entitlements })).toBe(code);
});

test.each<[Partial<Facts["countries"]>, Facts["terms"], string | undefined, string | undefined]>([
  [{}, {}, undefined, undefined],
  [{ allowed: ["DE", "FR"] }, {}, "FR", undefined],
  [{ allowed: ["DE", "FR"] }, {}, "US", "COUNTRY_NOT_ALLOWED"],
  [{ allowed: ["DE"] }, {}, "de", "COUNTRY_NOT_ALLOWED"],
  [{ allowed: ["DE"] }, {}, undefined, "COUNTRY_UNKNOWN"],
  [{ blocked: ["RU"] }, {}, "DE", undefined],
  [{ blocked: ["RU"] }, {}, "RU", "COUNTRY_NOT_ALLOWED"],
  [{ blocked: ["RU"] }, {}, undefined, "COUNTRY_UNKNOWN"],
  [{}, { allowedCountries: ["DE"] }, "DE", undefined],
  [{}, { allowedCountries: ["DE"] }, "FR", "COUNTRY_NOT_ALLOWED"],
  [{}, { blockedCountries: ["DE"] }, "DE", "COUNTRY_NOT_ALLOWED"],
  [{}, { blockedCountries: ["DE"] }, undefined, "COUNTRY_UNKNOWN"],
  [{ allowed: ["FR"] }, { allowedCountries: ["DE"] }, "DE", "COUNTRY_NOT_ALLOWED"],
  [{ blocked: ["DE"] }, { allowedCountries: ["DE"] }, "DE", "COUNTRY_NOT_ALLOWED"],
])("the environment says %j, the title %j, the viewer is in %s: %s", (lists, terms, country, code) => {
  expect(codeOf({ countries: { allowed: [], blocked: [], ...lists }, terms, country })).toBe(code);
});

test.each<[Facts["terms"], string | undefined]>([
  [{ notBefore: PAST }, undefined],
  [{ notBefore: FUTURE }, "TITLE_NOT_YET_AVAILABLE"],
  [{ notBefore: "spring" }, "TITLE_NOT_YET_AVAILABLE"],
  [{ notAfter: FUTURE }, undefined],
  [{ notAfter: PAST }, "TITLE_NO_LONGER_AVAILABLE"],
  [{ notAfter: "autumn" }, "TITLE_NO_LONGER_AVAILABLE"],
])("within the window %j: %s", (terms, code) => {
  expect(codeOf({ terms })).toBe(code);
});

test.each([
  ["absent", 404, "TITLE_NOT_FOUND"],
  ["withdrawn", 403, "TITLE_WITHDRAWN"],
  ["not-ready", 409, "TITLE_NOT_READY"],
] as const)("a title that is %s: %s %s", (playable, status, code) => {
  expect(refusalOf(facts({ playable }))).toMatchObject({ status, code });
});

test.each<[Facts["streams"], string | undefined]>([
  [{ limit: undefined, session: undefined, slot: undefined }, undefined],
  [{ limit: 2, session: undefined, slot: undefined }, "SESSION_REQUIRED"],
  [{ limit: 2, session: "s", slot: undefined }, undefined],
  [{ limit: 2, session: "s", slot: "held" }, undefined],
  [{ limit: 2, session: "s", slot: "exhausted" }, "STREAM_LIMIT_REACHED"],
  [{ limit: 2, session: "s", slot: "ended" }, "SESSION_ENDED"],
])("streams %j: %s", (streams, code) => {
  expect(codeOf({ streams })).toBe(code);
});

test("cookies that are bound to an address need an IPv4 one", () => {
  expect(codeOf({ binding: { required: true, ipv4: undefined } })).toBe("IPV6_NOT_SUPPORTED");
  expect(codeOf({ binding: { required: true, ipv4: "198.51.100.7" } })).toBeUndefined();
});

test("whoever may watch nothing learns nothing about titles, and a stream slot is the last thing asked", () => {
  const everything = facts({
    entitlements: {},
    playable: "absent",
    terms: { required: true, notAfter: PAST },
    countries: { allowed: ["DE"], blocked: [] },
    streams: { limit: 1, session: undefined, slot: undefined },
  });
  const told = RULES.filter(({ refuses }) => refuses(everything)).map(({ code }) => code);
  expect(told).toEqual([
    "SUBSCRIPTION_REQUIRED",
    "COUNTRY_UNKNOWN",
    "TITLE_NOT_FOUND",
    "TITLE_NO_LONGER_AVAILABLE",
    "LICENCE_REQUIRED",
    "SESSION_REQUIRED",
  ]);
});

test("every rule has a code and a message of its own, in words that end", () => {
  expect(new Set(RULES.map(({ code }) => code)).size).toBe(RULES.length);
  for (const { code, message } of RULES) {
    expect(code).toMatch(/^[A-Z0-9]+(_[A-Z0-9]+)+$/);
    expect(message).toMatch(/^This |^The |^There |^A payment |^Playback |^Streams /);
    expect(message).toMatch(/\.$/);
  }
});
