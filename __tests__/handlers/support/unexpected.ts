/** A double that throws when anything of it is touched, but for what the test gives. */
export function unexpected<T extends object>(name: string, given: Partial<T> = {}): T {
  return new Proxy(given as T, {
    get(target, property) {
      if (property in target) return target[property as keyof T];
      throw new Error(`${name}.${String(property)} was not expected`);
    },
  });
}
