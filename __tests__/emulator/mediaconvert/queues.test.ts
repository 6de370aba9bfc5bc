import { createMediaConvertQueues } from "../../../emulator/mediaconvert/queues";
import { call } from "../calls";

const ARN = "arn:aws:mediaconvert:eu-west-1:111111111111:queues/vod-dev";
const QUEUES = "/2017-08-29/queues";
const open = () => createMediaConvertQueues({ account: "111111111111", region: "eu-west-1" });
const create = (service: ReturnType<typeof open>, more: object = {}) =>
  call(service, `POST ${QUEUES}`, { body: JSON.stringify({ name: "vod-dev", tags: { env: "dev" }, ...more }) });

test("a queue is on demand and active unless it is asked for otherwise", async () => {
  const service = open();
  expect((await create(service)).status).toBe(201);
  expect(JSON.parse((await call(service, `GET ${QUEUES}/vod-dev`)).body)).toEqual({
    queue: { arn: ARN, name: "vod-dev", pricingPlan: "ON_DEMAND", status: "ACTIVE", createdAt: expect.any(Number) },
  });
  expect(service.names()).toEqual(["queue/vod-dev"]);
});

test("a reserved queue has its reservation", async () => {
  const reservationPlanSettings = { commitment: "ONE_YEAR", renewalType: "EXPIRE", reservedSlots: 2 };
  const { body } = await create(open(), { pricingPlan: "RESERVED", reservationPlanSettings });
  expect(JSON.parse(body)).toMatchObject({
    queue: { pricingPlan: "RESERVED", reservationPlan: { ...reservationPlanSettings, status: "ACTIVE" } },
  });
});

test("a queue is changed and deleted", async () => {
  const service = open();
  await create(service);
  await call(service, `PUT ${QUEUES}/vod-dev`, { body: JSON.stringify({ status: "PAUSED", description: "d" }) });
  const { body } = await call(service, `GET ${QUEUES}/vod-dev`);
  expect(JSON.parse(body)).toMatchObject({ queue: { status: "PAUSED", description: "d" } });
  expect((await call(service, `DELETE ${QUEUES}/vod-dev`)).status).toBe(202);
  await expect(call(service, `GET ${QUEUES}/vod-dev`)).rejects.toThrow(`The queue "vod-dev" doesn't exist.`);
});

test("a name is taken once", async () => {
  const service = open();
  await create(service);
  await expect(create(service)).rejects.toThrow('A queue named "vod-dev" already exists.');
});

test("tags are listed, added and taken away", async () => {
  const service = open();
  await create(service);
  const tags = async () => JSON.parse((await call(service, `GET /2017-08-29/tags/${encodeURIComponent(ARN)}`)).body);
  await call(service, "POST /2017-08-29/tags", { body: JSON.stringify({ arn: ARN, tags: { owner: "video" } }) });
  await call(service, `PUT /2017-08-29/tags/${encodeURIComponent(ARN)}`, {
    body: JSON.stringify({ tagKeys: ["env"] }),
  });
  expect(await tags()).toEqual({ resourceTags: { arn: ARN, tags: { owner: "video" } } });
});

test("a call that is not answered says where to add it", async () => {
  await expect(call(open(), "POST /2017-08-29/jobs")).rejects.toThrow(
    "POST /2017-08-29/jobs is not answered by the emulator: add it to emulator/mediaconvert",
  );
});
