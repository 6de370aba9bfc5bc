import { NO_PAGE, pagePolicy } from "../../../stacks/deliver/content-security-policy";

test("the page's policy allows nothing inline, no evaluation and no wildcard", () => {
  const policy = pagePolicy(["https://login.example.com"]);
  expect(policy).not.toMatch(/unsafe|\*|data:|https?:(?!\/\/login)/);
  expect(policy).toContain("connect-src 'self' https://login.example.com;");
});

test("a source that is given twice stands there once", () => {
  expect(pagePolicy(["a.example", "a.example"])).toContain("connect-src 'self' a.example;");
});

test("what is no page loads nothing and is framed nowhere", () => {
  expect(NO_PAGE).toBe("default-src 'none'; frame-ancestors 'none'");
});
