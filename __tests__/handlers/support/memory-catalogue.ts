import type { Catalogue } from "../../../handlers/shared/catalogue";
import type { Title } from "../../../handlers/shared/title";

export interface MemoryCatalogue extends Catalogue {
  readonly titles: Map<string, Title>;
  /** The only title there is; throws when there is another number of them. */
  only(): Title;
}

/** Titles in memory. Each change is atomic, as the one conditional write is; `published` must be stubbed to be used. */
export function memoryCatalogue(...initial: Title[]): MemoryCatalogue {
  const titles = new Map(initial.map((title) => [title.assetId, title]));
  return {
    titles,
    only() {
      const [title, ...others] = titles.values();
      if (!title || others.length > 0) throw new Error(`expected one title, found ${titles.size}`);
      return title;
    },
    read: (assetId) => Promise.resolve(titles.get(assetId)),
    change: (assetId, decide) => {
      const { write, result } = decide(titles.get(assetId));
      if (write) titles.set(assetId, stored(write));
      return Promise.resolve(result);
    },
    published: () => Promise.reject(new Error("published was not expected")),
    async *packaging() {
      for (const { assetId, packagingState } of [...titles.values()]) {
        await Promise.resolve();
        if (packagingState) yield assetId;
      }
    },
  };
}

/** As DynamoDB keeps it: what is undefined is not there. */
function stored(title: Title): Title {
  return JSON.parse(JSON.stringify(title)) as Title;
}
