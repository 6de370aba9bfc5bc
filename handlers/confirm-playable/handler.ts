import { parseVersionedId } from "../shared/asset-id";
import { type ConfirmDeps, confirmVersion } from "../shared/confirm-version";
import { readTrigger, type Trigger } from "./trigger";

export type Deps = ConfirmDeps;

/** Titles asked about at the same time; MediaPackage throttles an account's calls. */
const AT_ONCE = 4;

/**
 * MediaPackage's playable event, or the schedule that makes up for events that never come -> titles whose packaging
 * configurations are all playable can be watched.
 */
export const makeHandler =
  (deps: Deps) =>
  async (event: unknown): Promise<void> => {
    const read = readTrigger(event);
    if (!read.ok) return deps.log("EVENT_REJECTED", { reason: read.problem });
    if (read.value.kind === "schedule") return sweep(deps);
    await confirmAsset(deps, read.value);
  };

async function confirmAsset(deps: Deps, trigger: Extract<Trigger, { kind: "asset" }>): Promise<void> {
  const { mediaPackageAsset, ingestError } = trigger;
  const named = parseVersionedId(mediaPackageAsset);
  const title = named && (await deps.catalogue.read(named.assetId));
  const version = named && title?.versions[named.version];
  if (!title || !version) return deps.log("ASSET_UNKNOWN", { mediaPackageAsset });
  await confirmVersion(deps, title, version, ingestError);
}

/** One title that cannot be asked about must not hide the others: they all get their turn, then the run fails. */
async function sweep(deps: Deps): Promise<void> {
  const failures: string[] = [];
  const waiting = deps.catalogue.packaging()[Symbol.asyncIterator]();
  const work = async (): Promise<void> => {
    for (let next = await waiting.next(); !next.done; next = await waiting.next()) {
      const assetId = next.value;
      await confirmTitle(deps, assetId).catch((error: unknown) => {
        failures.push(`${assetId}: ${error instanceof Error ? error.message : String(error)}`);
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failures.length > 0) throw new Error(`Titles that could not be confirmed: ${failures.join("; ")}`);
}

async function confirmTitle(deps: Deps, assetId: string): Promise<void> {
  const title = await deps.catalogue.read(assetId);
  for (const version of Object.values(title?.versions ?? {})) {
    if (title) await confirmVersion(deps, title, version);
  }
}
