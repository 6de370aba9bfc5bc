import { type Zippable, zipSync } from "fflate";

/**
 * The earliest time that a zip can hold, by the local clock's calendar, since that is what the format stores: whatever
 * the time zone, the same digits are written. Noon, as no time zone skips it.
 */
const FIXED_TIME = new Date(1980, 0, 1, 12);

/** Readable by the user that Lambda runs functions as, whatever the umask of the machine that built. */
const FILE_MODE = 0o100644;

const UNIX = 3;

/**
 * A zip whose bytes depend on names and contents only: entries in name order, one time, one mode. The deflate is
 * JavaScript, so that another Node version with another zlib makes no difference either.
 */
export function deterministicZip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries: Zippable = {};
  for (const name of Object.keys(files).sort()) {
    const content = files[name];
    if (content) entries[name] = [content, { mtime: FIXED_TIME, os: UNIX, attrs: FILE_MODE << 16, level: 9 }];
  }
  return zipSync(entries);
}
