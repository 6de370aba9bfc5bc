import fs, { appendFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, UploadPartCommand } from "@aws-sdk/client-s3";
import { sign } from "../../../../local/gateway/signature-v4";
import { Journal } from "../../../../local/services/journal";
import { OPERATOR, REGION, temporaryDirectory } from "../../gateway/test-gateway";
import { openS3, PLAIN, SOURCE, startTestS3 } from "./test-s3";

const blobs = (directory: string, bucket: string): string[] => {
  const root = join(directory, bucket, "blobs");
  return readdirSync(root).flatMap((prefix) => readdirSync(join(root, prefix)));
};
const put = (s3: ReturnType<typeof openS3>, bucket: string, key: string, text: string) =>
  s3.put(OPERATOR, bucket, key, Buffer.from(text));

it("finds everything again after a restart, in the order it was written", async () => {
  const directory = temporaryDirectory();
  const first = openS3(directory);
  await put(first, SOURCE, "../ü", "one");
  const kept = await put(first, SOURCE, "../ü", "two");
  await put(first, PLAIN, "p", "plain");
  const second = openS3(directory);
  expect((await second.read(OPERATOR, SOURCE, "../ü")).toString()).toBe("two");
  expect(await second.head(OPERATOR, SOURCE, "../ü")).toEqual(kept);
  expect((await second.list(OPERATOR, PLAIN, "")).map(({ key }) => key)).toEqual(["p"]);
});

it("never gives a smaller sequencer, not even when the clock goes back over a restart", async () => {
  const directory = temporaryDirectory();
  const sequencers: string[] = [];
  const bus = {
    publish: ({ detail }: { readonly detail: Readonly<Record<string, unknown>> }) =>
      void sequencers.push((detail.object as { sequencer: string }).sequencer),
  };
  const open = (time: number) => openS3(directory, { bus, clock: () => time });
  const first = open(2_000_000_000_000);
  await put(first, SOURCE, "k", "1");
  await put(first, SOURCE, "k", "2");
  await put(open(1_000_000_000_000), SOURCE, "k", "3");
  expect([...sequencers].sort()).toEqual(sequencers);
  expect(new Set(sequencers).size).toBe(3);
});

it("drops what a killed process had half written, and nothing else", async () => {
  const directory = temporaryDirectory();
  await put(openS3(directory), SOURCE, "whole", "whole");
  const bucket = join(directory, SOURCE);
  mkdirSync(join(bucket, "blobs", "ff"), { recursive: true });
  writeFileSync(join(bucket, "blobs", "ff", "ff00"), "half a body");
  appendFileSync(join(bucket, "index.jsonl"), '{"op":"add","key":"half","ver');
  const reopened = openS3(directory);
  expect((await reopened.list(OPERATOR, SOURCE, "")).map(({ key }) => key)).toEqual(["whole"]);
  expect(blobs(directory, SOURCE)).toHaveLength(1);
  await put(reopened, SOURCE, "next", "next");
  expect((await openS3(directory).list(OPERATOR, SOURCE, "")).map(({ key }) => key)).toEqual(["next", "whole"]);
});

it("keeps an index short that is mostly history", async () => {
  const directory = temporaryDirectory();
  const s3 = openS3(directory);
  for (let index = 0; index < 50; index += 1) await put(s3, PLAIN, "same", String(index));
  expect(blobs(directory, PLAIN)).toHaveLength(1);
  openS3(directory);
  expect(new Journal(join(directory, PLAIN, "index.jsonl")).read()).toHaveLength(1);
  expect((await openS3(directory).read(OPERATOR, PLAIN, "same")).toString()).toBe("49");
});

it("names a damaged index", async () => {
  const directory = temporaryDirectory();
  await put(openS3(directory), SOURCE, "k", "v");
  const file = join(directory, SOURCE, "index.jsonl");
  appendFileSync(file, "damage\n");
  expect(() => openS3(directory)).toThrow(
    new Error(`${file}:2: not JSON; the index is damaged, delete ${join(directory, SOURCE)} to begin anew`),
  );
});

