import { AwsError, type AwsService } from "../../local/kernel/aws-service";
import { uuid } from "../identifiers";
import { json } from "../json";
import { withOperations } from "../operation";

interface QueryDefinition {
  readonly queryDefinitionId: string;
  readonly name: string;
  readonly queryString: string;
  readonly logGroupNames: readonly string[];
}

/** CloudWatch Logs as moto has it, with the saved queries that it lacks. */
export function withQueryDefinitions(logs: AwsService): AwsService {
  const definitions = new Map<string, QueryDefinition>();
  const find = (id: string): QueryDefinition => {
    const found = definitions.get(id);
    if (!found) throw new AwsError("ResourceNotFoundException", `The query definition ${id} does not exist`);
    return found;
  };
  return withOperations(logs, {
    PutQueryDefinition(given) {
      const { queryDefinitionId, name = "", queryString = "", logGroupNames = [] } = given as Partial<QueryDefinition>;
      const id = queryDefinitionId ? find(queryDefinitionId).queryDefinitionId : uuid();
      definitions.set(id, { queryDefinitionId: id, name, queryString, logGroupNames });
      return Promise.resolve(json(200, { queryDefinitionId: id }));
    },
    DescribeQueryDefinitions({ queryDefinitionNamePrefix = "" }) {
      const named = [...definitions.values()].filter(({ name }) => name.startsWith(String(queryDefinitionNamePrefix)));
      return Promise.resolve(json(200, { queryDefinitions: named }));
    },
    DeleteQueryDefinition({ queryDefinitionId }) {
      return Promise.resolve(
        json(200, { success: definitions.delete(find(String(queryDefinitionId)).queryDefinitionId) }),
      );
    },
  });
}
