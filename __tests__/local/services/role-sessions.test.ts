import { AwsError } from "../../../local/kernel/aws-service";
import { roleSessions } from "../../../local/services/role-sessions";

const ROLE = "arn:aws:iam::000000000000:role/reader";

test("a role is taken once an hour for what the service acts for, and again when the session has ended", () => {
  const calls: unknown[] = [];
  let now = 0;
  const assume = roleSessions(
    (...call) => void calls.push(call),
    () => now,
    "mediaconvert.amazonaws.com",
  );
  expect(assume(ROLE, { sourceArn: "arn:job", session: "s" })).toEqual({ kind: "role", arn: ROLE, session: "s" });
  now = 3_599_999;
  assume(ROLE, { sourceArn: "arn:job" });
  assume(ROLE);
  now = 3_600_000;
  assume(ROLE, { sourceArn: "arn:job" });
  const service = { kind: "service", arn: "mediaconvert.amazonaws.com" };
  expect(calls).toEqual([
    [{ ...service, sourceArn: "arn:job" }, "sts:AssumeRole", ROLE],
    [service, "sts:AssumeRole", ROLE],
    [{ ...service, sourceArn: "arn:job" }, "sts:AssumeRole", ROLE],
  ]);
});

test("a role that does not trust the service is not taken, however often it is tried", () => {
  const refuse = () => {
    throw new AwsError("AccessDeniedException", "not trusted", 400);
  };
  const assume = roleSessions(refuse, () => 0, "mediapackage.amazonaws.com");
  for (const _ of [1, 2]) expect(() => assume(ROLE)).toThrow("not trusted");
});
