import { markdownTable } from "../../iam/markdown-table";
import type { Bill } from "../bill";
import type { Facts } from "../facts";
import type { Line } from "../line";
import { sum } from "../usage";
import { EXAMPLE, exampleBill, PAID_HOURS, SAID_HOURS } from "./example";

interface Row {
  readonly what: string;
  /** Dollars that the example names; absent: it names none. */
  readonly said?: number;
  readonly of: (line: Line) => boolean;
}

const { dollars } = EXAMPLE;
const services =
  (...names: string[]) =>
  (line: Line) =>
    names.includes(line.service);
const egress = ({ price }: Line): boolean => price === "cloudfront.egress";

/** Every line of a bill belongs to one row. */
export const ROWS: readonly Row[] = [
  { what: "CloudFront, bytes", said: dollars.egress, of: egress },
  { what: "CloudFront, requests", of: (line) => services("CloudFront")(line) && !egress(line) },
  { what: "MediaPackage", said: dollars.mediapackage, of: services("MediaPackage") },
  { what: "MediaConvert", said: dollars.mediaconvert, of: services("MediaConvert") },
  { what: "S3", said: dollars.s3, of: services("S3") },
  {
    what: "Entitlement: API, Lambda, DynamoDB, secrets, firewall",
    said: dollars.entitlement,
    of: services("API Gateway", "Lambda", "DynamoDB", "Secrets Manager", "WAF"),
  },
  { what: "Cognito", of: services("Cognito") },
  {
    what: "Keys, logs, alarms, events, beacons",
    of: services("KMS", "CloudWatch", "Firehose", "Kinesis", "X-Ray", "EventBridge"),
  },
];

const whole = (amount: number): string => Math.round(amount).toLocaleString("en-US");

/** The example's figures beside the bills of the same catalogue and audience. */
export function comparison(facts: Facts): string {
  const [paid, said] = [exampleBill(facts, PAID_HOURS), exampleBill(facts, SAID_HOURS)];
  const part = ({ lines }: Bill, { of }: Row) => sum(lines.filter(of).map((line) => line.dollars));
  const rows = ROWS.map((row) => [
    row.what,
    row.said === undefined ? "not named" : whole(row.said),
    whole(part(paid, row)),
    whole(part(said, row)),
  ]);
  return markdownTable(
    ["$ a month", "the example", `${PAID_HOURS} h a viewer`, `${SAID_HOURS} h a viewer`],
    [...rows, ["**total**", `**${whole(EXAMPLE.total)}**`, `**${whole(paid.total)}**`, `**${whole(said.total)}**`]],
  );
}
