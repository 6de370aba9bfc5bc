import { CdnAuthorization } from "../../../../local/services/mediapackage/cdn-authorization";
import { readPackaging } from "../../../../local/services/mediapackage/packaging";
import { deployment, SECRET_ARN, SECRETS_ROLE_ARN } from "./stack";

const GROUP = readPackaging(deployment())[0]!;
const secret = (value: unknown) => JSON.stringify({ MediaPackageCDNIdentifier: value });

function setUp(values: string[]) {
  const world = { now: 0, values, asked: 0 };
  const authorization = new CdnAuthorization(
    (as, arn) => {
      expect([as, arn]).toEqual([{ kind: "role", arn: SECRETS_ROLE_ARN }, SECRET_ARN]);
      world.asked += 1;
      return Promise.resolve(world.values);
    },
    () => world.now,
    (arn) => ({ kind: "role", arn }),
  );
  return { world, allows: (header: string | string[] | undefined) => authorization.allows(GROUP, header) };
}

describe("the CDN identifier", () => {
  it("is the secret's current or previous value, and nothing else", async () => {
    const { world, allows } = setUp([secret("current-value"), secret("previous-value")]);
    expect(await allows("current-value")).toBe(true);
    expect(await allows("previous-value")).toBe(true);
    expect(await allows("current-valuE")).toBe(false);
    expect(await allows("")).toBe(false);
    expect(await allows(undefined)).toBe(false);
    expect(await allows(["current-value"])).toBe(false);
    expect(world.asked).toBe(1);
  });

  it("is looked up again soon when it fits none, so that a rotation shows", async () => {
    const { world, allows } = setUp([secret("first")]);
    expect(await allows("first")).toBe(true);
    world.values = [secret("second"), secret("first")];
    expect(await allows("second")).toBe(false);
    world.now = 1_000;
    expect(await allows("second")).toBe(true);
    expect(await allows("first")).toBe(true);
    expect(world.asked).toBe(2);
  });

  it("is looked up again after a minute, so that a value rotated out is refused", async () => {
    const { world, allows } = setUp([secret("first")]);
    await allows("first");
    world.values = [secret("third"), secret("second")];
    world.now = 59_999;
    expect(await allows("first")).toBe(true);
    world.now = 60_000;
    expect(await allows("first")).toBe(false);
  });

  it.each(["not JSON", "null", "{}", secret(""), secret(1)])(
    "is never matched by a secret that reads %s",
    async (value) => {
      const { allows } = setUp([value]);
      for (const header of ["", "undefined", "1", value]) expect(await allows(header)).toBe(false);
    },
  );

  it("is not asked for by a group without authorization", async () => {
    const authorization = new CdnAuthorization(
      () => Promise.reject(new Error("not expected")),
      () => 0,
      (arn) => ({ kind: "role", arn }),
    );
    expect(await authorization.allows({ ...GROUP, authorization: undefined }, undefined)).toBe(true);
  });
});
