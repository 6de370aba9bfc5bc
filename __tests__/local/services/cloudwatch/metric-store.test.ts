import { MetricStore } from "../../../../local/services/cloudwatch/metric-store";

const HOUR = 3_600_000;
const requests = {
  namespace: "AWS/CloudFront",
  name: "Requests",
  dimensions: { DistributionId: "E1", Region: "Global" },
};

test("a period holds what came after its beginning, up to its end", () => {
  const store = new MetricStore();
  for (const [value, at] of [[1, 0], [2, 60], [3, 120], [4, 121]] as const) store.put({ ...requests, value, at }); // prettier-ignore
  expect(store.values(requests, 0, 120)).toEqual([2, 3]);
});

test("dimensions tell metrics apart, their order does not", () => {
  const store = new MetricStore();
  store.put({ ...requests, value: 1, at: 1 });
  expect(store.values({ ...requests, dimensions: { Region: "Global", DistributionId: "E1" } }, 0, 1)).toEqual([1]);
  expect(store.values({ ...requests, dimensions: { DistributionId: "E1" } }, 0, 1)).toEqual([]);
});

test("what no alarm looks back at is forgotten", () => {
  const store = new MetricStore();
  store.put({ ...requests, value: 1, at: 1 });
  store.put({ ...requests, value: 2, at: 4 * HOUR });
  expect(store.values(requests, 0, 4 * HOUR)).toEqual([2]);
});
