import { readArguments } from "../../script/gitops/cli-options";
import { pullRequest } from "./events";
import { all, called, main, ONLY_DEV, results, run, useCheckoutAndEdge } from "./running";

useCheckoutAndEdge();

test("CI fetches the locked provider and runs the project's one check; nothing in it holds anything", async () => {
  const ran = await run("ci.yml", pullRequest(ONLY_DEV));
  expect(results(ran)).toEqual({ check: "success", addresses: "success" });
  const [mirror] = called(ran, "terraform");
  expect(mirror).toMatch(/^-chdir=\S+\/provider providers mirror -platform=linux_amd64 \S+\/mirror$/);
  expect(ran.log).toMatch(/checked with \S+\/temp\/mirror\n/);
  expect(ran.roles).toEqual([]);
  expect(ran.calls.flatMap(({ env }) => env).filter((name) => /TOKEN|SECRET|AWS|TF_VAR/.test(name))).toEqual([]);
});

test("CI refuses an address that disappears without a word", async () => {
  const { aws_sns_topic: _, ...resource } = (JSON.parse(main) as { resource: Record<string, unknown> }).resource;
  const ran = await run("ci.yml", pullRequest(ONLY_DEV), { head: JSON.stringify({ ...JSON.parse(main), resource }) });
  expect(results(ran)).toEqual({ check: "success", addresses: "failure" });
  expect(ran.log).toContain("aws_sns_topic.operators: ");
});

test("every option that a workflow gives to a command is one that the command line knows", () => {
  const uses = Object.values(all.texts).flatMap((text) => [
    ...text.matchAll(/cli\.ts (\w+)((?: --[\w-]+(?: "[^"]*"| [\w./]+)?)+)/g),
  ]);
  expect(uses.length).toBeGreaterThan(5);
  for (const [, command = "", options = ""] of uses) {
    const argv = [
      command,
      ...options
        .trim()
        .split(" ")
        .map((word) => word.replaceAll('"', "")),
    ];
    expect(readArguments(argv, [command]).command).toBe(command);
  }
});
