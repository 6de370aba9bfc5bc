import { AwsError } from "../../kernel/aws-service";

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** An element of an answer, already written. */
export type Xml = string & { readonly xml?: never };

/** An element with text; escaped, control characters too (which strict parsers refuse: ask for `encoding-type=url`). */
export function text(name: string, value: string | number | boolean): Xml {
  return `<${name}>${escape(String(value))}</${name}>`;
}

/** The element, unless there is no value. */
export function optional(name: string, value: string | number | boolean | undefined): Xml {
  return value === undefined ? "" : text(name, value);
}

export function element(name: string, ...children: readonly Xml[]): Xml {
  return `<${name}>${children.join("")}</${name}>`;
}

/** A whole document in S3's namespace. */
export function document(name: string, ...children: readonly Xml[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${NAMESPACE}">${children.join("")}</${name}>`;
}

function escape(value: string): string {
  // The characters below space are what has to be found here.
  return value.replace(/[&<>"\u0000-\u0008\u000b-\u001f]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** An element of a request. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface OpenElement {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

/** Reads the small documents that S3's clients send: elements, text and entities; attributes are dropped. */
export function parseXml(source: string): XmlElement {
  const root: OpenElement = { name: "", text: "", children: [] };
  const open: OpenElement[] = [root];
  const token = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w:.-]+)[^<>]*?(\/?)>|([^<]+)|</g;
  for (const [, cdata, closing, name, empty, plain] of source.replace(/^\ufeff/, "").matchAll(token)) {
    const current = open.at(-1)!;
    if (cdata !== undefined) current.text += cdata;
    else if (plain !== undefined) current.text += unescape(plain);
    else if (name === undefined) continue;
    else if (closing) close(open, local(name));
    else begin(open, local(name), empty === "/");
  }
  const [top, ...others] = root.children;
  if (open.length !== 1 || !top || others.length > 0 || /<!(?!--|\[CDATA)/.test(source)) throw malformed();
  return top;
}

function begin(open: OpenElement[], name: string, empty: boolean): void {
  const child: OpenElement = { name, text: "", children: [] };
  open.at(-1)!.children.push(child);
  if (!empty) open.push(child);
}

function close(open: OpenElement[], name: string): void {
  if (open.length < 2 || open.pop()!.name !== name) throw malformed();
}

export function childText(parent: XmlElement, name: string): string | undefined {
  return parent.children.find((child) => child.name === name)?.text;
}

export function children(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter((child) => child.name === name);
}

export function malformed(): AwsError {
  return new AwsError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema.",
    400,
  );
}

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

const ENTITIES = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

function unescape(value: string): string {
  return value.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex?: string, decimal?: string, name?: string) => {
    const character = name === undefined ? characterOf(hex ? parseInt(hex, 16) : Number(decimal)) : ENTITIES.get(name);
    if (character === undefined) throw malformed();
    return character;
  });
}

function characterOf(code: number): string | undefined {
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
