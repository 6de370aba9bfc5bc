import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { announce } from "../../local/announcement";
import { temporaryDirectory } from "./gateway/test-gateway";

test("a running platform says where it is, to its owner alone, and takes it back", async () => {
  const file = join(temporaryDirectory(), "endpoint.json");
  const settings = {
    endpoint: "http://127.0.0.1:1",
    region: "eu-west-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b", $source: "a mark of the SDK" },
  };
  const announcement = announce(file, settings);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
    endpoint: "http://127.0.0.1:1",
    region: "eu-west-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await announcement.stop();
  expect(existsSync(file)).toBe(false);
});
