/** One line of the access log: no query, no cookies, no other headers. */
export interface AccessRecord {
  /** ISO 8601. */
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** CloudFront's result type, or `Denied` for what the edge refused itself. */
  readonly result: string;
  /** Of the body, as far as it was sent. */
  readonly bytes: number;
  readonly country: string;
}

export interface AccessLog {
  add(record: AccessRecord): void;
  /** Oldest first. */
  records(): readonly AccessRecord[];
}

/** Remembers the last `capacity` requests. */
export function makeAccessLog(capacity = 1000): AccessLog {
  const records: AccessRecord[] = [];
  return {
    add(record) {
      records.push(record);
      if (records.length > capacity) records.shift();
    },
    records: () => [...records],
  };
}
