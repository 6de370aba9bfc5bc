import type { Log, LogFields } from "../../../handlers/shared/log";
import type { LogCode } from "../../../handlers/shared/log-codes";

export interface RecordedLog {
  readonly log: Log;
  readonly codes: LogCode[];
  readonly entries: { code: LogCode; fields: LogFields | undefined }[];
}

export function recordedLog(): RecordedLog {
  const codes: LogCode[] = [];
  const entries: RecordedLog["entries"] = [];
  const log: Log = (code, fields) => {
    codes.push(code);
    entries.push({ code, fields });
  };
  return { log, codes, entries };
}
