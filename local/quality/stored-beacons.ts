import { gunzipSync } from "node:zlib";
import { BEACON_FOLDER, type BeaconRecord } from "../../handlers/shared/beacon-record";
import type { Principal } from "../kernel/aws-service";
import type { Clock } from "../kernel/clock";
import type { ObjectStore } from "../kernel/object-store";

const DAY_MS = 24 * 3_600_000;

export interface StoredBeaconsOptions {
  readonly objects: Pick<ObjectStore, "list" | "read">;
  /** Bucket of the logs. */
  readonly bucket: string;
  /** In whose name they are read. */
  readonly as: Principal;
  readonly clock: Clock;
}

/** The events of the last day as they are stored, each once: what Athena's saved questions call `heard`. */
export function storedBeacons({ objects, bucket, as, clock }: StoredBeaconsOptions): () => Promise<BeaconRecord[]> {
  /** An object of the log bucket never changes. */
  const known = new Map<string, readonly BeaconRecord[]>();
  const read = async (key: string): Promise<readonly BeaconRecord[]> => {
    const records = known.get(key) ?? parse(await objects.read(as, bucket, key), key.endsWith(".gz"));
    known.set(key, records);
    return records;
  };
  return async () => {
    const from = `${BEACON_FOLDER}/${hourOf(clock() - DAY_MS)}`;
    const isRecent = (key: string): boolean => /^\d{4}\//.test(key.slice(BEACON_FOLDER.length + 1)) && key >= from;
    const keys = (await objects.list(as, bucket, `${BEACON_FOLDER}/`)).map(({ key }) => key).filter(isRecent);
    for (const key of known.keys()) if (!keys.includes(key)) known.delete(key);
    return eachOnce((await Promise.all(keys.map(read))).flat());
  };
}

function parse(body: Buffer, gzip: boolean): BeaconRecord[] {
  const text = (gzip ? gunzipSync(body) : body).toString("utf8");
  return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as BeaconRecord); // prettier-ignore
}

/** In the order in which they arrived; a number that a session used before is the same event again. */
function eachOnce(records: readonly BeaconRecord[]): BeaconRecord[] {
  const arrived = [...records].sort((one, other) => text(one.received_at).localeCompare(text(other.received_at)));
  const first = new Map<string, BeaconRecord>();
  for (const record of arrived) {
    const key = `${record.session_id} ${record.event_number}`;
    if (!first.has(key)) first.set(key, record);
  }
  return [...first.values()];
}

const text = (value: string | undefined): string => value ?? "";

/** `2026/01/02/03`, as the folders are called. */
function hourOf(at: number): string {
  return new Date(at).toISOString().slice(0, 13).replaceAll(/[-T]/g, "/");
}
