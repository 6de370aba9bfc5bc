import { withKeptDocuments } from "../../../emulator/s3/kept-documents";
import type { AwsService } from "../../../local/kernel/aws-service";
import { call } from "../calls";

/** What is passed on, as `METHOD path?query`. */
function open() {
  const passed: string[] = [];
  const moto: AwsService = {
    name: "s3",
    handle: ({ method, path, query }) => {
      passed.push([`${method} ${path}`, query.toString()].filter(Boolean).join("?"));
      return Promise.resolve({ status: method === "DELETE" ? 204 : 200 });
    },
  };
  return { passed, service: withKeptDocuments(moto) };
}

test("a policy is given back as it was sent, and no other service sees it", async () => {
  const { passed, service } = open();
  await expect(call(service, "GET /bucket?policy")).rejects.toMatchObject({ code: "NoSuchBucketPolicy", status: 404 });
  expect((await call(service, "PUT /bucket?policy", { body: '{"a": 1}' })).status).toBe(204);
  expect((await call(service, "GET /bucket?policy")).body).toBe('{"a": 1}');
  await call(service, "DELETE /bucket?policy");
  await expect(call(service, "GET /bucket?policy")).rejects.toMatchObject({ code: "NoSuchBucketPolicy" });
  expect(passed).toEqual([]);
});

test("a notification is given back as it was sent, and an empty one where there is none", async () => {
  const { service } = open();
  const empty = '<NotificationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>';
  const sent = "<NotificationConfiguration><EventBridgeConfiguration/></NotificationConfiguration>";
  expect((await call(service, "GET /bucket?notification")).body).toBe(empty);
  expect((await call(service, "PUT /bucket?notification", { body: sent })).status).toBe(200);
  expect((await call(service, "GET /bucket?notification")).body).toBe(sent);
});

test("everything else is passed on, an object of a telling name too", async () => {
  const { passed, service } = open();
  await call(service, "GET /bucket/key?policy");
  await call(service, "PUT /bucket?versioning");
  expect(passed).toEqual(["GET /bucket/key?policy=", "PUT /bucket?versioning="]);
});

test("what was kept goes with its bucket", async () => {
  const { service } = open();
  await call(service, "PUT /bucket?policy", { body: "{}" });
  await call(service, "DELETE /bucket?lifecycle");
  expect((await call(service, "GET /bucket?policy")).body).toBe("{}");
  await call(service, "DELETE /bucket");
  await expect(call(service, "GET /bucket?policy")).rejects.toMatchObject({ code: "NoSuchBucketPolicy" });
});
