import { ok, refused, type Result } from "./result";

/**
 * Reads values of unknown shape and remembers every problem, so that one log line says all that is wrong with an event.
 * A getter that finds a problem returns a stand-in of its type; `finish` then refuses, so it is never used.
 */
export class EventReader {
  readonly #problems: string[] = [];

  constructor(private readonly event: unknown) {}

  /** The value at a path such as `detail.object.key`, or undefined. */
  at(path: string): unknown {
    return path.split(".").reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), this.event);
  }

  text(path: string): string {
    const value = this.at(path);
    if (typeof value === "string" && value !== "") return value;
    return this.#refuse(path, "a non-empty string", value, "");
  }

  oneOf<const T extends string>(path: string, ...allowed: readonly [T, ...T[]]): T {
    const value = this.at(path);
    const found = allowed.find((candidate) => candidate === value);
    return found ?? this.#refuse(path, allowed.map((candidate) => `"${candidate}"`).join(" or "), value, allowed[0]);
  }

  matching(path: string, pattern: RegExp, allowed: string): string {
    const value = this.at(path);
    if (typeof value === "string" && pattern.test(value)) return value;
    return this.#refuse(path, allowed, value, "");
  }

  /** Absent is fine, another type is not. */
  optionalText(path: string): string | undefined {
    const value = this.at(path);
    if (value === undefined || typeof value === "string") return value;
    return this.#refuse(path, "a string or absent", value, undefined);
  }

  optionalNumber(path: string): number | undefined {
    const value = this.at(path);
    if (value === undefined || typeof value === "number") return value;
    return this.#refuse(path, "a number or absent", value, undefined);
  }

  /** A list of objects; absent counts as empty, entries of another type are left out. */
  records(path: string): Record<string, unknown>[] {
    return recordsOf(this.at(path));
  }

  finish<T>(value: T): Result<T> {
    return this.#problems.length === 0 ? ok(value) : refused(this.#problems.join("; "));
  }

  #refuse<T>(path: string, allowed: string, got: unknown, standIn: T): T {
    this.#problems.push(`${path} must be ${allowed}, got ${describeValue(got)}`);
    return standIn;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function recordsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

/** Types and short values only: an event may carry a viewer's data. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}...` : value);
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  return Array.isArray(value) ? "a list" : "an object";
}
