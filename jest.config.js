// Two projects: units run side by side; system tests start the whole platform and run one at a time (`--runInBand` in script/test.ts).
const common = {
  rootDir: __dirname,
  testEnvironment: "node",
  transform: { "\\.(ts|m?js)$": "<rootDir>/__tests__/esbuild-transform.js" },
  transformIgnorePatterns: ["node_modules/(?!(jose|dashjs)/)"],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/dist", "<rootDir>/.local"],
  watchPathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/dist", "<rootDir>/.local"],
};

module.exports = {
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["\\.system\\.test\\.ts$"],
    },
    { ...common, displayName: "system", testMatch: ["<rootDir>/__tests__/**/*.system.test.ts"] },
  ],
};
