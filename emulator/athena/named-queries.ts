import { AwsError, type AwsService } from "../../local/kernel/aws-service";
import { json } from "../json";
import { withOperations } from "../operation";

/** Athena as moto has it, where named queries can be deleted too. */
export function withDeletedQueries(athena: AwsService): AwsService {
  const deleted = new Set<string>();
  return withOperations(athena, {
    DeleteNamedQuery({ NamedQueryId }) {
      deleted.add(String(NamedQueryId));
      return Promise.resolve(json(200, {}));
    },
    GetNamedQuery(given, passOn) {
      const id = String(given.NamedQueryId);
      if (deleted.has(id)) throw new AwsError("InvalidRequestException", `NamedQuery ${id} was not found`);
      return passOn(given);
    },
  });
}
