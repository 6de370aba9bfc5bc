import { missingParts, partSizeFor, partsOf } from "../../../handlers/accept-uploads/parts";

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

test("parts are 8 MiB, or as large as ten thousand of them need to hold the largest file", () => {
  expect([1, 78 * GIB, 100 * GIB, 5120 * GIB].map((bytes) => partSizeFor(bytes) / MIB)).toEqual([8, 8, 11, 525]);
  for (const bytes of [79 * GIB, 100 * GIB, 5120 * GIB]) {
    expect(partsOf(bytes, partSizeFor(bytes)).length).toBeLessThanOrEqual(10_000);
  }
});

test("the last part holds the rest", () => {
  expect(partsOf(25, 10)).toEqual([
    { number: 1, size: 10 },
    { number: 2, size: 10 },
    { number: 3, size: 5 },
  ]);
  expect(partsOf(20, 10)).toEqual([
    { number: 1, size: 10 },
    { number: 2, size: 10 },
  ]);
  expect(partsOf(1, 10)).toEqual([{ number: 1, size: 1 }]);
});

test("a part of another size counts as missing", () => {
  const wanted = partsOf(25, 10);
  expect(
    missingParts(wanted, [
      { number: 1, size: 10 },
      { number: 3, size: 4 },
    ]),
  ).toEqual([
    { number: 2, size: 10 },
    { number: 3, size: 5 },
  ]);
  expect(missingParts(wanted, wanted)).toEqual([]);
});
