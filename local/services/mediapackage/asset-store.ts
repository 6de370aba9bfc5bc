import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Asset } from "./asset";
import type { AssetIndex } from "./asset-index";

/** Assets and the indexes that ingest made of them, as JSON files, so that a restart finds them. */
export class AssetStore {
  private readonly assets = new Map<string, Asset>();
  private readonly indexes = new Map<string, AssetIndex>();
  private readonly assetFolder: string;
  private readonly indexFolder: string;

  constructor(stateDirectory: string) {
    this.assetFolder = path.join(stateDirectory, "assets");
    this.indexFolder = path.join(stateDirectory, "indexes");
    for (const folder of [this.assetFolder, this.indexFolder]) mkdirSync(folder, { recursive: true });
    for (const file of readdirSync(this.assetFolder).filter((name) => name.endsWith(".json"))) {
      const asset = JSON.parse(readFileSync(path.join(this.assetFolder, file), "utf8")) as Asset;
      this.assets.set(asset.id, asset);
    }
  }

  /** Oldest first. */
  all(): Asset[] {
    return [...this.assets.values()].sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));
  }

  get(id: string): Asset | undefined {
    return this.assets.get(id);
  }

  withHash(hash: string): Asset | undefined {
    return [...this.assets.values()].find((asset) => asset.hash === hash);
  }

  put(asset: Asset): void {
    this.assets.set(asset.id, asset);
    write(path.join(this.assetFolder, `${asset.hash}.json`), asset);
  }

  putIndex(asset: Asset, index: AssetIndex): void {
    this.indexes.set(asset.hash, index);
    write(path.join(this.indexFolder, `${asset.hash}.json`), index);
  }

  index(asset: Asset): AssetIndex {
    const known = this.indexes.get(asset.hash);
    if (known) return known;
    const index = JSON.parse(readFileSync(path.join(this.indexFolder, `${asset.hash}.json`), "utf8")) as AssetIndex;
    this.indexes.set(asset.hash, index);
    return index;
  }

  remove(asset: Asset): void {
    this.assets.delete(asset.id);
    this.indexes.delete(asset.hash);
    for (const folder of [this.assetFolder, this.indexFolder])
      rmSync(path.join(folder, `${asset.hash}.json`), { force: true });
  }
}

/** Whole or not at all: a stop in the middle leaves the former file. */
function write(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, JSON.stringify(value));
  renameSync(`${file}.new`, file);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
