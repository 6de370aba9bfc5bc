import { downloadRefusal } from "../../../handlers/mint-download/download-right";
import { NOW } from "../support/titles";

const later = { expiresAt: new Date(NOW + 1).toISOString() };
const over = { expiresAt: new Date(NOW).toISOString() };

test.each([
  ["for the account", { account: {} }],
  ["for the title", { title: {} }],
  ["that has not ended", { account: later }],
  ["for the title, when the account's has ended", { account: over, title: later }],
])("a right %s lets download", (_, rights) => {
  expect(downloadRefusal(rights, NOW)).toBeUndefined();
});

test("without a right there is no download", () => {
  expect(downloadRefusal({}, NOW)).toEqual({
    code: "DOWNLOAD_NOT_INCLUDED",
    message: "This account may watch, but not download.",
  });
});

test.each([over, { expiresAt: "soon" }])("a right until %j has expired", (right) => {
  const refusal = { code: "DOWNLOAD_EXPIRED", message: "The right to download has expired." };
  expect(downloadRefusal({ account: right }, NOW)).toEqual(refusal);
  expect(downloadRefusal({ title: right }, NOW)).toEqual(refusal);
});
