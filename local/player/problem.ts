/**
 * What stands between the viewer and the picture.
 * `kind` decides what the page does; `title` and `advice` are what the viewer reads; `code` is for whoever helps them.
 */
export interface Problem {
  readonly kind: "signed-out" | "refused" | "missing" | "not-ready" | "busy" | "offline" | "fault";
  readonly code: string;
  readonly title: string;
  readonly advice: string;
  /** HTTP status; absent when no answer arrived. */
  readonly status?: number;
  /** Seconds the service asked to wait, from `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

export interface Refusal {
  readonly status: number;
  /** Reason code in the answer's JSON (`error`), where there is one. */
  readonly code?: string;
  /** The service's own sentence, shown when the code is not one this page knows. */
  readonly message?: string;
  readonly retryAfterSeconds?: number;
}

type Wording = readonly [title: string, advice: string];

const REFUSED: Wording = ["You may not watch this title", "The service refused it for your account."];

/** Reason codes of the mint's 403, in the words of a viewer. */
const REASONS: ReadonlyMap<string, Wording> = new Map<string, Wording>([
  ["SUBSCRIPTION_REQUIRED", ["A subscription is needed", "Your account has no active subscription for this title."]],
  ["SUBSCRIPTION_INACTIVE", ["Your subscription is not active", "Renew it, then try again."]],
  ["SUBSCRIPTION_EXPIRED", ["Your subscription has ended", "Renew it, then try again."]],
  ["SUBSCRIPTION_CANCELLED", ["Your subscription has ended", "You cancelled it, and the time you paid for is over."]],
  ["PAYMENT_OVERDUE", ["A payment is overdue", "Your last payment failed. Settle it, then try again."]],
  ["TRIAL_EXPIRED", ["Your trial is over", "Subscribe to go on watching."]],
  ["MEMBERSHIP_EXPIRED", ["Your membership has ended", "You watched as a member of an institution. Ask there."]],
  ["INSTITUTION_INACTIVE", ["Your institution does not subscribe", "Its subscription is not active. Ask there."]],
  ["INSTITUTION_REQUIRED", ["For members of institutions", "This title is shown to members of an institution only."]],
  ["LICENCE_REQUIRED", ["A licence is needed", "This title is not part of your subscription."]],
  ["LICENCE_EXPIRED", ["Your licence has ended", "Your licence for this title has run out."]],
  ["COUNTRY_NOT_ALLOWED", ["Not available in your country", "This title may not be shown where you are."]],
  ["COUNTRY_UNKNOWN", ["Your country could not be determined", "This title is limited to some countries."]],
  ["TITLE_WITHDRAWN", ["This title was withdrawn", "It is not shown any more."]],
  ["TITLE_NOT_YET_AVAILABLE", ["Not available yet", "This title can be watched later."]],
  ["TITLE_NO_LONGER_AVAILABLE", ["No longer available", "The time in which this title could be watched is over."]],
  [
    "STREAM_LIMIT_REACHED",
    ["Too many streams", "Your plan plays no more at a time. Stop another one, then try again."],
  ],
  ["SESSION_ENDED", ["This playback was ended", "Try again to start another."]],
  ["DOWNLOAD_NOT_INCLUDED", ["You may watch, but not download", "Downloads are not part of your plan."]],
  ["DOWNLOAD_EXPIRED", ["Your downloads have ended", "Your right to download has run out."]],
  ["IPV6_NOT_SUPPORTED", ["An IPv4 connection is needed", "Playback is bound to your address, and only IPv4 can be."]],
]);

const BY_STATUS: Readonly<Record<number, readonly [kind: Problem["kind"], ...Wording]>> = {
  401: ["signed-out", "Your session has ended", "Sign in again to go on watching."],
  404: ["missing", "This title is not there", "It may have been withdrawn, or its address is wrong."],
  409: ["not-ready", "This title is not ready yet", "It is still being prepared. Try again in a few minutes."],
  429: ["busy", "Too many requests", "Wait a moment, then try again."],
};

/** Puts an HTTP refusal into words. */
export function explain({ status, code, message, retryAfterSeconds }: Refusal): Problem {
  const facts = { code: code ?? `HTTP_${status}`, status, retryAfterSeconds };
  if (status === 403) {
    const [title, advice] = REASONS.get(code ?? "") ?? [REFUSED[0], message ?? REFUSED[1]];
    return { kind: "refused", ...facts, title, advice };
  }
  const known = BY_STATUS[status];
  if (known) return { kind: known[0], ...facts, title: known[1], advice: adviceFor(known[2], retryAfterSeconds) };
  if (status >= 500)
    return { kind: "fault", ...facts, title: "The service has a fault", advice: "Try again in a moment." };
  return {
    kind: "fault",
    ...facts,
    title: "The service did not accept this",
    advice: message ?? `It answered ${status}.`,
  };
}

function adviceFor(advice: string, retryAfterSeconds: number | undefined): string {
  return retryAfterSeconds === undefined ? advice : `Wait ${retryAfterSeconds} s, then try again.`;
}

/** No answer arrived: the network, a firewall, or a service that is down. */
export const OFFLINE: Problem = {
  kind: "offline",
  code: "NETWORK",
  title: "No connection",
  advice: "The service could not be reached. Check your network, then try again.",
};

/** The service answered with something this page cannot read. */
export function unreadable(what: string, why: string): Problem {
  return { kind: "fault", code: "UNREADABLE", title: `${what} could not be read`, advice: why };
}

/** Whether waiting may help; a refusal stays a refusal. */
export function isTransient(problem: Problem): boolean {
  return problem.kind === "offline" || problem.kind === "busy" || (problem.status ?? 0) >= 500;
}

/** The mint gave a fresh cookie and the edge refused all the same. */
export function edgeRefusal(): Problem {
  return {
    kind: "refused",
    code: "EDGE_DENIED",
    title: "The edge refused the stream",
    advice: "Your browser sent no cookie that the edge accepts. Allow cookies for this site, then try again.",
    status: 403,
  };
}

/** What arrived could not be decoded. */
export function mediaFailure(detail: string): Problem {
  return {
    kind: "fault",
    code: "MEDIA",
    title: "The picture could not be decoded",
    advice: `The player reports ${detail}.`,
  };
}

/** This browser has no way of playing the format. */
export function unplayable(format: string): Problem {
  return {
    kind: "fault",
    code: "UNSUPPORTED",
    title: `This browser cannot play ${format.toUpperCase()}`,
    advice: "Choose another format, or use a browser with Media Source Extensions.",
  };
}
