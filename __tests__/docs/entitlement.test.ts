import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RULES } from "../../handlers/shared/entitlement-rules";
import { explain } from "../../local/player/problem";

const PAGE = readFileSync(join(__dirname, "..", "..", "docs", "entitlement.md"), "utf8");

test("the page on entitlement lists every refusal with its status, in the order in which they are asked", () => {
  const rows = [...PAGE.matchAll(/^\| `([A-Z0-9_]+)` +\| (\d{3}) +\| \S/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  expect(rows).toEqual(RULES.map(({ code, status }) => [code, status]));
});

test("the player page tells every refusal in words of its own", () => {
  const unknown = explain({ status: 403, code: "UNKNOWN", message: "as the service says" });
  for (const { code, status, message } of RULES.filter(({ status }) => status === 403)) {
    const { kind, title, advice } = explain({ status, code, message });
    expect([code, kind, title === unknown.title, advice === message]).toEqual([code, "refused", false, false]);
  }
  const others = RULES.filter(({ status }) => status !== 403).map(({ code, status }) => [
    code,
    explain({ status }).kind,
  ]);
  expect(others).toEqual([
    ["TITLE_NOT_FOUND", "missing"],
    ["TITLE_NOT_READY", "not-ready"],
    ["SESSION_REQUIRED", "fault"],
  ]);
});
