import { withDeletedQueries } from "../../../emulator/athena/named-queries";
import { operation, passedOn } from "../passed-on";

test("a named query is there until it is deleted", async () => {
  const { moto, passed } = passedOn("athena");
  const service = withDeletedQueries(moto);
  await operation(service, "GetNamedQuery", { NamedQueryId: "1" });
  expect(await operation(service, "DeleteNamedQuery", { NamedQueryId: "1" })).toEqual({});
  await expect(operation(service, "GetNamedQuery", { NamedQueryId: "1" })).rejects.toMatchObject({
    code: "InvalidRequestException",
    message: "NamedQuery 1 was not found",
  });
  await operation(service, "GetNamedQuery", { NamedQueryId: "2" });
  expect(passed).toEqual(['{"NamedQueryId":"1"}', '{"NamedQueryId":"2"}']);
});
