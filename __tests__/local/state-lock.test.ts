import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockState } from "../../local/state-lock";

const directory = (): string => join(mkdtempSync(join(tmpdir(), "vod-lock-")), "state");

test("a state directory is made, taken, and given back", () => {
  const state = directory();
  const release = lockState(state, process.pid);
  expect(existsSync(join(state, "lock"))).toBe(true);
  release();
  expect(existsSync(join(state, "lock"))).toBe(false);
});

test("a directory that a living process holds is refused, with what to do", () => {
  const state = directory();
  lockState(state, process.ppid);
  expect(() => lockState(state, process.pid)).toThrow(
    new Error(
      `the state directory ${state} is in use: another platform runs on it (process ${process.ppid}); ` +
        "stop that one, or choose another with --state DIR",
    ),
  );
});

test("a lock that a killed process left behind is taken over", () => {
  const state = directory();
  lockState(state, process.pid)();
  const { pid } = spawnSync("true");
  writeFileSync(join(state, "lock"), String(pid));
  expect(() => lockState(state, process.pid)()).not.toThrow();
});
