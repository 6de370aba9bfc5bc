import { parseConfig } from "../../../local/player/config";

const GOOD = {
  issuer: "//cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc",
  clientId: "c1",
  scopes: "openid email",
  signOutParameter: "logout_uri",
};
const advice = (why: string) => `config.json ${why}. It is written by the stack; deploy it again.`;

describe("config.json", () => {
  test.each([
    ["https://cdn.example/app/", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc"],
    ["http://127.0.0.1:8080/app/", "http://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc"],
  ])("takes the scheme of the page %s", (base, issuer) => {
    expect(parseConfig(GOOD, base)).toEqual({ ok: true, value: { ...GOOD, issuer } });
  });

  test.each(["https://id.example", "https://id.example/"])("keeps the issuer %s as it is written", (issuer) => {
    expect(parseConfig({ ...GOOD, issuer }, "https://cdn.example/")).toMatchObject({ value: { issuer } });
  });

  test("knows the claim that holds roles, where one is named", () => {
    expect(parseConfig({ ...GOOD, groupsClaim: "roles" }, "https://cdn.example/")).toMatchObject({
      value: { groupsClaim: "roles" },
    });
  });

  test("knows what to report, and reports nothing by numbers that are none", () => {
    const beacons = (value: unknown) => parseConfig({ ...GOOD, beacons: value }, "https://cdn.example/");
    const good = { everySeconds: 60, sampleShare: 0.5 };
    expect(beacons(good)).toMatchObject({ value: { beacons: good } });
    for (const bad of [undefined, "on", { ...good, everySeconds: 0 }, { ...good, sampleShare: "1" }]) {
      expect(beacons(bad)).toEqual({
        ok: true,
        value: { ...GOOD, issuer: `https:${GOOD.issuer}`, groupsClaim: undefined },
      });
    }
  });

  test("names everything that is missing at once", () => {
    expect(parseConfig({ scopes: "" }, "https://cdn.example/")).toMatchObject({
      ok: false,
      problem: { advice: advice("lacks issuer, clientId, scopes") },
    });
  });

  test.each(["eu-west-1_Abc", "javascript:alert(1)", "///x", "//[", "http://id.example"])(
    "refuses the issuer %s on a page that came by TLS",
    (issuer) => {
      expect(parseConfig({ ...GOOD, issuer }, "https://cdn.example/")).toMatchObject({
        problem: { advice: advice(`issuer must look like //host/poolId, got "${issuer}"`) },
      });
    },
  );

  test("refuses a way of signing out that it does not know", () => {
    expect(parseConfig({ ...GOOD, signOutParameter: "to" }, "https://cdn.example/")).toMatchObject({
      problem: {
        advice: advice('signOutParameter must be "logout_uri" or "post_logout_redirect_uri", got "to"'),
      },
    });
  });
});
