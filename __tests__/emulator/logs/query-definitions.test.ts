import { withQueryDefinitions } from "../../../emulator/logs/query-definitions";
import { operation, passedOn } from "../passed-on";

const QUERY = { name: "vod-dev/a", queryString: "fields @message", logGroupNames: ["one"] };

test("a saved query is found by its name's beginning, changed under its id, and deleted", async () => {
  const { moto, passed } = passedOn("logs");
  const service = withQueryDefinitions(moto);
  const { queryDefinitionId } = (await operation(service, "PutQueryDefinition", QUERY)) as Record<string, string>;
  const changed = { ...QUERY, queryDefinitionId, queryString: "limit 1" };
  await operation(service, "PutQueryDefinition", changed);
  const described = (queryDefinitionNamePrefix: string) =>
    operation(service, "DescribeQueryDefinitions", { queryDefinitionNamePrefix });
  expect(await described("vod-dev/")).toEqual({ queryDefinitions: [changed] });
  expect(await described("other/")).toEqual({ queryDefinitions: [] });
  expect(await operation(service, "DeleteQueryDefinition", { queryDefinitionId })).toEqual({ success: true });
  expect(await operation(service, "DescribeQueryDefinitions")).toEqual({ queryDefinitions: [] });
  await expect(operation(service, "DeleteQueryDefinition", { queryDefinitionId })).rejects.toMatchObject({
    code: "ResourceNotFoundException",
  });
  expect(passed).toEqual([]);
});

test("everything else of CloudWatch Logs is passed on", async () => {
  const { moto, passed } = passedOn("logs");
  await operation(withQueryDefinitions(moto), "CreateLogGroup", { logGroupName: "a" });
  expect(passed).toEqual(['{"logGroupName":"a"}']);
});
