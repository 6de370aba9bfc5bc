import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Outcome } from "../../../script/gitops/command";
import { terraformIn } from "../../../script/gitops/terraform";
import { makeWorkdir } from "../../../script/gitops/workdir";
import { temporaryDirectory } from "../../local/gateway/test-gateway";

function recorded(folder: string, answer: Partial<Outcome> = {}) {
  const lines: string[] = [];
  const logged: string[] = [];
  const terraform = terraformIn({
    folder,
    environment: "dev",
    env: { TF_VAR_x: "s" },
    log: (line) => logged.push(line),
    lockTimeoutSeconds: 5,
    run: async (command, args, { env, cwd, onLine }) => {
      expect([command, cwd, env]).toEqual([
        "terraform",
        folder,
        { TF_VAR_x: "s", TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" },
      ]);
      lines.push(args.join(" "));
      const outcome = { status: 0, stdout: "", stderr: "", ...answer };
      if (onLine) outcome.stdout.split("\n").forEach(onLine);
      return outcome;
    },
  });
  return { terraform, lines, logged };
}

describe("terraform", () => {
  it("initialises with exactly the locked providers, where there is a lock file", async () => {
    const folder = temporaryDirectory();
    const { terraform, lines } = recorded(folder);
    await terraform.init();
    writeFileSync(join(folder, ".terraform.lock.hcl"), "");
    await terraform.init("-backend=false");
    expect(lines).toEqual([
      "init -input=false -no-color",
      "init -input=false -lockfile=readonly -backend=false -no-color",
    ]);
  });

  it("plans without a lock, and tells changes from none by the exit code", async () => {
    const none = recorded("/f");
    expect(await none.terraform.plan({ out: "tfplan" })).toEqual({ changes: false });
    const some = recorded("/f", { status: 2 });
    expect(await some.terraform.plan({ out: "tfplan", destroy: true })).toEqual({ changes: true });
    const plan = "plan -input=false -lock=false -detailed-exitcode -out=tfplan";
    expect([...none.lines, ...some.lines]).toEqual([`${plan} -no-color`, `${plan} -destroy -no-color`]);
  });

  it("applies a file, telling each change as it is made, and keeps what was made before an error", async () => {
    const message = (value: object): string => JSON.stringify(value);
    const hook = (addr: string, action: string) => ({ resource: { addr }, action });
    const stdout = [
      "Warning: not JSON",
      message({ type: "apply_start", hook: hook("a.a", "create") }),
      message({ type: "apply_complete", hook: hook("a.a", "create") }),
      message({ type: "apply_errored", hook: hook("b.b", "update") }),
      message({ type: "diagnostic", diagnostic: { severity: "warning", summary: "w" } }),
      message({ type: "diagnostic", diagnostic: { severity: "error", summary: "AccessDenied", detail: "not you" } }),
      "{ broken",
    ].join("\n");
    const { terraform, lines, logged } = recorded("/f", { status: 1, stdout });
    expect(await terraform.apply("approved.tfplan")).toEqual({
      applied: [{ address: "a.a", action: "create" }],
      failed: [{ address: "b.b", action: "update" }],
      problem: expect.objectContaining({ message: "terraform apply failed: AccessDenied not you" }) as Error,
    });
    expect([lines, logged]).toEqual([
      ["apply -input=false -json -lock-timeout=5s -no-color approved.tfplan"],
      ["create a.a"],
    ]);
  });

  it("shows no sensitive output", async () => {
    const stdout = JSON.stringify({ app: { value: "https://a" }, secret: { value: "s", sensitive: true } });
    expect(await recorded("/f", { stdout }).terraform.outputs()).toEqual({ app: "https://a" });
  });

  it("fails with one line", async () => {
    await expect(recorded("/f", { status: 1, stderr: "Error: wrong\n" }).terraform.validate()).rejects.toThrow(
      "terraform validate failed: wrong",
    );
  });
});

describe("its folder", () => {
  it("holds stack and lock file, is its owner's only, and loses an override that is no longer given", () => {
    const sources = temporaryDirectory();
    const file = (name: string): string => {
      writeFileSync(join(sources, name), name);
      return join(sources, name);
    };
    const folder = join(sources, "work");
    const common = { folder, stack: file("stack"), lock: file("lock") };
    makeWorkdir({ ...common, override: file("override") });
    expect(readFileSync(join(folder, "override.tf.json"), "utf8")).toBe("override");
    makeWorkdir(common);
    expect(existsSync(join(folder, "override.tf.json"))).toBe(false);
    expect(readFileSync(join(folder, "cdk.tf.json"), "utf8")).toBe("stack");
    expect(readFileSync(join(folder, ".terraform.lock.hcl"), "utf8")).toBe("lock");
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it("says how to get what is missing", () => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, "stack"), "");
    expect(() => makeWorkdir({ folder, stack: join(folder, "stack"), lock: "/no/lock" })).toThrow(
      "/no/lock is missing: write it with npm run lock",
    );
  });
});
