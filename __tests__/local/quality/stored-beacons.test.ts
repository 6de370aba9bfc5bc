import { gzipSync } from "node:zlib";
import type { ObjectInfo } from "../../../local/kernel/object-store";
import { storedBeacons } from "../../../local/quality/stored-beacons";
import { OPERATOR } from "../services/test-kit";

const NOW = Date.UTC(2026, 0, 2, 3, 30);
const line = (session: string, number: number, at: string) =>
  `${JSON.stringify({ session_id: session, event_number: number, received_at: at })}\n`;

function setup(objects: Record<string, string>) {
  const asked: string[] = [];
  const heard = storedBeacons({
    bucket: "logs",
    as: OPERATOR,
    clock: () => NOW,
    objects: {
      list: (_, bucket, prefix) => {
        expect([bucket, prefix]).toEqual(["logs", "beacons/"]);
        return Promise.resolve(Object.keys(objects).map((key) => ({ key }) as ObjectInfo));
      },
      read: (_, __, key) => {
        asked.push(key);
        const body = Buffer.from(objects[key] ?? "");
        return Promise.resolve(key.endsWith(".gz") ? gzipSync(body) : body);
      },
    },
  });
  return { heard, asked, objects };
}

test("the last day's objects are read, once each, and what failed is not among them", async () => {
  const { heard, asked } = setup({
    "beacons/2026/01/01/02/old.gz": line("s", 1, "1"),
    "beacons/2026/01/01/03/first.gz": line("s", 2, "2"),
    "beacons/2026/01/02/03/last": line("s", 3, "3"),
    "beacons/errors/processing-failed/2026/01/02/03/x.gz": line("s", 4, "4"),
  });
  expect((await heard()).map(({ event_number: number }) => number)).toEqual([2, 3]);
  await heard();
  expect(asked).toEqual(["beacons/2026/01/01/03/first.gz", "beacons/2026/01/02/03/last"]);
});

test("an event that arrived twice counts once, as it first did", async () => {
  const { heard } = setup({
    "beacons/2026/01/02/03/a": line("s", 1, "5") + line("s", 2, "6"),
    "beacons/2026/01/02/03/b": line("s", 1, "4") + line("t", 1, "7"),
  });
  expect((await heard()).map(({ session_id: session, event_number: number, received_at: at }) => [session, number, at])).toEqual([["s", 1, "4"], ["s", 2, "6"], ["t", 1, "7"]]); // prettier-ignore
});
