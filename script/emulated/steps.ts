/** One step of a rehearsal, as it went. */
export interface Step {
  readonly name: string;
  readonly seconds: number;
  /** What was found, a line each. */
  readonly findings: readonly string[];
}

/** Says what is being done, how long it took, and what came of it. */
export class Steps {
  readonly done: Step[] = [];

  constructor(private readonly say: (line: string) => void) {}

  /** Runs a step; what it returns is its findings. @throws what the step throws, the step's name in front. */
  async run(name: string, action: () => Promise<readonly string[]>): Promise<void> {
    const began = Date.now();
    try {
      const findings = await action();
      const seconds = (Date.now() - began) / 1000;
      this.done.push({ name, seconds, findings });
      this.say(`${seconds.toFixed(1).padStart(6)} s  ${name}`);
      for (const finding of findings) this.say(`          ${finding}`);
    } catch (error) {
      throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
}
