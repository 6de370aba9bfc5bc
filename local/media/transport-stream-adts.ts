export interface AdtsFacts {
  /** AAC frames of 1,024 samples. */
  readonly frames: number;
  /** Hertz. */
  readonly sampleRate: number;
  readonly channels: number;
}

/** Samples in an AAC frame, as ADTS carries it (ISO/IEC 14496-3, 4.4.1). */
export const AAC_FRAME_SAMPLES = 1024;

const SAMPLE_RATES = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];
const HEADER = 7;

/** Counts the frames of an ADTS stream that arrives in pieces (ISO/IEC 13818-7, 6.2). */
export class AdtsCounter {
  private frames = 0;
  private sampleRate = 0;
  private channels = 0;
  /** Bytes of the current frame that are still to come. */
  private pending = 0;
  private header: number[] = [];

  add(data: Uint8Array): void {
    let at = 0;
    while (at < data.length) {
      if (this.pending > 0) {
        const step = Math.min(this.pending, data.length - at);
        this.pending -= step;
        at += step;
      } else {
        this.header.push(data[at++]!);
        if (this.header.length === HEADER) this.begin(this.header.splice(0));
      }
    }
  }

  /** Undefined when the stream held no frame, or is not ADTS. */
  facts(): AdtsFacts | undefined {
    const { frames, sampleRate, channels } = this;
    return frames > 0 && sampleRate > 0 ? { frames, sampleRate, channels } : undefined;
  }

  private begin(header: number[]): void {
    const [a, b, c, d, e, f] = header as [number, number, number, number, number, number];
    const length = ((d & 0x03) << 11) | (e << 3) | (f >> 5);
    if (a !== 0xff || (b & 0xf6) !== 0xf0 || length < HEADER) {
      // Out of step: look for the next header one byte on.
      this.header.push(...header.slice(1));
      return;
    }
    this.frames += 1;
    this.sampleRate = SAMPLE_RATES[(c >> 2) & 0x0f] ?? 0;
    this.channels = ((c & 1) << 2) | (d >> 6);
    this.pending = length - HEADER;
  }
}
