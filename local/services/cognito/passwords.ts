import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const KEY_BYTES = 32;

/** A password as it is stored: salt and scrypt key, both base64. */
export interface PasswordHash {
  readonly salt: string;
  readonly key: string;
}

export async function hashPassword(password: string, salt = randomBytes(16)): Promise<PasswordHash> {
  const key = await derive(password, salt, KEY_BYTES);
  return { salt: salt.toString("base64"), key: key.toString("base64") };
}

/** Takes as long for nobody as for somebody, so that time does not tell which users exist. */
export async function verifyPassword(password: string, hash: PasswordHash | undefined): Promise<boolean> {
  const salt = hash ? Buffer.from(hash.salt, "base64") : Buffer.alloc(16);
  const got = await derive(password, salt, KEY_BYTES);
  const expected = hash ? Buffer.from(hash.key, "base64") : Buffer.alloc(KEY_BYTES);
  return timingSafeEqual(got, expected) && hash !== undefined;
}
