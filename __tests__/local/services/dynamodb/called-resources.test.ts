import { calledResources } from "../../../../local/services/dynamodb/called-resources";

const place = { account: "000000000000", region: "eu-west-1" };
const table = (name: string) => `arn:aws:dynamodb:eu-west-1:000000000000:table/${name}`;

test.each([
  [{ TableName: "a" }, [table("a")]],
  [{ TableName: table("a") }, [table("a")]],
  [{ TableName: "a", IndexName: "i" }, [`${table("a")}/index/i`]],
  [{ RequestItems: { a: {}, b: {} } }, [table("a"), table("b")]],
  [{}, ["*"]],
  [null, ["*"]],
])("a call of %j is authorised on %j", (input, expected) => {
  expect(calledResources(input, place)).toEqual(expected);
});
