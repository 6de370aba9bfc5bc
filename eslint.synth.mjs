/**
 * What is synthesised depends on the repository alone: the same commit gives the same bytes anywhere, at any time.
 * Only `no-restricted-syntax` is used, so that blocks with other rules over the same files keep theirs.
 */
const CLOCK = "The clock must not enter the synthesised JSON: hand a fixed value down.";
const CHANCE = "Chance must not enter the synthesised JSON: derive names from the configuration.";
const MACHINE =
  "The machine, its user and its environment must not enter the synthesised JSON: use environments/*.json.";
const LOCALE = "Locale and time zone are the machine's: compare and format without them.";

/** An object's member, however it is written: `a.b`, `a["b"]`, `globalThis.a.b`, `const { b } = a`. */
const member = (object, names) => {
  const owner = (path) => `:matches([${path}.name='${object}'], [${path}.property.name='${object}'])`;
  return [
    `MemberExpression${owner("object")}[property.name=/^(${names})$/]`,
    `MemberExpression${owner("object")}[property.value=/^(${names})$/]`,
    `VariableDeclarator${owner("init")} > ObjectPattern > Property[key.name=/^(${names})$/]`,
  ];
};

const moduleSources = (names) => {
  const source = `source.value=/^(node:)?(${names})$/`;
  return [
    `ImportDeclaration[${source}]`,
    `ImportExpression[${source}]`,
    `CallExpression[callee.name='require'][arguments.0.value=/^(node:)?(${names})$/]`,
  ];
};

const RANDOM = "random.*|getRandomValues|generate.*|prng|pseudoRandomBytes";

const banned = (message, selectors) => selectors.map((selector) => ({ selector, message }));

export const SYNTH_RULES = [
  ...banned(CLOCK, [
    ...member("Date", "now"),
    "NewExpression[callee.name='Date'][arguments.length=0]",
    "NewExpression[callee.property.name='Date'][arguments.length=0]",
    "CallExpression[callee.name='Date']",
    ...member("process", "hrtime|uptime"),
    "MemberExpression[object.name='performance']",
    "MemberExpression[property.name='performance']",
    ...moduleSources("perf_hooks"),
  ]),
  ...banned(CHANCE, [
    ...member("Math", "random"),
    ...member("crypto", RANDOM),
    `ImportDeclaration[source.value=/^(node:)?crypto$/] > ImportSpecifier[imported.name=/^(${RANDOM})$/]`,
    "ImportDeclaration[source.value=/^(node:)?crypto$/] > ImportNamespaceSpecifier",
    "ImportDeclaration[source.value=/^(node:)?crypto$/] > ImportDefaultSpecifier",
  ]),
  ...banned(MACHINE, [
    ...member("process", "env|cwd|pid|ppid|platform|arch|version|versions|release|title|getuid|geteuid|umask|argv0"),
    ...moduleSources("os|process|child_process|worker_threads|dns|net"),
    "CallExpression[callee.name='hostname']",
  ]),
  ...banned(LOCALE, [
    "MemberExpression[property.name=/^(toLocale.*|localeCompare|getTimezoneOffset)$/]",
    "MemberExpression[object.name='Intl']",
  ]),
];

/** Everything that runs between an environment file and the synthesised JSON. */
export const SYNTH_FILES = ["main.ts", "stacks/**/*.ts", "environments/**/*.ts", "job-templates/**/*.ts"];

export default { files: SYNTH_FILES, rules: { "no-restricted-syntax": ["error", ...SYNTH_RULES] } };
