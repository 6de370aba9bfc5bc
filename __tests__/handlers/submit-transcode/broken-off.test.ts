import { ok } from "../../../handlers/shared/result";
import type { Encoder } from "../../../handlers/submit-transcode/encoder";
import { makeHandler } from "../../../handlers/submit-transcode/handler";
import type { MemoryCatalogue } from "../support/memory-catalogue";
import { objectCreated } from "../support/object-created";
import { NOW, NOW_ISO } from "../support/titles";
import { ID, only, PROBE, SEQUENCER, setup, TEMPLATE } from "./setup";

describe("broken off", () => {
  test("throttling is thrown, and the retry goes on at once", async () => {
    const throttled = new Error("Too many requests");
    const { handler, catalogue, jobs, deps } = setup({ template: () => Promise.reject(throttled) });
    await expect(handler(objectCreated({}))).rejects.toBe(throttled);
    expect(only(catalogue)[0]?.leaseUntil).toBeUndefined();
    const template = () => Promise.resolve(TEMPLATE);
    await makeHandler({
      ...deps,
      encoder: { ...setup().deps.encoder, template, probe: deps.encoder.probe, submit: deps.encoder.submit },
    })(objectCreated({}));
    expect(jobs).toHaveLength(1);
    expect(only(catalogue)[0]?.status).toBe("TRANSCODING");
  });

  test("a second delivery while the first is at work is sent away, and takes over once the lease is out", async () => {
    const stuck = new Promise<never>(() => undefined);
    const { handler, deps, clock, jobs } = setup();
    const first = makeHandler({ ...deps, encoder: { ...deps.encoder, probe: () => stuck } });
    void first(objectCreated({}));
    await new Promise((resolve) => setImmediate(resolve));
    await expect(handler(objectCreated({}))).rejects.toThrow(
      new Error(`Title ${ID}, version ${SEQUENCER}: another invocation is preparing it`),
    );
    clock.now = NOW + 60_001;
    await handler(objectCreated({}));
    expect(jobs).toHaveLength(1);
  });

  describe("between CreateJob and its record", () => {
    async function brokenOff(submitted: Encoder["submitted"]) {
      const { handler, deps, catalogue, jobs, clock } = setup({ submitted });
      const crash = new Error("crash");
      let writes = 0;
      const crashing: MemoryCatalogue = {
        ...catalogue,
        // claim, plan, then the record of the job and the return of the lease
        change: (id, decide) => ((writes += 1) > 2 ? Promise.reject(crash) : catalogue.change(id, decide)),
      };
      await expect(makeHandler({ ...deps, catalogue: crashing })(objectCreated({}))).rejects.toBe(crash);
      expect([jobs.length, only(catalogue)[0]?.status]).toEqual([1, "RECEIVED"]);
      clock.now = NOW + 60_001;
      await handler(objectCreated({}));
      return { catalogue, jobs };
    }

    test("the retry finds the job, pays for no other, and the title goes on", async () => {
      const asked: unknown[] = [];
      const { catalogue, jobs } = await brokenOff((sought) =>
        Promise.resolve(asked.push(sought) ? "job-1" : undefined),
      );
      expect(jobs).toHaveLength(1);
      expect(asked).toEqual([{ queueArn: "arn:queue", assetId: ID, version: SEQUENCER, since: NOW_ISO }]);
      expect(only(catalogue)[0]).toMatchObject({ status: "TRANSCODING", job: { id: "job-1" } });
    });

    test("where CreateJob itself broke off there is none, and the retry submits with the same token", async () => {
      const { catalogue, jobs } = await brokenOff(() => Promise.resolve(undefined));
      expect(jobs.map((job) => job.ClientRequestToken)).toEqual([
        jobs[0]?.ClientRequestToken,
        jobs[0]?.ClientRequestToken,
      ]);
      expect(only(catalogue)[0]).toMatchObject({ status: "TRANSCODING", job: { id: "job-2" } });
    });
  });

  test("overtaken by a newer upload while it was probed, it is superseded before any cost", async () => {
    const { handler, deps, catalogue, jobs, codes } = setup();
    const probe: Encoder["probe"] = async () => {
      await handler(objectCreated({ sequencer: "ff" }));
      return ok(PROBE);
    };
    await makeHandler({ ...deps, encoder: { ...deps.encoder, probe } })(objectCreated({}));
    expect(jobs.map((job) => job.UserMetadata?.version)).toEqual(["ff"]);
    expect(catalogue.only().versions[SEQUENCER]?.status).toBe("SUPERSEDED");
    expect(codes.at(-1)).toBe("SUBMIT_OVERTAKEN");
  });

  test("the job's end can be on record before its start: only the id is added", async () => {
    const { deps, catalogue } = setup();
    const submit: Encoder["submit"] = async () => {
      await catalogue.change(ID, (found) => {
        const version = found?.versions[SEQUENCER];
        const failed = version && { ...version, status: "FAILED" as const };
        return { write: found && failed && { ...found, versions: { [SEQUENCER]: failed } }, result: undefined };
      });
      return ok("job-9");
    };
    await makeHandler({ ...deps, encoder: { ...deps.encoder, submit } })(objectCreated({}));
    expect(only(catalogue)[0]).toMatchObject({ status: "FAILED", job: { id: "job-9" } });
  });
});
