import { explain, OFFLINE, type Problem } from "../../../../local/player/problem";
import { ok, refused, type Result } from "../../../../local/player/result";
import type { PutPart } from "../../../../local/player/upload/put-part";
import { Transfer, type TransferState } from "../../../../local/player/upload/transfer";
import type { UploadStanding } from "../../../../local/player/upload/uploads";

const FILE = new Blob(["0123456789abcdefghijklmno"]);
const PART = 10;

/** A service and a store that take a file in parts of ten bytes. */
function setup(refusals: { put?: number[]; look?: Problem[]; complete?: Problem[] } = {}) {
  const arrived = new Map<number, string>();
  const states: TransferState[] = [];
  const waits: number[] = [];
  const puts: string[] = [];
  let rounds = 0;
  let held: ((status: number) => void)[] | undefined;
  const standing = (): UploadStanding => {
    const sizes = [PART, PART, FILE.size - 2 * PART];
    const parts = sizes.flatMap((size, index) => {
      const number = index + 1;
      return arrived.has(number) ? [] : [{ number, size, url: `https://s3/${rounds}/${number}` }];
    });
    const received = [...arrived.values()].reduce((sum, text) => sum + text.length, 0);
    return { uploadId: "u", partSize: PART, assetId: "night-0123456789ab", parts, received };
  };
  const put: PutPart = async (url, body, signal, onProgress) => {
    puts.push(url);
    onProgress(body.size / 2);
    const status = held
      ? await new Promise<number>((resolve) => {
          held?.push(resolve);
          signal.addEventListener("abort", () => resolve(0));
        })
      : (refusals.put?.shift() ?? 200);
    if (status === 200) arrived.set(Number(url.split("/").at(-1)), await body.text());
    return status;
  };
  const answer = <T>(problems: Problem[] | undefined, value: () => T): Promise<Result<T>> => {
    const problem = problems?.shift();
    return Promise.resolve(problem ? refused(problem) : ok(value()));
  };
  const transfer = new Transfer(
    {
      uploads: {
        look: () => answer(refusals.look, () => (rounds++, standing())),
        complete: () => answer(refusals.complete, () => ({})),
      },
      put,
      file: FILE,
      wait: (seconds) => Promise.resolve(void waits.push(seconds)),
      onChange: (state) => states.push(state),
    },
    standing(),
  );
  const phases = () => states.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1]);
  return { transfer, arrived, states, waits, puts, phases, hold: () => (held = []), release: () => (held = undefined) };
}

test("a file arrives in its parts and is put together", async () => {
  const { transfer, arrived, phases, states, puts } = setup();
  await transfer.run();
  expect([arrived.get(1), arrived.get(2), arrived.get(3)]).toEqual(["0123456789", "abcdefghij", "klmno"]);
  expect([phases(), puts.length]).toEqual([["sending", "finishing", "done"], 3]);
  expect(states.at(-1)).toEqual({
    phase: "done",
    sent: 25,
    size: 25,
    assetId: "night-0123456789ab",
    problem: undefined,
  });
  expect(states.every(({ sent }, index) => sent >= (states[index - 1]?.sent ?? 0))).toBe(true);
});

test("a lost connection is waited out, and only what is missing is sent again", async () => {
  const { transfer, puts, waits, phases } = setup({ put: [200, 0, 0], look: [OFFLINE] });
  await transfer.run();
  expect(puts.filter((url) => url.endsWith("/1"))).toHaveLength(1);
  expect([waits, phases()]).toEqual([
    [1, 2],
    ["sending", "waiting", "sending", "finishing", "done"],
  ]);
});

test("an address that is no good any more is asked for anew", async () => {
  const { transfer, puts } = setup({ put: [403, 403, 403] });
  await transfer.run();
  expect(puts).toEqual([1, 2, 3].map((n) => `https://s3/0/${n}`).concat([1, 2, 3].map((n) => `https://s3/1/${n}`)));
});

test("a store that refuses fresh addresses is given up in the end", async () => {
  const { transfer, states, waits } = setup({ put: Array.from({ length: 99 }, () => 403) });
  await transfer.run();
  expect(waits).toEqual([1, 2, 5, 10, 20, 30]);
  expect(states.at(-1)).toMatchObject({ phase: "failed", problem: { code: "PARTS_REFUSED", status: 403 } });
});

test("what does not pass ends it at once, and it can be tried again", async () => {
  const { transfer, states, waits } = setup({ complete: [explain({ status: 404, code: "UPLOAD_NOT_FOUND" })] });
  await transfer.run();
  expect([states.at(-1)?.phase, states.at(-1)?.problem?.code, waits]).toEqual(["failed", "UPLOAD_NOT_FOUND", []]);
  await transfer.run();
  expect(states.at(-1)?.phase).toBe("done");
});

test("a pause stops what is on its way, and going on asks what has arrived", async () => {
  const { transfer, states, puts, hold, release } = setup();
  hold();
  const first = transfer.run();
  transfer.pause();
  await first;
  expect(states.at(-1)).toMatchObject({ phase: "paused", sent: 0 });
  release();
  await transfer.run();
  expect([states.at(-1)?.phase, puts.slice(3)]).toEqual(["done", [1, 2, 3].map((n) => `https://s3/1/${n}`)]);
});
