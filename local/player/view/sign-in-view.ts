import type { Problem } from "../problem";
import type { Result } from "../result";
import { byId } from "./dom";
import { showProblem } from "./problem-view";

export interface SignInView {
  /** Shows the form, with the reason when the viewer did not come by themselves. */
  show(problem?: Problem): void;
  hide(): void;
}

/** The form; `signIn` is asked, `onDone` told who came in. The password leaves the field as soon as it was used. */
export function createSignInView(
  signIn: (username: string, password: string) => Promise<Result<void>>,
  onDone: (username: string) => void,
): SignInView {
  const view = byId("sign-in-view", HTMLElement);
  const form = byId("sign-in-form", HTMLFormElement);
  const [username, password] = [byId("username", HTMLInputElement), byId("password", HTMLInputElement)];
  const button = byId("sign-in", HTMLButtonElement);
  const alert = byId("sign-in-problem", HTMLElement);

  const submit = async (): Promise<void> => {
    button.disabled = true;
    button.textContent = "Signing in…";
    const answer = await signIn(username.value.trim(), password.value);
    button.disabled = false;
    button.textContent = "Sign in";
    password.value = "";
    showProblem(alert, answer.ok ? undefined : answer.problem);
    if (answer.ok) return onDone(username.value.trim());
    password.focus();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!button.disabled) void submit();
  });
  return {
    show(problem) {
      view.hidden = false;
      showProblem(alert, problem);
      (username.value === "" ? username : password).focus();
    },
    hide() {
      view.hidden = true;
    },
  };
}
