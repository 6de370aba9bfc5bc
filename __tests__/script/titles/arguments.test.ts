import { readArguments } from "../../../script/titles/arguments";

const ID = "first-light-0123456789ab";

test("an action on a title of an environment", () => {
  expect(readArguments(["prod", "withdraw", ID], true)).toEqual({
    environment: "prod",
    action: "withdraw",
    assetId: ID,
    immediately: true,
  });
  expect(readArguments(["local", "blocked"], false)).toMatchObject({ action: "blocked", assetId: "" });
});

test.each([
  [["qa", "withdraw", ID], false, '<env> must be one of dev, staging, prod, local, got "qa"'],
  [["prod", "delete", ID], false, '<action> must be one of withdraw, publish, unblock, blocked, got "delete"'],
  [["prod", "withdraw", "../x"], false, 'withdraw needs a title\'s id, such as first-light-0123456789ab, got "../x"'],
  [["prod", "withdraw"], false, 'withdraw needs a title\'s id, such as first-light-0123456789ab, got ""'],
  [["prod", "blocked", ID], false, `blocked takes no title, got "${ID}"`],
  [["prod", "publish", ID, ID], false, `one title at a time, got ${ID} besides`],
  [["prod", "publish", ID], true, "--now belongs to withdraw, got it with publish"],
])("%j (--now %s) is refused", (positionals, now, message) => {
  expect(() => readArguments(positionals, now)).toThrow(new Error(message));
});
