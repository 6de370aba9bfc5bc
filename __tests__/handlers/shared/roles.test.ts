import { rolesOf } from "../../../handlers/shared/roles";

test.each<[string, unknown, string[]]>([
  ["the text that an HTTP API makes of a list", "[editors producers]", ["editors", "producers"]],
  ["a list of one", "[editors]", ["editors"]],
  ["a list", ["editors", 7], ["editors"]],
  ["a single name", "editors", ["editors"]],
  ["names between spaces", "editors producers", ["editors", "producers"]],
  ["an empty list", "[]", []],
  ["names with brackets of their own", "[[editors] editors]]", ["[editors]", "editors]"]],
  ["names between commas, which are one name", "[editors,producers]", ["editors,producers"]],
  ["nothing", undefined, []],
  ["a number", 7, []],
])("of %s", (_, claim, roles) => {
  expect([...rolesOf({ "cognito:groups": claim })]).toEqual(roles);
});

test("an external issuer's claim is read by its name, and no other", () => {
  const claims = { "cognito:groups": "[editors]", "https://id.example.com/roles": "[viewers]" };
  expect([...rolesOf(claims, "https://id.example.com/roles")]).toEqual(["viewers"]);
});

test("an issuer that names no claim gives nobody a role", () => {
  expect([...rolesOf({ "": "[editors]", "cognito:groups": "[editors]" }, "")]).toEqual([]);
});
