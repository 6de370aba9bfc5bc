/** The setting in the text of an environment file, so that nothing else of it moves. */
const SETTING = /("signing"\s*:\s*\{[^{}]*"active"\s*:\s*")([^"]*)(")/;

export function activeIn(text: string): string {
  return SETTING.exec(text)?.[2] ?? "";
}

/** The text with another key as `signing.active`. @throws when it holds no such setting. */
export function withActive(text: string, name: string, file: string): string {
  if (!SETTING.test(text)) throw new Error(`${file}: signing.active must be there as text, found none; add it by hand`);
  return text.replace(SETTING, `$1${name}$3`);
}
