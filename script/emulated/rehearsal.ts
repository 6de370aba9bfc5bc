import type { StateDocument } from "../../local/terraform/applied";
import { countOf, takeInventory } from "../../emulator/inventory";
import { defaultTags } from "../../stacks/shared/platform-stack";
import { bootstrap as runBootstrap, type BootstrapOutcome } from "../bootstrap-flow";
import { runCommand } from "../gitops/command";
import {
  expectChanges,
  expectMoves,
  expectNoChanges,
  expectNothingLeft,
  expectRefusal,
  expectTags,
} from "./expectations";
import { overrides } from "./overrides";
import { renamed } from "./renamed";
import { openStage, type RehearsalOptions, type Stage } from "./stage";
import type { Step } from "./steps";
import { describeChanges } from "./terraform";
import { watchApplied } from "./watch";

/** As an operator would set it; the platform that runs here makes a viewer of its own in its place. */
const CHECK_VIEWER = { username: "check", password: "Check-rehearsal-1" };

/**
 * The life of an environment by real Terraform: bootstrap, apply, an empty second plan, a video from the upload to a
 * viewer, a changed setting, a rotated key, and destruction, after which nothing is left.
 */
export async function rehearse(options: RehearsalOptions): Promise<readonly Step[]> {
  const stage = await openStage(options);
  try {
    await bootstrap(stage);
    const standing = await apply(stage);
    await watch(stage, standing);
    await changeSetting(stage);
    await rotateKey(stage);
    await destroyWorkload(stage);
    await destroyBootstrap(stage);
    return stage.steps.done;
  } finally {
    await stage.close();
  }
}

/** The command that people run: its state begins on this machine, and moves into the bucket that it made. */
async function bootstrap({ steps, bootstrapFolder, terraformSees, say }: Stage): Promise<void> {
  const run = (check: boolean): Promise<BootstrapOutcome> =>
    runBootstrap(
      { environment: "dev", folder: bootstrapFolder(), check },
      { run: runCommand, env: terraformSees, approve: () => Promise.resolve(true), say: check ? say : () => undefined },
    );
  await steps.run("npm run bootstrap -- dev", async () => [expectOutcome("changed", await run(false))]);
  await steps.run("npm run bootstrap -- dev --check", async () => [expectOutcome("unchanged", await run(true))]);
}

function expectOutcome(expected: BootstrapOutcome, found: BootstrapOutcome): string {
  if (found === expected) return found;
  throw new Error(`the bootstrap must be ${expected}, got ${found}`);
}

async function apply(stage: Stage) {
  const { steps, chores, account, workload, synthesise, artifacts, release, dist, environment } = stage;
  let standing: StateDocument = {};
  await steps.run("apply vod-dev", async () => {
    await chores.uploadArtifacts(artifacts, dist, release);
    workload.use(synthesise().workload, overrides());
    await workload.init();
    const made = describeChanges(await workload.plan());
    await workload.apply();
    const inventory = Object.entries(await takeInventory(account));
    return [`${made.length} resources made`, ...inventory.map(([what, names]) => `${what}: ${names.length}`)];
  });
  await steps.run("plan it again", async () => {
    const plan = await workload.plan();
    standing = plan.prior_state ?? {};
    return [...expectNoChanges(plan), ...expectTags(standing, defaultTags(environment()))];
  });
  await steps.run("give a table another address: it moves", async () => {
    workload.use(renamed(synthesise().workload, "aws_dynamodb_table.catalogue", "titles"), overrides());
    const plan = await workload.plan();
    return [...expectNoChanges(plan), ...expectMoves(plan, ["aws_dynamodb_table.catalogue"])];
  });
  return standing;
}

async function watch(stage: Stage, standing: StateDocument): Promise<void> {
  await stage.steps.run("take a video from the upload to a viewer, by what was applied", async () => {
    await stage.chores.putSecret("vod/dev/signing/sample-a", stage.privateKeys["sample-a"] ?? "");
    await stage.chores.putSecret("vod/dev/check/viewer", JSON.stringify(CHECK_VIEWER));
    return watchApplied(stage, standing);
  });
}

