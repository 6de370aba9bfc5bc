import type { Catalogue } from "../shared/catalogue";
import type { Log } from "../shared/log";
import type { Producer } from "./producer";
import type { UploadStore } from "./upload-store";

export interface Deps {
  readonly catalogue: Pick<Catalogue, "read">;
  readonly uploads: UploadStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  readonly settings: {
    readonly bucket: string;
    /** Ends with `/`. */
    readonly uploadPrefix: string;
    readonly maximumBytes: number;
    readonly groupsClaim: string;
    readonly originSecret: string;
  };
}

/** A request of somebody who may upload. */
export interface ProducerRequest {
  readonly producer: Producer;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}
