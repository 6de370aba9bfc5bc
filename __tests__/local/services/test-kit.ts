import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  AwsError,
  type Authorize,
  type AwsRequest,
  type AwsService,
  type Principal,
} from "../../../local/kernel/aws-service";
import type { Timers } from "../../../local/services/timers";
import type { Deployment, Resource } from "../../../local/terraform/deployment";

export const ACCOUNT = "000000000000";
export const REGION = "eu-west-1";
export const OPERATOR: Principal = { kind: "user", arn: `arn:aws:iam::${ACCOUNT}:user/operator` };

/** A deployment of the given resources, `{"aws_sqs_queue.parked": {name: "parked"}}`. */
export function deploymentOf(resources: Readonly<Record<string, Resource["values"]>>): Deployment {
  const all = Object.entries(resources).map(([address, values]): Resource => {
    const [type = "", name = ""] = address.split(".");
    return { type, name, address, values };
  });
  return {
    account: ACCOUNT,
    region: REGION,
    all: (type) => all.filter((resource) => resource.type === type),
    get(address) {
      const found = all.find((resource) => resource.address === address);
      if (!found) throw new Error(`the test's deployment has no ${address}`);
      return found;
    },
  };
}

/** Allows everything and keeps `<caller> <action> <resource>`. */
export function recordingAuthorize(): { authorize: Authorize; calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    authorize: (principal, action, resource) => void calls.push(`${principal.arn} ${action} ${resource}`),
  };
}

/** For collaborators that must not be used. */
export const unexpected =
  (what: string) =>
  (...details: unknown[]): never => {
    throw new Error(`unexpected ${what}: ${JSON.stringify(details)}`);
  };

/** `id-1`, `id-2`, ... */
export function counter(prefix = "id"): () => string {
  let count = 0;
  return () => `${prefix}-${++count}`;
}

/** Timers and a clock that move together, only when told to. */
export function manualTime(start = Date.UTC(2026, 0, 2, 3, 4, 5)) {
  let now = start;
  let pending: { at: number; work: () => void }[] = [];
  const timers: Timers = {
    after(ms, work) {
      const timer = { at: now + ms, work };
      pending.push(timer);
      return () => (pending = pending.filter((other) => other !== timer));
    },
  };
  return {
    timers,
    clock: () => now,
    pending: () => pending.map(({ at }) => at - now),
    async advance(ms: number): Promise<void> {
      const end = now + ms;
      for (;;) {
        await settle();
        const next = pending.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
        if (!next) break;
        now = next.at;
        pending = pending.filter((other) => other !== next);
        next.work();
      }
      now = end;
      await settle();
    },
  };
}

/** Lets promises that are already decided run on. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function awsRequest(parts: Partial<Omit<AwsRequest, "body">> & { body?: string | Buffer }): AwsRequest {
  const body = parts.body === undefined ? [] : [Buffer.from(parts.body)];
  return {
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers: {},
    host: "127.0.0.1",
    principal: OPERATOR,
    ...parts,
    body: Readable.from(body),
  };
}

/** Calls an operation of a JSON service; a refusal comes back as `{ refused: "<code>: <message>" }`. */
export async function callJson(
  service: AwsService,
  target: string,
  input: unknown,
  principal: Principal = OPERATOR,
): Promise<Record<string, unknown>> {
  const headers = { "x-amz-target": target, "content-type": "application/x-amz-json-1.0" };
  try {
    const response = await service.handle(awsRequest({ headers, body: JSON.stringify(input), principal }));
    return JSON.parse(response.body as string) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof AwsError) return { refused: `${error.code}: ${error.message}` };
    throw error;
  }
}

/** A directory that is gone after the test file. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "vod-test-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
