import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publishToFiles } from "../../../../local/services/sns/publish";
import { deploymentOf, OPERATOR, recordingAuthorize, temporaryDirectory } from "../test-kit";

const TOPIC = "arn:aws:sns:eu-west-1:000000000000:vod-operators-local";
const KEY = "arn:aws:kms:eu-west-1:000000000000:key/k";
const directory = temporaryDirectory();
const { authorize, calls } = recordingAuthorize();
const publish = publishToFiles({
  deployment: deploymentOf({
    "aws_sns_topic.operators": { name: "vod-operators-local", kms_master_key_id: KEY },
    "aws_kms_key.data": { arn: KEY, key_id: "k" },
  }),
  directory,
  authorize,
  clock: () => 0,
});

test("what a topic's subscribers would be sent is a line of its file, for which its key is used", () => {
  publish(OPERATOR, TOPIC, "A key was disabled.");
  expect(JSON.parse(readFileSync(join(directory, "vod-operators-local.jsonl"), "utf8"))).toEqual({
    time: "1970-01-01T00:00:00.000Z",
    message: "A key was disabled.",
  });
  expect(calls).toEqual([
    `${OPERATOR.arn} sns:Publish ${TOPIC}`,
    `${OPERATOR.arn} kms:GenerateDataKey ${KEY}`,
    `${OPERATOR.arn} kms:Decrypt ${KEY}`,
  ]);
});

test("an unknown topic is refused", () => {
  expect(() => publish(OPERATOR, `${TOPIC}-other`, "x")).toThrow(`Topic does not exist: ${TOPIC}-other`);
});
