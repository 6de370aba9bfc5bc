import tseslint from "typescript-eslint";
import synth from "./eslint.synth.mjs";

/** Arrows of the design point one way; what may not import what is said here, so that it stays true. */
const boundary = (files, forbidden) => ({
  files,
  rules: {
    "no-restricted-imports": [
      "error",
      { patterns: forbidden.map(([group, message]) => ({ group: [group], message })) },
    ],
  },
});

export default tseslint.config(
  { ignores: ["node_modules/", "dist/", "cdktf.out/", ".local/", "coverage/", "**/*.js", "**/*.mjs"] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/unbound-method": "off", // services are closures: their functions are passed on by themselves
      "@typescript-eslint/prefer-promise-reject-errors": "off",
      eqeqeq: "error",
      "max-lines": ["error", { max: 250 }],
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Only entry points read the environment; hand values down." },
      ],
    },
  },
  {
    files: ["main.ts", "handlers/*/index.ts", "local/main.ts", "script/**", "bench/**", "__tests__/**"],
    rules: { "no-restricted-properties": "off" },
  },
  {
    files: ["__tests__/**"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/unbound-method": "off",
      "max-lines": ["error", { max: 400 }],
    },
  },
  boundary(
    ["handlers/**"],
    [
      ["**/stacks/**", "Handlers import no stack."],
      ["**/local/**", "Handlers know nothing of the local platform."],
    ],
  ),
  boundary(
    ["local/**"],
    [
      ["**/stacks/**", "The local platform reads the synthesised JSON, never a stack."],
      ["**/environments/**", "The local platform reads the synthesised JSON, never an environment."],
      ["**/handlers/*/handler", "The local platform runs the built zips, never a handler's source."],
      ["**/emulator/**", "The emulated account builds on the local platform, not the other way round."],
    ],
  ),
  boundary(
    ["emulator/**"],
    [
      ["**/stacks/**", "The emulated account knows what Terraform asks of it, never a stack."],
      ["**/environments/**", "The emulated account knows what Terraform asks of it, never an environment."],
      ["**/handlers/**", "The emulated account runs no handler."],
    ],
  ),
  boundary(
    ["stacks/**"],
    [
      ["**/local/**", "Stacks know nothing of the local platform."],
      ["**/emulator/**", "Stacks know nothing of the emulated account."],
      ["**/handlers/*/{handler,index}", "Stacks read contracts, never handlers."],
    ],
  ),
  boundary(
    ["review/**"],
    [
      [
        "**/{stacks,local,handlers,environments,script}/**",
        "The reviewer reads plan JSON, and nothing of the platform.",
      ],
    ],
  ),
  synth,
);
