declare module "dynalite" {
  import type { Server } from "node:http";

  interface DynaliteOptions {
    /** Directory of the database; in memory when left out. */
    readonly path?: string;
    /** Milliseconds that a new table stays CREATING. */
    readonly createTableMs?: number;
  }

  export default function dynalite(options?: DynaliteOptions): Server;
}
