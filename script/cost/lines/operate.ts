import type { Assumptions } from "../assumptions";
import type { Facts } from "../facts";
import type { Charge, Line } from "../line";
import { DAYS_A_MONTH, gigabytes, HOURS_A_MONTH, SECONDS_A_MONTH } from "../units";
import { sum, type Usage } from "../usage";

/** Calls of a title's way from upload to playable: submit, register, confirm, and one to spare. */
const CALLS_A_TITLE = 4;
/** X-Ray's default rule traces one call a second and 5 % of the rest: https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html */
const TRACED_SHARE = 0.05;
/** Each record counts as a multiple of 5 KB: https://aws.amazon.com/firehose/pricing/ */
const RECORD_KILOBYTES = 5;

/** Keys, alarms, logs, and the clock's own calls: what is paid for when nothing happens. */
export function operateLines(charge: Charge, facts: Facts, usage: Usage, assumptions: Assumptions): Line[] {
  const { lambdaMilliseconds, logKilobytes, eventsPerBeacon } = assumptions;
  const { watched, schedules } = facts;
  const clock = sum(schedules.map(({ callsAMonth }) => callsAMonth));
  const clockGigabyteSeconds = sum(
    schedules.map(({ callsAMonth, megabytes }) => (callsAMonth * lambdaMilliseconds * megabytes) / 1000 / 1024),
  );
  const calls = usage.apiCalls + clock + usage.newTitles * CALLS_A_TITLE;
  const logged = gigabytes(calls * logKilobytes * 1024);
  const told = gigabytes(usage.beacons * eventsPerBeacon * RECORD_KILOBYTES * 1024);
  return [
    charge("KMS", "keys", facts.keys, "kms.key"),
    charge("CloudWatch", "alarms, by metric", watched.alarmMetrics, "alarm"),
    charge("CloudWatch", "composite alarms", watched.compositeAlarms, "alarm.composite"),
    charge("CloudWatch", "dashboards", watched.dashboards, "dashboard"),
    charge("CloudWatch", "metrics that are not AWS's", watched.ownMetrics, "metric"),
    charge("CloudWatch", "logs taken in", logged, "logs.ingest"),
    charge("CloudWatch", `logs kept ${facts.logDays} days`, (logged * facts.logDays) / DAYS_A_MONTH, "logs.storage"),
    charge("Lambda", "calls by the clock", clock, "lambda.request"),
    charge("Lambda", "time of the clock's calls", clockGigabyteSeconds, "lambda.gbSecond"),
    charge("DynamoDB", "reads by the clock's calls", clock, "dynamodb.read"),
    ...(facts.beacons ? [charge("Firehose", "what players report", told, "firehose.put")] : []),
    ...(facts.realtimeLogsPercent === undefined ? [] : realtimeLines(charge, usage, facts.realtimeLogsPercent)),
    ...(facts.traced ? [charge("X-Ray", "traces", traces(calls), "xray.trace")] : []),
  ];
}

/** A line of 14 fields is below a kilobyte, which the stream counts as one, and Firehose as it counts every record. */
function realtimeLines(charge: Charge, { segments, manifests }: Usage, percent: number): Line[] {
  const lines = ((segments.count + manifests.count) * percent) / 100;
  const streamed = gigabytes(lines * 1024);
  return [
    charge("CloudFront", "lines of real-time logs", lines, "cloudfront.realtimeLog"),
    charge("Kinesis", "stream of real-time logs", HOURS_A_MONTH, "kinesis.streamHour"),
    charge("Kinesis", "real-time logs taken in", streamed, "kinesis.in"),
    charge("Kinesis", "real-time logs read by Firehose", streamed, "kinesis.out"),
    charge("Firehose", "real-time logs", gigabytes(lines * RECORD_KILOBYTES * 1024), "firehose.put"),
  ];
}

/** At most: as if no two calls fell into one second until each second has one. */
function traces(calls: number): number {
  const first = Math.min(calls, SECONDS_A_MONTH);
  return first + (calls - first) * TRACED_SHARE;
}
