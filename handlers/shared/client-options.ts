/**
 * For every SDK client: short timeouts and few attempts, so that a function notices a dead service well before its own
 * timeout and the event is delivered again.
 */
export const CLIENT_OPTIONS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000 },
} as const;
