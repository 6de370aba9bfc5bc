import type { Problem } from "../problem";
import type { Result } from "../result";
import { byId } from "./dom";
import { showProblem } from "./problem-view";

export interface SignInView {
  /** Shows the way to the sign-in page, with the reason when the viewer did not come by themselves. */
  show(problem?: Problem): void;
  /** Shows what is under way; the button rests meanwhile. */
  busy(what: string): void;
  hide(): void;
}

/** The button that leads to the sign-in page: `begin` gives its address, `go` leaves for it. */
export function createSignInView(begin: () => Promise<Result<string>>, go: (address: string) => void): SignInView {
  const view = byId("sign-in-view", HTMLElement);
  const button = byId("sign-in", HTMLButtonElement);
  const alert = byId("sign-in-problem", HTMLElement);

  const label = (text: string, disabled: boolean): void => {
    button.textContent = text;
    button.disabled = disabled;
  };
  const show = (problem?: Problem): void => {
    view.hidden = false;
    label("Sign in", false);
    showProblem(alert, problem);
    button.focus();
  };
  const busy = (what: string): void => {
    view.hidden = false;
    label(what, true);
    showProblem(alert, undefined);
  };
  const leave = async (): Promise<void> => {
    busy("Opening the sign-in page…");
    const address = await begin();
    if (address.ok) go(address.value);
    else show(address.problem);
  };
  button.addEventListener("click", () => void leave());
  // Who comes back by the browser's own button finds the page as it was left.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && !view.hidden) label("Sign in", false);
  });
  return {
    show,
    busy,
    hide() {
      view.hidden = true;
    },
  };
}
