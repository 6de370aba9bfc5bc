import { withLockChanges } from "../../../emulator/s3/lock-changes";
import type { AwsService } from "../../../local/kernel/aws-service";
import { call } from "../calls";

const open = (status: number): AwsService =>
  withLockChanges({ name: "s3", handle: ({ method }) => Promise.resolve({ status, body: `${method} by moto` }) });

test("a lock that moto takes is moto's", async () => {
  const service = open(200);
  expect((await call(service, "PUT /bucket?object-lock", { body: "<Lock/>" })).body).toBe("PUT by moto");
  expect((await call(service, "GET /bucket?object-lock")).body).toBe("GET by moto");
});

test("a change that moto refuses, since the bucket holds something, is taken and given back", async () => {
  const service = open(400);
  expect((await call(service, "PUT /bucket?object-lock", { body: "<Lock/>" })).status).toBe(200);
  expect((await call(service, "GET /bucket?object-lock")).body).toBe("<Lock/>");
  expect((await call(service, "GET /other?object-lock")).body).toBe("GET by moto");
});

test("everything else is passed on", async () => {
  expect(await call(open(400), "PUT /bucket?versioning")).toMatchObject({ status: 400, body: "PUT by moto" });
});
