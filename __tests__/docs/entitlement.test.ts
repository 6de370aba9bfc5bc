import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RULES } from "../../handlers/shared/entitlement-rules";

const PAGE = readFileSync(join(__dirname, "..", "..", "docs", "entitlement.md"), "utf8");

test("the page on entitlement lists every refusal with its status, in the order in which they are asked", () => {
  const rows = [...PAGE.matchAll(/^\| `([A-Z0-9_]+)` +\| (\d{3}) +\| \S/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  expect(rows).toEqual(RULES.map(({ code, status }) => [code, status]));
});
