const TO_STANDARD: Readonly<Record<string, string>> = { "-": "+", _: "=", "~": "/" };

/** Decodes CloudFront's base64, in which `+ = /` are written `- _ ~`; undefined when it is not that. */
export function decodeUrlSafe(value: string): Buffer | undefined {
  const standard = value.replace(/[-_~]/g, (character) => TO_STANDARD[character] ?? character);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(standard)) return undefined;
  return Buffer.from(standard, "base64");
}
