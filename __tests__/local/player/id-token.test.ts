import { readIdToken } from "../../../local/player/id-token";

const EXPECTED = { issuer: "https://idp.example/pool", clientId: "c1", nonce: "n1" };
const CLAIMS = { iss: EXPECTED.issuer, aud: "c1", nonce: "n1", email: "zoë@example.com" };
const token = (claims: unknown) => `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`;

test("an id token tells the viewer's name, in any alphabet", () => {
  expect(readIdToken(token(CLAIMS), EXPECTED)).toEqual({ ok: true, value: "zoë@example.com" });
  expect(readIdToken(token({ ...CLAIMS, aud: ["x", "c1"] }), EXPECTED)).toMatchObject({ ok: true });
});

test.each([
  [{ email: undefined, name: "Zoë" }, "Zoë"],
  [{ email: undefined, preferred_username: "zoe" }, "zoe"],
  [{ email: undefined }, "Signed in"],
])("with %j it is shown as %s", (change, name) => {
  expect(readIdToken(token({ ...CLAIMS, ...change }), EXPECTED)).toEqual({ ok: true, value: name });
});

test.each([
  ["another issuer's", token({ ...CLAIMS, iss: "https://idp.example/" }), "It is another issuer's. Sign in again."],
  ["another client's", token({ ...CLAIMS, aud: "c2" }), "It is for another client. Sign in again."],
  ["another sign-in's", token({ ...CLAIMS, nonce: "n2" }), "It answers another sign-in. Sign in again."],
  ["without a nonce", token({ ...CLAIMS, nonce: undefined }), "It answers another sign-in. Sign in again."],
  ["no token", "garbage", "It is not a token. Sign in again."],
  ["no JSON", "a.b.c", "It is not a token. Sign in again."],
])("one that is %s is refused", (_, text, advice) => {
  expect(readIdToken(text, EXPECTED)).toMatchObject({ ok: false, problem: { code: "UNREADABLE", advice } });
});
