// Proofs run one at a time (script/prove.ts); the rest side by side, system tests first, for which each platform has a folder and ports of its own.
// The SDK announces on every first use which Node it will need next year.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const common = {
  rootDir: __dirname,
  testEnvironment: "node",
  globalSetup: "<rootDir>/__tests__/shared-syntheses.js",
  transform: { "\\.(ts|m?js)$": "<rootDir>/__tests__/esbuild-transform.js" },
  moduleNameMapper: { "/stack-trace$": "<rootDir>/__tests__/no-stack-traces.js" },
  transformIgnorePatterns: ["node_modules/(?!(jose|dashjs)/)"],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/dist", "<rootDir>/.local"],
  watchPathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/dist", "<rootDir>/.local"],
};

module.exports = {
  testSequencer: "<rootDir>/__tests__/longest-first.js",
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["\\.(system|prove)\\.test\\.ts$"],
    },
    { ...common, displayName: "system", testMatch: ["<rootDir>/__tests__/**/*.system.test.ts"] },
    { ...common, displayName: "prove", testMatch: ["<rootDir>/__tests__/**/*.prove.test.ts"] },
  ],
};
