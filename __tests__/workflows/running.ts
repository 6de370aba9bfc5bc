import { cpSync, mkdtempSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environment } from "../support/synthesised";
import { SECRETS } from "./events";
import { automation } from "./read";
import { runInShell, type WorkflowRun } from "./shell";
import type { Event } from "./simulate";
import { answers, builtCheckout, type Said, smallStack, STACK_FILE, write } from "./world";

export const ONLY_DEV = { only: ["DEV"] } as const;
export const all = automation();
export const dev = environment("dev");
/** The stack of dev as it is on main. */
export const main = smallStack();

/** What a checkout has once it is built. */
let built: string;
let edge: Server;
let app: string;

/** Address of the page on an edge that answers as it should. Known once tests run. */
export const pageAddress = (): string => app;

/** Makes the checkout and the edge that every workflow of a test file finds. */
export function useCheckoutAndEdge(): void {
  jest.setTimeout(60_000);

  beforeAll(async () => {
    built = builtCheckout(main);
    const status: Record<string, number> = { "/app/": 200, "/v1/probe/index.m3u8": 403, "/api/titles": 401 };
    edge = createServer(({ url = "" }, answer) => answer.writeHead(status[url] ?? 500).end());
    await new Promise<void>((listening) => edge.listen(0, "127.0.0.1", listening));
    app = `http://127.0.0.1:${(edge.address() as AddressInfo).port}/app/`;
  });

  afterAll(() => new Promise((closed) => edge.close(closed)));
}

interface Given extends Said {
  /** The pull request's stack of dev. */
  readonly head?: string;
}

/** Runs a workflow's scripts for an event. */
export function run(file: string, event: Event, { head = main, ...said }: Given = {}): Promise<WorkflowRun> {
  return runInShell(file, {
    automation: all,
    event,
    folder: mkdtempSync(join(tmpdir(), "vod-workflow-run-")),
    answers: answers({ app, mainCheckout: built, ...said }),
    keep: ["body.md"],
    checkout(workspace, ref) {
      cpSync(built, workspace, { recursive: true, verbatimSymlinks: true });
      if (event.name === "pull_request" && ref !== "main") write(workspace, STACK_FILE, head);
    },
  });
}

/** How each job ended that was not skipped. */
export const results = ({ jobs }: WorkflowRun): Record<string, string> =>
  Object.fromEntries(jobs.filter(({ result }) => result !== "skipped").map(({ name, result }) => [name, result]));

/** What a program was called with, in order. */
export const called = (ran: WorkflowRun, program: string): string[] =>
  ran.calls.filter((call) => call.program === program).map(({ args }) => args.join(" "));

export function expectNoSecretIn(ran: WorkflowRun): void {
  const shown = JSON.stringify([
    ran.log,
    ran.summary,
    ran.files,
    ran.jobs,
    ran.calls.map(({ args, input }) => [args, input]),
  ]);
  for (const secret of Object.values(SECRETS)) expect(shown).not.toContain(secret);
}
