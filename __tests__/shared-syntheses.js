const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

/** Before the first test of a run: a folder in which test files share what they synthesise (support/synthesised.ts). */
module.exports = async () => {
  if (process.env.SHARED_SYNTHESES) return;
  const folder = mkdtempSync(join(tmpdir(), "vod-syntheses-"));
  process.env.SHARED_SYNTHESES = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
};
