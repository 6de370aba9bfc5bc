import { isOnOffer, type Vantage } from "../shared/availability";
import type { Catalogue, ListPosition, PublishedTitle } from "../shared/catalogue";

interface Page {
  readonly items: readonly PublishedTitle[];
  /** Where to go on; nothing more may come of it. */
  readonly next?: ListPosition;
}

/** Queries for one page: where nearly everything is hidden from a viewer, pages may be short, or empty. */
const ROUNDS = 5;

/** A page of the published titles that are on offer here and now: what the index gives beyond that is passed over. */
export async function visiblePage(
  { published }: Pick<Catalogue, "published">,
  limit: number,
  after: ListPosition | undefined,
  vantage: Vantage,
): Promise<Page> {
  const items: PublishedTitle[] = [];
  let position = after;
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await published(limit, position);
    for (const [index, item] of page.items.entries()) {
      if (!isOnOffer(item.licence, vantage)) continue;
      items.push(item);
      if (items.length < limit) continue;
      const isLast = index === page.items.length - 1;
      return { items, next: isLast ? page.next : { publishedAt: item.publishedAt, assetId: item.assetId } };
    }
    position = page.next;
    if (!position) return { items };
  }
  return { items, next: position };
}
