import type { At } from "./problems";

/** Bounds of https://docs.aws.amazon.com/mediaconvert/latest/apireference/jobs.html, `H264Settings`. */
const BITRATE = [1000, 1152000000] as const;

export function validateH264(h264: At): void {
  const mode = h264.member("rateControlMode");
  const control = mode.present ? mode.oneOf(["QVBR", "CBR", "VBR"]) : "VBR";
  h264.member("maxBitrate").integer(...BITRATE);
  h264.member("bitrate").integer(...BITRATE);
  h264.member("hrdBufferSize").integer(0, 1152000000);
  if (control === "QVBR" && !h264.member("maxBitrate").present) {
    h264.member("maxBitrate").refuse("is required when rateControlMode is QVBR");
  }
  if (control === "QVBR" && h264.member("bitrate").present) {
    h264.member("bitrate").refuse("must not be given when rateControlMode is QVBR");
  }
  if (control !== undefined && control !== "QVBR" && !h264.member("bitrate").present) {
    h264.member("bitrate").refuse(`is required when rateControlMode is ${control}`);
  }
  const qvbr = h264.member("qvbrSettings");
  if (control !== "QVBR" && qvbr.present) qvbr.refuse("is taken only when rateControlMode is QVBR");
  qvbr.member("qvbrQualityLevel").integer(1, 10);
  validateGop(h264);
  h264.member("numberBFramesBetweenReferenceFrames").integer(0, 7);
  const profile = h264.member("codecProfile");
  if (profile.present) profile.oneOf(["BASELINE", "MAIN", "HIGH"]);
  const rate = h264.member("framerateControl");
  if (rate.present && rate.oneOf(["INITIALIZE_FROM_SOURCE", "SPECIFIED"]) === "SPECIFIED") requireRate(h264);
}

function validateGop(h264: At): void {
  const units = h264.member("gopSizeUnits");
  const unit = units.present ? units.oneOf(["FRAMES", "SECONDS", "AUTO"]) : "FRAMES";
  const size = h264.member("gopSize");
  if (!size.present) return;
  if (typeof size.value !== "number" || !(size.value > 0)) size.refuse("must be a number above 0");
  else if (unit === "FRAMES" && !Number.isInteger(size.value)) size.refuse("must be a whole number of frames");
}

function requireRate(settings: At): void {
  for (const part of ["framerateNumerator", "framerateDenominator"]) {
    const given = settings.member(part);
    if (!given.present) given.refuse("is required when framerateControl is SPECIFIED");
    given.integer(1, 2147483647);
  }
}

export function validateFrameCapture(capture: At): void {
  capture.member("framerateNumerator").integer(1, 2147483647);
  capture.member("framerateDenominator").integer(1, 2147483647);
  capture.member("maxCaptures").integer(1, 10000000);
  capture.member("quality").integer(1, 100);
}
