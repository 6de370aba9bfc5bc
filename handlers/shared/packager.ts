import type { Endpoint } from "./egress";
import type { Result } from "./result";
import type { Failure } from "./title";

/** What the handlers ask of MediaPackage VOD. */
export interface Packager {
  /** Creates the asset, or finds the one that an earlier delivery of the event created. */
  register(asset: {
    id: string;
    sourceArn: string;
    tags: Record<string, string>;
  }): Promise<Result<Endpoint[], Failure>>;
  /** Undefined: there is no such asset. */
  describe(id: string): Promise<Endpoint[] | undefined>;
}
