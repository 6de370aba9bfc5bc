/** Frames a second as a fraction, e.g. 30000/1001. */
export interface FrameRate {
  readonly numerator: number;
  readonly denominator: number;
}

const COMMON: readonly FrameRate[] = [
  { numerator: 10, denominator: 1 },
  { numerator: 12, denominator: 1 },
  { numerator: 15, denominator: 1 },
  { numerator: 20, denominator: 1 },
  { numerator: 24000, denominator: 1001 },
  { numerator: 24, denominator: 1 },
  { numerator: 25, denominator: 1 },
  { numerator: 30000, denominator: 1001 },
  { numerator: 30, denominator: 1 },
  { numerator: 48, denominator: 1 },
  { numerator: 50, denominator: 1 },
  { numerator: 60000, denominator: 1001 },
  { numerator: 60, denominator: 1 },
];

/** Half the distance between 24000/1001 and 24, relatively: closer than that and a rate can only be meant as the common one. */
const SAME = 0.0005;

export const framesPerSecond = ({ numerator, denominator }: FrameRate): number => numerator / denominator;

/** The fraction for a constant rate: a common one where it is meant, else the rate itself to a thousandth. */
export function constantRate(fps: number): FrameRate {
  const nearest = nearestCommonRate(fps);
  if (Math.abs(framesPerSecond(nearest) - fps) <= SAME * fps) return nearest;
  const thousandths = Math.max(1, Math.round(fps * 1000));
  return thousandths % 1000 === 0
    ? { numerator: thousandths / 1000, denominator: 1 }
    : { numerator: thousandths, denominator: 1000 };
}

/** The constant rate to which a variable one is converted: the nearest common one by ratio. */
export function nearestCommonRate(fps: number): FrameRate {
  const distance = (rate: FrameRate) => Math.abs(Math.log(framesPerSecond(rate) / Math.max(fps, 0.001)));
  return COMMON.reduce((best, rate) => (distance(rate) < distance(best) ? rate : best));
}
