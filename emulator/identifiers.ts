import { randomInt, randomUUID } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** An id of the form that CloudFront gives to distributions, keys and entity tags: a letter and 13 more characters. */
export function cloudFrontId(letter: string): string {
  return letter + Array.from({ length: 13 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

export const uuid = randomUUID;
