import type { Assumptions } from "../assumptions";
import type { Scenario } from "../arguments";
import type { Facts } from "../facts";
import type { Charge, Line } from "../line";
import type { Usage } from "../usage";

/** What a mint reads, strongly consistent: the title, the viewer's subscription, licence and membership. */
const READS_A_MINT = 4;
/** What a call of the API reads besides. */
const READS_A_CALL = 1;

/** Who may watch: a call of the API for every cookie, its reads, and the people who signed in. */
export function entitleLines(
  charge: Charge,
  facts: Facts,
  { mints, beacons, apiCalls }: Usage,
  { viewers }: Scenario,
  { lambdaMilliseconds }: Assumptions,
): Line[] {
  const slots = facts.slots ? mints : 0;
  const reads = mints * READS_A_MINT + (apiCalls - mints - beacons) * READS_A_CALL + slots;
  const gigabyteSeconds = (apiCalls * lambdaMilliseconds * facts.mintMegabytes) / 1000 / 1024;
  return [
    charge("API Gateway", "mints, beacons and other calls", apiCalls, "api.request"),
    charge("Lambda", "calls", apiCalls, "lambda.request"),
    charge("Lambda", "time of calls", gigabyteSeconds, "lambda.gbSecond"),
    charge("DynamoDB", "reads", reads, "dynamodb.read"),
    charge("DynamoDB", "writes", slots, "dynamodb.write"),
    ...(facts.userPool ? [charge("Cognito", "people who signed in", viewers, `cognito.${facts.userPool}`)] : []),
    charge("Secrets Manager", "secrets", facts.secrets, "secret"),
  ];
}
