import type { AwsService } from "../../local/kernel/aws-service";
import { type Operation, withOperations } from "../operation";

/** A trail may be named by its ARN, which moto does not understand in these calls. */
const byName: Operation = ({ Name, ...rest }, passOn) => passOn({ ...rest, Name: String(Name).split("/").at(-1) });

export function withTrailNames(cloudTrail: AwsService): AwsService {
  return withOperations(cloudTrail, { StartLogging: byName, StopLogging: byName, DeleteTrail: byName });
}
