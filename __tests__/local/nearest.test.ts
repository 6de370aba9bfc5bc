import { nearest } from "../../local/nearest";

const NAMES = ["--port", "--topology", "--state", "--once"];

test.each([
  ["--prot", "--port"],
  ["--topolgy", "--topology"],
  ["--on", "--once"],
  ["--satte", "--state"],
  ["--frobnicate", undefined],
  ["-x", undefined],
])("%s most likely means %s", (word, meant) => {
  expect(nearest(word, NAMES)).toBe(meant);
});

test("without candidates nothing is near", () => {
  expect(nearest("x", [])).toBeUndefined();
});
