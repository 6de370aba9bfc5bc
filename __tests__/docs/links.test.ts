import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const ROOT = resolve(__dirname, "..", "..");

/** Folders that are made, not written; names with a dot in front are skipped too, save for GitHub's. */
const GENERATED = ["node_modules", "dist", "cdktf.out", "coverage"];

function markdownFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isFile()) return entry.name.endsWith(".md") ? [path] : [];
    const skipped = GENERATED.includes(entry.name) || (entry.name.startsWith(".") && entry.name !== ".github");
    return entry.isDirectory() && !skipped ? markdownFiles(path) : [];
  });
}

/** The text without code blocks and code spans, in which nothing is a link. */
function prose(markdown: string): string {
  return markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, "").replace(/`[^`\n]*`/g, (span) => "x".repeat(span.length));
}

/** Targets of links and images, and of link definitions. */
function targets(markdown: string): string[] {
  const text = prose(markdown);
  const inline = [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const definitions = [...text.matchAll(/^ {0,3}\[[^\]]+\]:\s+<?(\S+?)>?(?:\s+"[^"]*")?\s*$/gm)];
  return [...inline, ...definitions].map(([, target = ""]) => target);
}

/** Anchors of headings as GitHub makes them: lower case, punctuation dropped, spaces to hyphens, repeats numbered. */
function anchors(markdown: string): Set<string> {
  const seen = new Map<string, number>();
  const lines = markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, "").matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm);
  return new Set(
    [...lines].map(([, heading = ""]) => {
      const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
      const slug = words.replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-");
      const before = seen.get(slug) ?? 0;
      seen.set(slug, before + 1);
      return before === 0 ? slug : `${slug}-${before}`;
    }),
  );
}

/** What is wrong with a file's relative links, each in one line. */
function brokenLinks(file: string, markdown: string): string[] {
  return targets(markdown).flatMap((target) => {
    if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(target)) return []; // another site
    const [path = "", anchor] = decodeURI(target).split("#");
    const to = path === "" ? file : resolve(dirname(file), path);
    const where = `${relative(ROOT, file)}: ${target}`;
    if (path.startsWith("/") || relative(ROOT, to).startsWith("..")) return [`${where} leaves the repository`];
    if (to !== file && !existsSync(to)) return [`${where} leads to no file`];
    if (anchor === undefined || !to.endsWith(".md")) return [];
    const content = to === file ? markdown : readFileSync(to, "utf8");
    return anchors(content).has(anchor) ? [] : [`${where} leads to no heading`];
  });
}

test("every relative link of every document leads to a file, and to a heading where it names one", () => {
  const files = markdownFiles(ROOT);
  expect(files.length).toBeGreaterThan(20);
  expect(files.flatMap((file) => brokenLinks(file, readFileSync(file, "utf8")))).toEqual([]);
});

test("a broken link is named, and what is code or another site is no link", () => {
  const text = [
    "# One `two`, three!",
    "[here](#one-two-three) [site](https://example.com/x) [file](links.test.ts) `[code](nowhere)`",
    "[gone](gone.md) [heading](#four) [out](../../../elsewhere.md) ![image](gone.png)",
    "[definition]: gone-too.md",
    "```\n[block](nowhere.md)\n```",
  ].join("\n");
  expect(brokenLinks(join(__dirname, "sample.md"), text)).toEqual([
    "__tests__/docs/sample.md: gone.md leads to no file",
    "__tests__/docs/sample.md: #four leads to no heading",
    "__tests__/docs/sample.md: ../../../elsewhere.md leaves the repository",
    "__tests__/docs/sample.md: gone.png leads to no file",
    "__tests__/docs/sample.md: gone-too.md leads to no file",
  ]);
});
