import { duration } from "../format";
import type { Problem } from "../problem";
import type { Result } from "../result";
import { formatRoute } from "../route";
import type { Title, TitlePage } from "../titles";
import { byId, element } from "./dom";
import { showProblem } from "./problem-view";

export interface TitlesView {
  show(): void;
  hide(): void;
}

/** The catalogue as a grid of posters. `onSignedOut` is told when the service no longer knows the viewer. */
export function createTitlesView(
  list: (cursor?: string) => Promise<Result<TitlePage>>,
  onTitles: (titles: readonly Title[]) => void,
  onSignedOut: (problem: Problem) => void,
): TitlesView {
  const view = byId("titles-view", HTMLElement);
  const grid = byId("titles", HTMLUListElement);
  const more = byId("more-titles", HTMLButtonElement);
  const alert = byId("titles-problem", HTMLElement);
  const empty = byId("titles-empty", HTMLElement);
  let cursor: string | undefined;
  let turn = 0;

  const load = async (from: string | undefined): Promise<void> => {
    const mine = ++turn;
    grid.setAttribute("aria-busy", "true");
    const answer = await list(from);
    if (mine !== turn) return;
    grid.removeAttribute("aria-busy");
    showProblem(alert, answer.ok ? undefined : answer.problem);
    if (!answer.ok) return answer.problem.kind === "signed-out" ? onSignedOut(answer.problem) : undefined;
    const cards = answer.value.titles.map(card);
    if (from === undefined) grid.replaceChildren(...cards);
    else grid.append(...cards);
    if (from !== undefined) cards[0]?.querySelector("a")?.focus();
    cursor = answer.value.cursor;
    more.hidden = cursor === undefined;
    empty.hidden = grid.childElementCount > 0 || cursor !== undefined; // a page may be empty before the last
    onTitles(answer.value.titles);
  };
  more.addEventListener("click", () => void load(cursor));
  byId("titles-again", HTMLButtonElement).addEventListener("click", () => void load(undefined));
  return {
    show() {
      view.hidden = false;
      byId("titles-heading", HTMLElement).focus();
      void load(undefined);
    },
    hide() {
      turn += 1;
      view.hidden = true;
    },
  };
}

function card({ assetId, name, poster, durationSeconds }: Title): HTMLLIElement {
  const picture = element("span", { class: "poster", "data-initial": name.slice(0, 1).toUpperCase() });
  if (poster) {
    const image = element("img", { src: poster, alt: "", loading: "lazy", decoding: "async" });
    image.addEventListener("error", () => image.remove()); // the initial below it shows instead
    picture.append(image);
  }
  if (durationSeconds) picture.append(element("span", { class: "length" }, duration(durationSeconds)));
  const href = formatRoute({ view: "watch", assetId });
  const link = element("a", { href, "data-testid": "title-card", "data-asset-id": assetId }, picture);
  link.append(element("span", { class: "name" }, name));
  return element("li", {}, link);
}
