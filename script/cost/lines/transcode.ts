import type { Facts } from "../facts";
import type { Charge, Line } from "../line";
import type { Usage } from "../usage";

const SIZES = ["sd", "hd", "uhd", "audio"] as const;

/** Jobs by the minute of each output, or slots by the month; and what they leave in the packaged bucket. */
export function transcodeLines(charge: Charge, facts: Facts, usage: Usage): Line[] {
  const { packaged } = usage;
  return [
    ...jobs(charge, facts, usage),
    charge("S3", "segments written", packaged.newObjects, "s3.put"),
    charge("S3", "segments to Intelligent-Tiering", packaged.newObjects, "s3.toIntelligent"),
    charge("S3", "packaged, first week", packaged.recent, "s3.standard"),
    charge("S3", "packaged", packaged.all - packaged.recent, "s3.intelligent"),
    charge("S3", "packaged, watched for access", packaged.objects, "s3.monitoring"),
  ];
}

/** A reserved slot is paid for whether it works or not, and its minutes are not. */
function jobs(charge: Charge, { queue, ladder, downloads }: Facts, { newMinutes }: Usage): Line[] {
  if (queue.plan === "RESERVED") {
    return [charge("MediaConvert", "reserved slots", queue.slots ?? 1, "mediaconvert.slot")];
  }
  return SIZES.flatMap((size) => {
    const outputs = [...ladder, ...downloads].filter((each) => each.size === size).length;
    if (outputs === 0) return [];
    const what = `${size === "audio" ? "sound" : size.toUpperCase()}, ${outputs} ${outputs === 1 ? "output" : "outputs"}`;
    return [charge("MediaConvert", what, outputs * newMinutes, `mediaconvert.${size}`)];
  });
}
