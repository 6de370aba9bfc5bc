/**
 * Packaged segments that were asked for lately, by bytes, the longest unused going first.
 * Who asks while a segment is being made waits for that one.
 */
export class SegmentCache {
  private readonly entries = new Map<string, Buffer>();
  private readonly making = new Map<string, Promise<Buffer>>();
  private bytes = 0;

  constructor(private readonly capacity: number) {}

  async get(key: string, make: () => Promise<Buffer>): Promise<Buffer> {
    const known = this.entries.get(key);
    if (known) {
      this.entries.delete(key);
      this.entries.set(key, known);
      return known;
    }
    const underWay = this.making.get(key);
    if (underWay) return underWay;
    const made = make()
      .then((value) => {
        // Forgotten while it was made: whoever waits gets it, nobody after.
        if (this.making.get(key) === made) this.keep(key, value);
        return value;
      })
      .finally(() => {
        if (this.making.get(key) === made) this.making.delete(key);
      });
    this.making.set(key, made);
    return made;
  }

  /** Drops whatever begins with `prefix`. */
  forget(prefix: string): void {
    for (const key of this.making.keys()) if (key.startsWith(prefix)) this.making.delete(key);
    for (const key of [...this.entries.keys()]) if (key.startsWith(prefix)) this.drop(key);
  }

  private keep(key: string, value: Buffer): void {
    if (value.length > this.capacity) return;
    this.entries.set(key, value);
    this.bytes += value.length;
    while (this.bytes > this.capacity) this.drop(this.entries.keys().next().value!);
  }

  private drop(key: string): void {
    this.bytes -= this.entries.get(key)?.length ?? 0;
    this.entries.delete(key);
  }
}
