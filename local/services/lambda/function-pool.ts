import type { Instance, Outcome } from "./instance";

export interface FunctionPool {
  /** Runs on an idle instance, else on a new one, else waits for its turn. */
  run(requestId: string, payload: string): Promise<Outcome>;
  end(): Promise<void>;
}

/** The instances of one function: reused while they live, `maximum` of them at most, in order of arrival beyond. */
export function createFunctionPool(start: () => Promise<Instance>, maximum: number): FunctionPool {
  const idle: Instance[] = [];
  const all = new Set<Instance>();
  const waiting: (() => void)[] = [];
  let busy = 0;
  let ended = false;

  async function acquire(): Promise<Instance> {
    for (let instance = idle.pop(); instance; instance = idle.pop()) {
      if (instance.alive) return instance;
      all.delete(instance);
    }
    const instance = ended ? undefined : await start();
    if (instance && !ended) {
      all.add(instance);
      return instance;
    }
    await instance?.end();
    throw new Error("the function host is stopping");
  }

  async function turn(): Promise<void> {
    if (busy < maximum) {
      busy += 1;
      return;
    }
    // Whoever leaves hands its place over, so that nobody who comes later slips in.
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  }

  return {
    async run(requestId, payload) {
      await turn();
      try {
        const instance = await acquire();
        const outcome = await instance.invoke(requestId, payload);
        idle.push(instance);
        return outcome;
      } finally {
        leave();
      }
    },
    async end() {
      ended = true;
      await Promise.all([...all].map((instance) => instance.end()));
      all.clear();
      idle.length = 0;
    },
  };
}
