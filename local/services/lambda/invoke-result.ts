/** What an invocation gave. */
export interface InvokeResult {
  readonly requestId: string;
  /** Whether the payload is an error of the function instead of its answer. */
  readonly failed: boolean;
  /** JSON. */
  readonly payload: string;
}
