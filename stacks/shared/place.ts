import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";

/** A Region, and the provider that acts there; without one, the stack's own. */
export interface Place {
  readonly region: string;
  readonly provider?: AwsProvider;
}
