import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { withTables } from "../../script/iam/document";
import { markdownTable } from "../../script/iam/markdown-table";
import { permissionTables } from "../../script/iam/permission-tables";
import { environment, synthesised } from "../support/synthesised";

const document = readFileSync(resolve(__dirname, "../../docs/security-iam.md"), "utf8");

test("the tables are those of the stack; `npm run permissions` makes them anew", () => {
  const [mediapackage, direct] = (["mediapackage", "direct"] as const).map(
    (topology) => synthesised(environment("dev", topology)).document.resource,
  );
  const tables = permissionTables({ mediapackage: mediapackage!, direct: direct! });
  expect(document).toBe(withTables(document, tables));
  expect(tables).toContain("| `mint_playback`");
});

test("every grant on all resources is explained in the text", () => {
  const [, wide = ""] = document.split("## What AWS cannot narrow");
  const granted = document.split("\n").filter((line) => /^\| `\w+`.*\| `\*` +\|/.test(line));
  const actions = granted.map((line) => line.split("|")[2]?.trim() ?? "");
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter((action) => !wide.split("## ")[0]?.includes(action))).toEqual([]);
});

test("a document without its marks is refused", () => {
  expect(() => withTables("# Permissions", "t")).toThrow(
    "docs/security-iam.md: <!-- permissions: begin --> and <!-- permissions: end --> must stand in it once",
  );
});

test("a table's columns are as wide as their widest cell", () => {
  expect(
    markdownTable(
      ["A", "Longer"],
      [
        ["one", "b"],
        ["c", ""],
      ],
    ),
  ).toBe(
    // prettier-ignore
    ["| A   | Longer |", "| --- | ------ |", "| one | b      |", "| c   |        |"].join("\n"),
  );
});
