import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { automation, ROOT } from "./read";
import { workflowsPage } from "./table";

const PAGE = join(ROOT, "docs", "workflows.md");

test("docs/workflows.md shows which jobs run with which permissions", async () => {
  const page = await workflowsPage(automation());
  if (process.env.UPDATE_DOCS === "1") writeFileSync(PAGE, page);
  expect(existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "").toBe(page);
});
