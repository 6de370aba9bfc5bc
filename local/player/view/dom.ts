type Constructor<T extends Element> = abstract new () => T;

/** The element with an id, of the type that the page's code relies on; a missing one is a fault of the page. */
export function byId<T extends Element>(id: string, type: Constructor<T>): T {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new Error(`index.html: #${id} must be a ${type.name}, got ${element?.tagName.toLowerCase() ?? "nothing"}`);
}

/** A new element; attributes are set as given, so that `style` never is: the security policy forbids it. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Shows text, or hides the element when there is none. */
export function say(target: HTMLElement, text: string | undefined): void {
  target.textContent = text ?? "";
  target.hidden = text === undefined;
}

/** Sets text only when it changes, so that live regions do not repeat themselves. */
export function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
