import type { LogFolder } from "./log-bucket";

/** A folder of the log bucket as a table. */
export interface LogView {
  readonly name: "edge" | "edge_now" | "beacons";
  readonly folder: LogFolder;
  /** Column and its type. */
  readonly columns: Readonly<Record<string, string>>;
  /** Field of the JSON by column, where they differ; or no JSON: lines whose values stand between tabs, in the columns' order. */
  readonly fields: Readonly<Record<string, string>> | "by position";
  /** Saved questions by name; `hour` limits what is read, which is what is paid for. */
  readonly questions: Readonly<Record<string, string>>;
}

/** Rows of the last day or hours, for a question's WHERE. */
export function since(count: number, unit: "day" | "hour"): string {
  return `hour >= date_format(now() - interval '${count}' ${unit}, '%Y/%m/%d/%H')`;
}
