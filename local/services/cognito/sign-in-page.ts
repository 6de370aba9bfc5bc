import type { AwsResponse } from "../../kernel/aws-service";
import { escaped, framed } from "./page-frame";

export interface SignInForm {
  /** Path and query that the form is sent to. */
  readonly action: string;
  /** Where a sign-in leads. */
  readonly redirectUri: string;
  readonly emailIsUsername: boolean;
  /** The name that was tried before. */
  readonly username?: string;
  /** Why the viewer is asked again. */
  readonly problem?: string;
}

/** The form on which viewers type name and password, and nothing else does. */
export function signInPage(form: SignInForm): AwsResponse {
  const { action, redirectUri, emailIsUsername, username = "", problem } = form;
  // The first field to fill has the focus; after a mistake that is the password.
  const [first, second] = username === "" ? [" autofocus", ""] : ["", " autofocus"];
  const described = problem === undefined ? "" : ' aria-describedby="problem" aria-invalid="true"';
  const { origin, host } = new URL(redirectUri);
  return framed({
    status: 200,
    title: problem === undefined ? "Sign in" : "Error: Sign in",
    formTarget: origin,
    content: `<h1>Sign in</h1>
<form class="card" method="post" action="${escaped(action)}">
${problem === undefined ? "" : `<p class="notice" id="problem" role="alert"><strong>That did not work</strong>${escaped(problem)}</p>`}
<label for="username">${emailIsUsername ? "E-mail address" : "Name"}</label>
<input id="username" name="username" type="${emailIsUsername ? "email" : "text"}" value="${escaped(username)}" autocomplete="username" autocapitalize="none" spellcheck="false" required${described}${first}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${described}${second}>
<button type="submit">Sign in</button>
</form>
<p class="soft">You go on to ${escaped(host)}. This page stands in for the one that Amazon Cognito serves from the user pool's own host.</p>`,
  });
}

/** For requests that must not lead back to whoever made them. */
export function refusalPage(code: string, message: string): AwsResponse {
  return framed({
    status: 400,
    title: "Sign-in is not possible",
    content: `<h1>Sign-in is not possible</h1>
<div class="card"><p>${escaped(message)}</p><p><code>${escaped(code)}</code></p></div>
<p class="soft">The link that led here is wrong, or the stack registers another address. Start again from the page that you came from.</p>`,
  });
}
