import { TOPOLOGIES } from "../../job-templates/job-template";
import { devWith } from "../support/environment-with";
import { allSettings, everySetting } from "../support/settings-matrix";
import { synthesised } from "../support/synthesised";

test.each(everySetting().map(({ name, settings }) => [name, settings] as const))(
  "dev may have %s by itself", // planned one by one in __tests__/prove/plans.prove.test.ts
  (_, settings) => {
    expect(devWith(settings)).toMatchObject({ name: "dev" });
  },
);

test.each(TOPOLOGIES)("dev synthesises in topology %s with every setting that goes together", (topology) => {
  const environment = devWith(allSettings(), topology);
  expect(environment).toMatchObject({ entitle: { bindViewerIp: "ipv4" }, deliver: { ipv6: false, domain: {} } });
  expect(synthesised(environment).environment.topology).toBe(topology);
});
