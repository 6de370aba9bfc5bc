import { decodeUploadId, encodeUploadId } from "../../../handlers/accept-uploads/upload-id";

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
  Buffer.from("{}").toString("base64url"),
  Buffer.from('["a"]').toString("base64url"),
  Buffer.from('["a",""]').toString("base64url"),
  Buffer.from('["a",7]').toString("base64url"),
])("%s is no id", (id) => {
  expect(decodeUploadId(id)).toBeUndefined();
});
