import { rangeAnswer } from "../../../local/edge/byte-range";
import { conditionalStatus, rangeStillValid } from "../../../local/edge/conditional";

const body = Buffer.from("0123456789");
const range = (header: string) => rangeAnswer(header, { "content-type": "text/plain" }, body);

test.each([
  ["bytes=0-0", "0", "bytes 0-0/10"],
  ["bytes=5-", "56789", "bytes 5-9/10"],
  ["bytes=-4", "6789", "bytes 6-9/10"],
  ["bytes=-40", "0123456789", "bytes 0-9/10"],
  ["bytes=8-99", "89", "bytes 8-9/10"],
])("%s", (header, text, contentRange) => {
  const answer = range(header);
  expect(answer?.status).toBe(206);
  expect(answer?.body.toString()).toBe(text);
  expect(answer?.headers).toEqual({
    "content-type": "text/plain",
    "content-range": contentRange,
    "content-length": String(text.length),
  });
});

test.each(["bytes=10-", "bytes=-0", "bytes=99-100"])("%s is beyond the object", (header) => {
  const headers = { "content-range": "bytes */10", "content-length": "0" };
  expect(range(header)).toEqual({ status: 416, headers, body: Buffer.alloc(0) });
});

test.each(["bytes=5-2", "items=0-1", "bytes=a-b", "bytes=-", "bytes=4-5,0-1", "bytes=0-4,3-6"])(
  "%s is ignored: the whole object is sent",
  (header) => {
    expect(range(header)).toBeUndefined();
  },
);

test("several ranges come in parts", () => {
  const answer = range("bytes=0-1,8-9");
  const boundary = /boundary=(.+)$/.exec(String(answer?.headers["content-type"]))?.[1];
  expect(answer?.body.toString()).toBe(
    [
      `\r\n--${boundary}\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\n01`,
      `\r\n--${boundary}\r\nContent-Type: text/plain\r\nContent-Range: bytes 8-9/10\r\n\r\n89`,
      `\r\n--${boundary}--\r\n`,
    ].join(""),
  );
});

const JANUARY = "Thu, 01 Jan 2026 00:00:00 GMT";
const FEBRUARY = "Sun, 01 Feb 2026 00:00:00 GMT";
const object = { etag: '"v1"', "last-modified": JANUARY };

test.each([
  [{ "if-none-match": '"v0", W/"v1"' }, 304],
  [{ "if-none-match": "*" }, 304],
  [{ "if-none-match": '"v0"', "if-modified-since": FEBRUARY }, undefined],
  [{ "if-modified-since": JANUARY }, 304],
  [{ "if-modified-since": "Wed, 31 Dec 2025 00:00:00 GMT" }, undefined],
  [{ "if-match": '"v0"' }, 412],
  [{ "if-match": '"v1"' }, undefined],
  [{ "if-unmodified-since": "Wed, 31 Dec 2025 00:00:00 GMT" }, 412],
  [{}, undefined],
])("conditions %j give %s", (request, status) => {
  expect(conditionalStatus(request, object)).toBe(status);
});

test.each([
  [{}, true],
  [{ "if-range": '"v1"' }, true],
  [{ "if-range": 'W/"v1"' }, false],
  [{ "if-range": JANUARY }, true],
  [{ "if-range": FEBRUARY }, false],
])("%j lets a range through: %s", (request, valid) => {
  expect(rangeStillValid(request, object)).toBe(valid);
});
