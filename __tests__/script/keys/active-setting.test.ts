import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DEPLOYABLE } from "../../../environments/environment";
import { activeIn, withActive } from "../../../script/keys/active-setting";

const fileOf = (name: string) => join(__dirname, "..", "..", "..", "environments", `${name}.json`);

test.each(DEPLOYABLE)("in %s.json the setting changes, and not one character besides", (name) => {
  const text = readFileSync(fileOf(name), "utf8");
  const before = JSON.parse(text) as { signing: { active: string } };
  const changed = withActive(text, "2026-11", "f");
  expect(JSON.parse(changed)).toEqual({ ...before, signing: { active: "2026-11" } });
  expect(withActive(changed, before.signing.active, "f")).toBe(text);
  expect([activeIn(text), activeIn(changed)]).toEqual([before.signing.active, "2026-11"]);
});

test("a file without the setting is named", () => {
  expect(() => withActive("{}", "x", "environments/dev.json")).toThrow(
    new Error("environments/dev.json: signing.active must be there as text, found none; add it by hand"),
  );
});
