import { FirehoseClient } from "@aws-sdk/client-firehose";
import { CLIENT_OPTIONS } from "../shared/client-options";
import { jsonLog } from "../shared/log";
import { ENVIRONMENT_VARIABLE } from "../shared/metrics";
import { readEnv, type Reader, share, text } from "../shared/read-env";
import type { ReceiveBeaconsEnv } from "./contract";
import { makeHandler } from "./handler";
import { firehoseStream } from "./stream";

const readers = {
  STREAM_NAME: text,
  SAMPLE_SHARE: share,
  API_ORIGIN_SECRET: text,
} satisfies Record<keyof ReceiveBeaconsEnv, Reader<unknown>>;

const env = readEnv("receive-beacons", process.env, readers, ["API_ORIGIN_SECRET"]);

export const handler = makeHandler({
  stream: firehoseStream(new FirehoseClient(CLIENT_OPTIONS), env.STREAM_NAME),
  originSecret: env.API_ORIGIN_SECRET,
  sampleShare: env.SAMPLE_SHARE,
  now: Date.now,
  log: jsonLog("receive-beacons", Date.now, console.log, process.env[ENVIRONMENT_VARIABLE]),
});
