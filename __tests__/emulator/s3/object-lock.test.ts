import { withObjectLock } from "../../../emulator/s3/object-lock";
import type { AwsService } from "../../../local/kernel/aws-service";
import { call } from "../calls";

const open = (status: number): AwsService =>
  withObjectLock({ name: "s3", handle: ({ method }) => Promise.resolve({ status, body: `${method} by moto` }) });
const SUSPENDED = "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>";

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

test("versioning of a bucket with locks cannot be suspended, of others it can", async () => {
  const service = open(200);
  await call(service, "PUT /bucket?object-lock", { body: "<Lock/>" });
  await expect(call(service, "PUT /bucket?versioning", { body: SUSPENDED })).rejects.toMatchObject({
    code: "InvalidBucketState",
    status: 409,
    message: "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
  });
  expect((await call(service, "PUT /bucket?versioning", { body: "Enabled" })).body).toBe("PUT by moto");
  expect((await call(service, "PUT /other?versioning", { body: SUSPENDED })).body).toBe("PUT by moto");
});

test("everything else is passed on", async () => {
  expect(await call(open(400), "PUT /bucket?acl")).toMatchObject({ status: 400, body: "PUT by moto" });
});