it("goes on with a multipart upload after a restart", async () => {
  const test = await startTestS3();
  const target = { Bucket: SOURCE, Key: "multi" };
  const { UploadId } = await test.client.send(new CreateMultipartUploadCommand(target));
  const { ETag } = await test.client.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: "part" }));
  const again = openS3(join(test.gateway.directory, "s3"));
  test.gateway.register(again);
  const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
  await test.client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload }));
  expect((await again.read(OPERATOR, SOURCE, "multi")).toString()).toBe("part");
  expect(readdirSync(join(test.gateway.directory, "s3", SOURCE, "uploads"))).toEqual([]);
  await test.stop();
});

it("keeps nothing of an upload whose client went away", async () => {
  const test = await startTestS3();
  const { gateway } = test;
  const host = `127.0.0.1:${gateway.port}`;
  const options = { credentials: gateway.key, service: "s3", region: REGION, clock: Date.now };
  const path = `/${SOURCE}/cut`;
  const headers = sign({ method: "PUT", host, path, headers: { "content-length": "1000000" } }, options);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const socket = connect(gateway.port, "127.0.0.1");
  socket.write(`PUT ${path} HTTP/1.1\r\n${lines.join("")}\r\n${"x".repeat(500_000)}`);
  const root = join(gateway.directory, "s3");
  await eventually(() => blobs(root, SOURCE).length === 1);
  socket.destroy();
  await eventually(() => blobs(root, SOURCE).length === 0);
  expect(await test.s3.list(OPERATOR, SOURCE, "")).toEqual([]);
  expect(gateway.defects).toEqual([]);
  await test.stop();
});

describe("a full disk", () => {
  const full = (): never => {
    throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
  };
  const spies: jest.SpyInstance[] = [];
  afterEach(() => spies.splice(0).forEach((spy) => spy.mockRestore()));

  it("is told as such while the body is written", async () => {
    const directory = temporaryDirectory();
    const s3 = openS3(directory);
    const write = (_: unknown, __: unknown, done: (error: Error) => void): void => {
      try {
        full();
      } catch (error) {
        done(error as Error);
      }
    };
    spies.push(jest.spyOn(fs, "createWriteStream").mockImplementation(() => new Writable({ write }) as fs.WriteStream));
    await expect(s3.put(OPERATOR, SOURCE, "k", Readable.from([Buffer.from("x")]))).rejects.toMatchObject({
      code: "SlowDown",
      status: 503,
      message: `no space left in ${join(directory, SOURCE, "blobs")}: free some and try again`,
    });
  });

  it("leaves the index as it was", async () => {
    const directory = temporaryDirectory();
    const s3 = openS3(directory);
    await put(s3, SOURCE, "before", "x");
    const half = (file: fs.PathOrFileDescriptor, data: string | Uint8Array): never => {
      writeFileSync(file, String(data).slice(0, 20), { flag: "a" });
      return full();
    };
    spies.push(jest.spyOn(fs, "appendFileSync").mockImplementation(half));
    await expect(put(s3, SOURCE, "during", "x")).rejects.toMatchObject({ code: "SlowDown", status: 503 });
    spies.splice(0).forEach((spy) => spy.mockRestore());
    expect(blobs(directory, SOURCE)).toHaveLength(1);
    await put(s3, SOURCE, "later", "x");
    expect((await openS3(directory).list(OPERATOR, SOURCE, "")).map(({ key }) => key)).toEqual(["before", "later"]);
  });
});

it("makes no file whose name comes from a key", async () => {
  const directory = temporaryDirectory();
  await put(openS3(directory), SOURCE, "../../../escape-of-a-key", "x");
  expect(existsSync(join(directory, "..", "escape-of-a-key"))).toBe(false);
  const names = readdirSync(directory, { recursive: true }).map(String);
  expect(names.filter((name) => name.includes("escape"))).toEqual([]);
});

async function eventually(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 200 && !condition(); attempt += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
}
