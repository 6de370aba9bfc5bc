import { decodeUploadId, encodeUploadId } from "../../../handlers/accept-uploads/upload-id";

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

test("an id is safe in a path and gives back what it was made of", () => {
  const upload = { key: "uploads/ü/a b+c.mp4", s3UploadId: "x_y.z-~" };
  const id = encodeUploadId(upload);
  expect(id).toMatch(/^[\w-]+$/);
  expect(decodeUploadId(id)).toEqual(upload);
});

test.each([
  "",
  "x",
  "%%",
  encoded({}),
  encoded(["uploads/a"]),
  encoded(["uploads/a", ""]),
  encoded(["uploads/a", 7]),
  encoded(["", "id"]),
  encoded(["uploads/\u0000", "id"]),
  encoded(["uploads/\ud800", "id"]),
  encoded([`uploads/${"é".repeat(510)}`, "id"]),
  encoded(["uploads/a", "id\n"]),
  encoded(["uploads/a", "i".repeat(1025)]),
])("%s is no id", (id) => {
  expect(decodeUploadId(id)).toBeUndefined();
});