async function changeSetting({ steps, workload, change, synthesise }: Stage): Promise<void> {
  await steps.run("change deliver.manifestSeconds from 5 to 6", async () => {
    change(({ deliver, ...rest }) => ({ ...rest, deliver: { ...deliver, manifestSeconds: 6 } }));
    workload.use(synthesise().workload, overrides());
    const found = expectChanges(await workload.plan(), [
      "update aws_cloudfront_cache_policy.manifests: default_ttl, max_ttl",
    ]);
    await workload.apply();
    return found;
  });
}

/** What CloudFront holds in use cannot be deleted: the order of each apply has to respect that. */
async function rotateKey({ steps, workload, account, change, allKeys, synthesise }: Stage): Promise<void> {
  const applied = async (): Promise<string[]> => {
    workload.use(synthesise().workload, overrides());
    const changes = describeChanges(await workload.plan());
    await workload.apply();
    return changes;
  };
  await steps.run("trust a second key and sign with it", () => {
    change((environment) => ({ ...environment, keys: allKeys, signing: { active: "sample-b" } }));
    return applied();
  });
  await steps.run("retire the first key", async () => {
    change((environment) => ({ ...environment, keys: allKeys.filter(({ name }) => name !== "sample-a") }));
    const changes = await applied();
    const { "cloudfront: public-key": keys = [] } = await takeInventory(account);
    if (keys.length !== 1) throw new Error(`one public key must be left, got ${keys.length}`);
    return changes;
  });
}

async function destroyWorkload({ steps, workload, chores, logs }: Stage): Promise<void> {
  const tables = ["vod-catalogue-dev", "vod-entitlements-dev"];
  await steps.run("destroy vod-dev: the tables are protected, the log bucket is not empty", async () => {
    await chores.putLog(logs, "edge/2026/01/01/00/requests.json");
    await workload.plan("-destroy");
    return expectRefusal(workload.apply(), [
      ...tables.map((table) => new RegExp(`Table '${table}' can't be deleted while DeletionProtectionEnabled`)),
      new RegExp(`deleting S3 Bucket \\(${logs}\\).*BucketNotEmpty`),
    ]);
  });
  await steps.run("empty the log bucket: its objects are locked", () =>
    expectRefusal(chores.empty(logs), [new RegExp(`${logs}/edge/\\S+ cannot be deleted: AccessDenied`)]),
  );
  await steps.run("destroy vod-dev, protection lifted, the lock of the logs bypassed", async () => {
    await chores.empty(logs, { bypass: true });
    for (const table of tables) await chores.liftDeletionProtection(table);
    const changes = describeChanges(await workload.plan("-destroy"));
    await workload.apply();
    return changes;
  });
}

async function destroyBootstrap(stage: Stage): Promise<void> {
  const { steps, bootstrap: terraform, chores, account, synthesise, before } = stage;
  const { bootstrap: file } = synthesise();
  await steps.run("destroy vod-bootstrap-dev: what lasts is protected", () =>
    expectRefusal(
      terraform.plan("-destroy"),
      stage.lasting.map((address) => new RegExp(`Resource ${address} has lifecycle.prevent_destroy set`)),
    ),
  );
  await steps.run("destroy vod-bootstrap-dev, protection lifted and buckets emptied", async () => {
    terraform.use(file, overrides({ local: true, unprotected: stage.lasting }));
    await terraform.init("-migrate-state", "-force-copy");
    for (const bucket of [stage.artifacts, stage.states]) await chores.empty(bucket);
    const changes = describeChanges(await terraform.plan("-destroy"));
    await terraform.apply();
    return [`${changes.length} resources destroyed`];
  });
  await steps.run("ask every service what is left", async () => {
    const after = await takeInventory(account);
    return [`${countOf(before)} before, ${countOf(after)} after`, ...expectNothingLeft(before, after)];
  });
}
