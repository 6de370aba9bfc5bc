import { decodeCursor, encodeCursor } from "../../../handlers/list-titles/cursor";

const POSITION = { publishedAt: "2030-01-02T03:04:05.000Z", assetId: "night-0123456789ab" };

test("a cursor gives its position again and needs no escaping in a URL", () => {
  expect(decodeCursor(encodeCursor(POSITION))).toEqual(POSITION);
  expect(encodeCursor(POSITION)).toMatch(/^[\w-]+$/);
});

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

test.each([
  ["nothing", ""],
  ["no base64", "%%%"],
  ["no JSON", Buffer.from("{").toString("base64url")],
  ["a list", encoded([POSITION])],
  ["null", encoded(null)],
  ["no instant", encoded({ ...POSITION, publishedAt: "yesterday" })],
  ["an instant of another type", encoded({ ...POSITION, publishedAt: 7 })],
  ["no asset id", encoded({ ...POSITION, assetId: { S: "x" } })],
])("%s is no cursor", (_, cursor) => expect(decodeCursor(cursor)).toBeUndefined());
