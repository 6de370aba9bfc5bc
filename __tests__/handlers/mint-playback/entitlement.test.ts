import { countryRefusal, licenceRefusal, subscriptionRefusal } from "../../../handlers/mint-playback/entitlement";
import { NOW } from "../support/titles";

const at = (ms: number) => new Date(NOW + ms).toISOString();

test.each([
  [{ status: "ACTIVE" }, undefined],
  [{ status: "ACTIVE", expiresAt: at(1) }, undefined],
  [{ status: "ACTIVE", expiresAt: at(0) }, "SUBSCRIPTION_EXPIRED"],
  [{ status: "ACTIVE", expiresAt: "soon" }, "SUBSCRIPTION_EXPIRED"],
  [{ status: "active" }, "SUBSCRIPTION_INACTIVE"],
  [{ status: "PAUSED", expiresAt: at(1) }, "SUBSCRIPTION_INACTIVE"],
  [undefined, "SUBSCRIPTION_REQUIRED"],
])("subscription %j: %s", (subscription, code) => {
  expect(subscriptionRefusal({ subscription }, NOW)?.code).toBe(code);
});

test.each([
  [false, undefined, undefined],
  [true, {}, undefined],
  [true, { expiresAt: at(1) }, undefined],
  [true, { expiresAt: at(0) }, "LICENCE_EXPIRED"],
  [true, undefined, "LICENCE_REQUIRED"],
])("licence required %s, held %j: %s", (required, licence, code) => {
  expect(licenceRefusal(required, { licence }, NOW)?.code).toBe(code);
});

test.each([
  [[], undefined, undefined],
  [["DE", "FR"], "FR", undefined],
  [["DE", "FR"], "US", "COUNTRY_NOT_ALLOWED"],
  [["DE"], "de", "COUNTRY_NOT_ALLOWED"],
  [["DE"], undefined, "COUNTRY_UNKNOWN"],
])("allowed %j, viewer in %s: %s", (allowed, country, code) => {
  expect(countryRefusal(allowed, country)?.code).toBe(code);
});

test("a refusal says in words what is missing", () => {
  expect(subscriptionRefusal({}, NOW)).toEqual({
    code: "SUBSCRIPTION_REQUIRED",
    message: "This account has no subscription.",
  });
});
