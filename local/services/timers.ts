/** Delayed work as a dependency, so that tests move time by hand. */
export interface Timers {
  /** Runs `work` once after `ms` milliseconds unless the returned function is called first. */
  after(ms: number, work: () => void): () => void;
}

/** Node's timers; a pending one does not keep the process alive. */
export const systemTimers: Timers = {
  after(ms, work) {
    const timer = setTimeout(work, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
