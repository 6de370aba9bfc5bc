import type { XmlElement } from "../local/services/s3/xml";

/** An element of an answer. */
export function xml(name: string, ...children: readonly (XmlElement | string | number | boolean)[]): XmlElement {
  const elements = children.filter((child): child is XmlElement => typeof child === "object");
  const text = children.filter((child) => typeof child !== "object").join("");
  return { name, text, children: elements };
}

/** A whole document; `namespace` as the service's clients expect it. */
export function writeXml(root: XmlElement, namespace: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, ` xmlns="${namespace}"`)}`;
}

/** The elements of a name anywhere below, and the element itself. */
export function everywhere(element: XmlElement, name: string): XmlElement[] {
  const own = element.name === name ? [element] : [];
  return [...own, ...element.children.flatMap((child) => everywhere(child, name))];
}

/** The texts of the elements of a name anywhere below, without those that are empty. */
export function textsOf(element: XmlElement, name: string): string[] {
  return everywhere(element, name).flatMap(({ text }) => (text === "" ? [] : [text]));
}

export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** A copy in which the child of that name is replaced, or added. */
export function withChild(element: XmlElement, child: XmlElement): XmlElement {
  const there = childOf(element, child.name) !== undefined;
  const children = there
    ? element.children.map((each) => (each.name === child.name ? child : each))
    : [...element.children, child];
  return { ...element, children };
}

function write({ name, text, children }: XmlElement, attributes = ""): string {
  const content = children.length > 0 ? children.map((child) => write(child)).join("") : escape(text);
  return `<${name}${attributes}>${content}</${name}>`;
}

function escape(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
