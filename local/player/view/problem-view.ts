import type { Problem } from "../problem";
import { element } from "./dom";

/** A problem in an alert: what, what to do, and the code for whoever helps. */
export function showProblem(target: HTMLElement, problem: Problem | undefined): void {
  target.hidden = problem === undefined;
  if (!problem) return target.replaceChildren();
  target.replaceChildren(
    element("strong", {}, problem.title),
    element("span", {}, problem.advice),
    element("code", { "data-testid": "problem-code" }, problem.code),
  );
}
