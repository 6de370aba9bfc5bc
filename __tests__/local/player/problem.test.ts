import { explain, isTransient, OFFLINE } from "../../../local/player/problem";

describe("what the viewer reads", () => {
  test.each([
    [{ status: 401 }, "signed-out", "HTTP_401", "Your session has ended"],
    [{ status: 403, code: "SUBSCRIPTION_EXPIRED" }, "refused", "SUBSCRIPTION_EXPIRED", "Your subscription has ended"],
    [{ status: 403, code: "COUNTRY_NOT_ALLOWED" }, "refused", "COUNTRY_NOT_ALLOWED", "Not available in your country"],
    [{ status: 404 }, "missing", "HTTP_404", "This title is not there"],
    [{ status: 409 }, "not-ready", "HTTP_409", "This title is not ready yet"],
    [{ status: 429 }, "busy", "HTTP_429", "Too many requests"],
    [{ status: 502 }, "fault", "HTTP_502", "The service has a fault"],
    [{ status: 418 }, "fault", "HTTP_418", "The service did not accept this"],
  ])("%j is %s", (refusal, kind, code, title) => {
    expect(explain(refusal)).toMatchObject({ kind, code, title });
  });

  test("a reason code that is not known is told in the service's own words", () => {
    expect(explain({ status: 403, code: "NEW_RULE", message: "Only on Sundays." })).toEqual({
      kind: "refused",
      code: "NEW_RULE",
      status: 403,
      retryAfterSeconds: undefined,
      title: "You may not watch this title",
      advice: "Only on Sundays.",
    });
  });

  test("a reason code cannot be a name that every object has", () => {
    expect(explain({ status: 403, code: "constructor" })).toMatchObject({ title: "You may not watch this title" });
  });

  test("the wait that the service asks for is said", () => {
    expect(explain({ status: 429, retryAfterSeconds: 7 }).advice).toBe("Wait 7 s, then try again.");
  });

  test("only what may pass by itself is tried again", () => {
    expect([OFFLINE, explain({ status: 429 }), explain({ status: 503 })].map(isTransient)).toEqual([true, true, true]);
    expect([401, 403, 404, 409].map((status) => isTransient(explain({ status })))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
