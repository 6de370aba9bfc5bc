import { parseConfig } from "../../../local/player/config";

const GOOD = {
  userPoolEndpoint: "//cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc",
  clientId: "c1",
  region: "eu-west-1",
};

describe("config.json", () => {
  test.each([
    ["https://cdn.example/app/", "https://cognito-idp.eu-west-1.amazonaws.com/"],
    ["http://127.0.0.1:8080/app/", "http://cognito-idp.eu-west-1.amazonaws.com/"],
  ])("takes the scheme of the page %s", (base, identityUrl) => {
    expect(parseConfig(GOOD, base)).toEqual({ ok: true, value: { identityUrl, clientId: "c1", region: "eu-west-1" } });
  });

  test("keeps the port of a local endpoint", () => {
    const answer = parseConfig({ ...GOOD, userPoolEndpoint: "//127.0.0.1:4566/pool" }, "http://127.0.0.1:8080/app/");
    expect(answer).toMatchObject({ value: { identityUrl: "http://127.0.0.1:4566/" } });
  });

  test("names everything that is missing at once", () => {
    expect(parseConfig({ region: "" }, "https://cdn.example/")).toMatchObject({
      ok: false,
      problem: {
        advice: "config.json lacks userPoolEndpoint, clientId, region. It is written by the stack; deploy it again.",
      },
    });
  });

  test.each(["eu-west-1_Abc", "javascript:alert(1)", "///x", "//["])("refuses the endpoint %s", (userPoolEndpoint) => {
    expect(parseConfig({ ...GOOD, userPoolEndpoint }, "https://cdn.example/")).toMatchObject({
      problem: {
        advice: `config.json userPoolEndpoint must look like //host/poolId, got "${userPoolEndpoint}". It is written by the stack; deploy it again.`,
      },
    });
  });
});
