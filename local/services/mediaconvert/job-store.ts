import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Job } from "./job";

/** The jobs of an account, each a JSON file, so that a restart knows them. */
export class JobStore {
  private readonly jobs = new Map<string, Job>();

  /** @param directory made when absent; holds nothing else */
  constructor(private readonly directory: string) {
    mkdirSync(directory, { recursive: true });
    for (const name of readdirSync(directory).filter((entry) => entry.endsWith(".json"))) {
      const job = JSON.parse(readFileSync(join(directory, name), "utf8")) as Job;
      this.jobs.set(job.id, job);
    }
  }

  get(id: string): Job | undefined {
    return this.jobs.get(id);
  }

  /** Oldest first. */
  all(): Job[] {
    return [...this.jobs.values()].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  save(job: Job): Job {
    this.jobs.set(job.id, job);
    const path = join(this.directory, `${job.id}.json`);
    writeFileSync(`${path}.partial`, JSON.stringify(job, undefined, 2));
    renameSync(`${path}.partial`, path); // A stop in between must not leave half a file.
    return job;
  }

  /** Changes members of a job that is there. */
  update(id: string, changes: Partial<Job>): Job {
    const job = this.jobs.get(id);
    if (!job) throw new Error(`job ${id} is not in the store`);
    return this.save({ ...job, ...changes });
  }
}
