/** Counts work under way, so that a service can say when it has nothing left to do. */
export interface InFlight {
  /** Marks one piece of work as begun; call what it returns once, when the work has ended either way. */
  begin(): () => void;
  /** Resolves as soon as nothing is under way. */
  idle(): Promise<void>;
}

export function createInFlight(): InFlight {
  let count = 0;
  let waiting: (() => void)[] = [];
  return {
    begin() {
      count += 1;
      return () => {
        count -= 1;
        if (count > 0) return;
        const ready = waiting;
        waiting = [];
        for (const resolve of ready) resolve();
      };
    },
    idle: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
