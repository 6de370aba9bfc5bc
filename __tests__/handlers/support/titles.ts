import type { Title, Version } from "../../../handlers/shared/title";
import { orderOf } from "../../../handlers/shared/version-order";

export const NOW = Date.parse("2030-01-02T03:04:05.000Z");
export const NOW_ISO = new Date(NOW).toISOString();
export const ASSET = "night-0123456789ab";

export function version(id: string, more: Partial<Version> = {}): Version {
  const status = more.status ?? "RECEIVED";
  return {
    version: id,
    order: orderOf(id),
    status,
    at: { [status]: NOW_ISO },
    source: { etag: "e1" },
    sideCars: [],
    captions: [],
    renditions: [],
    drm: false,
    ...more,
  };
}

export function title(versions: readonly Version[], more: Partial<Title> = {}): Title {
  const newest = [...versions].sort((a, b) => (a.order < b.order ? 1 : -1))[0];
  return {
    assetId: ASSET,
    source: { bucket: "source", key: "uploads/night.mp4" },
    title: "night",
    latest: newest?.version ?? "",
    versions: Object.fromEntries(versions.map((v) => [v.version, v])),
    ...more,
  };
}
