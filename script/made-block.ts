/** Puts made text between a block's marks; what stands around them is left as it is. @throws where they do not stand once. */
export function withBlock(file: string, document: string, name: string, made: string): string {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [before = "", rest, ...more] = document.split(begin);
  const [, after, ...others] = rest?.split(end) ?? [];
  if (after === undefined || more.length > 0 || others.length > 0) {
    throw new Error(`${file}: ${begin} and ${end} must stand in it once`);
  }
  return `${before}${begin}\n\n${made}\n\n${end}${after}`;
}
