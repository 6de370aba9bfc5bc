import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { operatorAccess } from "../../script/operator-access";
import { temporaryDirectory } from "../local/gateway/test-gateway";

test("an environment is reached in its Region, its edge in us-east-1, by the shell's own credentials", () => {
  expect(operatorAccess("prod", "")).toEqual({ regional: { region: "eu-west-1" }, edge: { region: "us-east-1" } });
});

test("local is reached where its running platform says", () => {
  const state = temporaryDirectory();
  const settings = { endpoint: "http://127.0.0.1:1", region: "eu-west-1", credentials: { accessKeyId: "a" } };
  writeFileSync(join(state, "endpoint.json"), JSON.stringify(settings));
  expect(operatorAccess("local", state)).toEqual({ regional: settings, edge: { ...settings, region: "us-east-1" } });
});

test("a platform that does not run is said not to", () => {
  const state = temporaryDirectory();
  expect(() => operatorAccess("local", state)).toThrow(
    new Error(
      `${join(state, "endpoint.json")}: must exist while the platform of this state directory runs; start it with npm start`,
    ),
  );
});
