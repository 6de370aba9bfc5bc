import { list, matching, oneOf, readEnv, share, text, wholeNumber } from "../../../handlers/shared/read-env";

const readers = {
  TABLE: text,
  MODE: oneOf("automatic", "editor"),
  SECONDS: wholeNumber(1, 86_400),
  ORIGIN: matching(/^https:\/\/[^/]+$/, "https://<domain>"),
  COUNTRIES: list,
  SECRET: matching(/^.{8,}$/, "8 characters or more"),
};
const good = {
  TABLE: "t",
  MODE: "editor",
  SECONDS: "300",
  ORIGIN: "https://a.b",
  COUNTRIES: "DE,FR",
  SECRET: "12345678",
};

test("values arrive with their types", () => {
  expect(readEnv("mint", good, readers)).toEqual({ ...good, SECONDS: 300, COUNTRIES: ["DE", "FR"] });
});

test("an empty list is no element, not one empty element", () => {
  expect(readEnv("mint", { ...good, COUNTRIES: "" }, readers).COUNTRIES).toEqual([]);
});

test("everything that is missing or wrong is reported together", () => {
  expect(() => readEnv("mint", { MODE: "auto", SECONDS: "0", TABLE: "", COUNTRIES: "" }, readers)).toThrow(
    new Error(
      'mint: set these environment variables of the function: TABLE must not be empty, got ""; ' +
        'MODE must be one of automatic, editor, got "auto"; SECONDS must be a whole number from 1 to 86400, got "0"; ' +
        "ORIGIN is missing; SECRET is missing",
    ),
  );
});

test("a secret is never quoted", () => {
  expect(() => readEnv("mint", { ...good, SECRET: "hunter2" }, readers, ["SECRET"])).toThrow(
    new Error("mint: set these environment variables of the function: SECRET must be 8 characters or more"),
  );
});

test.each(["1.5", "-1", "1e3", " 7", "86401"])("%j is no whole number in range", (value) => {
  expect(wholeNumber(1, 86_400)(value).ok).toBe(false);
});

test.each(["1", "0.25", "0.001"])("%s is a share", (value) => {
  expect(share(value)).toEqual({ ok: true, value: Number(value) });
});

test.each(["0", "1.1", "-0.5", "half", ""])("%j is no share", (value) => {
  expect(share(value)).toEqual({ ok: false, problem: "must be above 0 and up to 1" });
});
