/** What the commands need to know of an environment. */
export interface Target {
  /** `dev`, `staging`, `prod`. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

/** Where an environment keeps its state, what it deploys, and what was done to it. */
export interface Places {
  readonly stateBucket: string;
  readonly artifactsBucket: string;
  /** In the artifacts bucket: that a plan with this digest was shown for a tree. */
  readonly review: (tree: string, digest: string) => string;
  readonly reviews: (tree: string) => string;
  /** In the state bucket: a plan that waits for its approval. It holds secrets in clear. */
  readonly savedPlan: (run: string, sha256: string) => string;
  readonly savedPlans: string;
  /** In the state bucket: what one apply did. */
  readonly record: (time: Date, run: string) => string;
  readonly records: string;
  /** In the state bucket: a state that could not be written where it belongs. */
  readonly rescuedState: (run: string) => string;
}

export function placesOf({ name, account, region }: Target): Places {
  const reviews = (tree: string): string => `plans/${name}/${tree}/`;
  const savedPlans = `plans/${name}/`;
  const records = `records/${name}/`;
  return {
    stateBucket: `vod-state-${name}-${account}-${region}`,
    artifactsBucket: `vod-artifacts-${name}-${account}-${region}`,
    reviews,
    review: (tree, digest) => `${reviews(tree)}${digest}.json`,
    savedPlans,
    savedPlan: (run, sha256) => `${savedPlans}${run}/${sha256}.tfplan`,
    records,
    rescuedState: (run) => `${records}rescued/${run}.tfstate`,
    record: (time, run) => `${records}${time.toISOString().replaceAll(/[-:]|\.\d+/g, "")}-${run}.json`,
  };
}
