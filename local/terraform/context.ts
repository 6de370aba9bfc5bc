/** What a stack knows only once it is applied: whose account, which Region, and where the two servers listen. */
export interface StackContext {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** `127.0.0.1:<port>` of the edge: the distribution's domain name. */
  readonly edgeHost: string;
  /** `127.0.0.1:<port>` of the gateway: where the user pool's issuer answers. */
  readonly gatewayHost: string;
  /** `aws` unless given. */
  readonly partition?: string;
  /** Values of the stack's variables; those that the stack does not declare are ignored. */
  readonly variables?: Readonly<Record<string, unknown>>;
}
