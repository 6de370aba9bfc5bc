/** What a key does on the watch view. */
export type Action = "toggle-play" | "back" | "forward" | "captions" | "mute" | "fullscreen" | "leave";

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** Lower-case tag name of what has the focus. */
  readonly target: string;
}

const KEYS: Readonly<Record<string, Action>> = {
  k: "toggle-play",
  " ": "toggle-play",
  j: "back",
  l: "forward",
  ArrowLeft: "back",
  ArrowRight: "forward",
  c: "captions",
  m: "mute",
  f: "fullscreen",
  Escape: "leave",
};

/** These use letters, the space bar or arrows themselves; the video's own controls among them. */
const KEEPS_KEYS = new Set(["input", "select", "textarea", "button", "a", "summary", "video"]);

/** The action of a key press, unless a control or the browser has its own use for it. */
export function actionFor({ key, ctrlKey, metaKey, altKey, target }: KeyPress): Action | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const action = KEYS[key.length === 1 ? key.toLowerCase() : key];
  const letter = /^[a-z]$/i.test(key);
  const typing = target === "input" || target === "select" || target === "textarea";
  return KEEPS_KEYS.has(target) && (typing || !letter) ? undefined : action;
}
