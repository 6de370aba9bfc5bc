import { readFileSync } from "node:fs";
import { join } from "node:path";
import { environment, everyStack, resourcesOf, synthesised } from "../support/synthesised";

const RUNBOOK = join(__dirname, "..", "..", "docs", "runbook.md");

interface Section {
  readonly anchor: string;
  readonly text: string;
}

/** Sections of the third level, each with the anchor that GitHub gives it. */
function sections(): Section[] {
  const [, ...parts] = readFileSync(RUNBOOK, "utf8").split(/^#{2,3} (?=.)/m);
  const levels = [...readFileSync(RUNBOOK, "utf8").matchAll(/^(#{2,3}) /gm)].map(([, level]) => level);
  return parts.flatMap((part, index) => {
    const [heading = "", ...lines] = part.split("\n");
    const anchor = heading.toLowerCase().replace(/[^a-z0-9 -]/g, "").replaceAll(" ", "-"); // prettier-ignore
    return levels[index] === "###" ? [{ anchor, text: lines.join("\n") }] : [];
  });
}

/** With everything that a setting adds. */
const dev = environment("dev");
const full = synthesised({ ...dev, operate: { ...dev.operate, check: true, budgetDollars: 1 } });

const linked = (text: unknown): string => /Runbook: \S*docs\/runbook\.md#([a-z0-9-]+)$/.exec(String(text))?.[1] ?? `none in "${String(text)}"`; // prettier-ignore

/** The section that each alarm and each alert sends its reader to. */
function wanted(stack: typeof full): string[] {
  const alarms = ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"].flatMap((type) =>
    resourcesOf(stack, type),
  );
  const alerts = resourcesOf(stack, "aws_cloudwatch_event_rule").filter(([, { event_pattern: pattern }]) => String(pattern).includes("via CloudTrail")); // prettier-ignore
  return [
    ...alarms.map(([, { alarm_description: text }]) => linked(text)),
    ...alerts.map(([, { description: text }]) => linked(text)),
  ];
}

test("every alarm and every alert of every environment has its section", () => {
  const anchors = sections().map(({ anchor }) => anchor);
  for (const stack of [full, ...everyStack()]) {
    for (const section of wanted(stack)) expect(anchors).toContain(section);
  }
});

test("every section is an alarm's, an alert's, the budget's, or holds a command", () => {
  const used = new Set([...wanted(full), "budget"]);
  const idle = sections().filter(({ anchor, text }) => !used.has(anchor) && !text.includes("```sh"));
  expect(idle.map(({ anchor }) => anchor)).toEqual([]);
});

test("an alarm's section has a symptom, a remedy and a command", () => {
  const used = new Set([...wanted(full), "budget"]);
  for (const { anchor, text } of sections().filter((section) => used.has(section.anchor))) {
    expect([anchor, text.includes("**Symptom.**"), /\*\*(Cause and r|R)emedy\.\*\*/.test(text), text.includes("```sh")]).toEqual([anchor, true, true, true]); // prettier-ignore
  }
});

test("what its commands name is named so in the stack", () => {
  const text = readFileSync(RUNBOOK, "utf8").replaceAll("$ENV", "dev").replaceAll("$HANDLER", "submit-transcode");
  const names = JSON.stringify(full.document.resource);
  for (const [name] of text.matchAll(
    /\bvod[-_/](?!\*|<)[a-z/_-]+[-/]dev(?:\/[a-z-]+)*\b|MediaPackage\/vod-dev\/[a-z-]+|vod_logs_dev/g,
  )) {
    if (name.startsWith("vod-packaged") || name.startsWith("vod-logs-dev-")) continue; // bucket names go on
    expect(names).toContain(name.replace(/-restored$/, ""));
  }
});
