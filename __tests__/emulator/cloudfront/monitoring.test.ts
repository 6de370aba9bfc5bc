import { call, refusalOf } from "../calls";
import { at, cloudFront, distribution, made } from "./documents";

const BODY =
  "<MonitoringSubscription><RealtimeMetricsSubscriptionConfig><RealtimeMetricsSubscriptionStatus>Enabled</RealtimeMetricsSubscriptionStatus></RealtimeMetricsSubscriptionConfig></MonitoringSubscription>";

test("additional metrics of a distribution are subscribed to once, given back, and taken off", async () => {
  const service = cloudFront();
  const path = at(`distributions/${await made(service, "distribution", distribution(""))}/monitoring-subscription`);
  expect(refusalOf(await call(service, `GET ${path}`))).toBe("404 NoSuchMonitoringSubscription");
  await call(service, `POST ${path}`, { body: BODY });
  expect((await call(service, `GET ${path}`)).body).toContain("<RealtimeMetricsSubscriptionStatus>Enabled<");
  expect(refusalOf(await call(service, `POST ${path}`, { body: BODY }))).toBe(
    "409 MonitoringSubscriptionAlreadyExists",
  );
  expect((await call(service, `DELETE ${path}`)).status).toBe(204);
  expect(refusalOf(await call(service, `DELETE ${path}`))).toBe("404 NoSuchMonitoringSubscription");
});

test("a distribution that is not there has none", async () => {
  const path = at("distributions/E1/monitoring-subscription");
  expect(refusalOf(await call(cloudFront(), `POST ${path}`, { body: BODY }))).toBe("404 NoSuchDistribution");
});
