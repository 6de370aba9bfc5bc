import { since } from "../format";
import type { Entry } from "../journal";
import { byId, element } from "./dom";

const SHOWN = 200;

/** Adds an entry on top of the list, newest first. It is no live region: switches would talk over the film. */
export function showEntry({ at, kind, text }: Entry): void {
  const list = byId("journal", HTMLOListElement);
  const time = element("time", {}, since(at));
  list.prepend(element("li", { class: `entry ${kind}`, "data-kind": kind }, time, element("span", {}, text)));
  while (list.childElementCount > SHOWN) list.lastElementChild?.remove();
}
