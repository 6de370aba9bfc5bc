/** What went wrong, in one clear line for the person at the terminal. */
export function describeTrouble(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, message, cause } = error as NodeJS.ErrnoException & { cause?: unknown };
  switch (code) {
    case "EADDRINUSE": {
      const port = /:(\d+)$/.exec(message)?.[1] ?? "the port";
      return `port ${port} of 127.0.0.1 is in use: stop what listens there, or choose another with --port N (0: any)`;
    }
    case "ENOSPC":
      return "no space is left on the disk that holds the state directory: free some, or choose another with --state DIR";
    case "EEXIST":
    case "ENOTDIR":
      return `${message}: the state directory must be a folder; choose another with --state DIR`;
    case "EACCES":
    case "EROFS":
      return `${message}: choose a state directory that can be written with --state DIR`;
    default:
      return cause instanceof Error && cause.message !== message ? `${message}: ${describeTrouble(cause)}` : message;
  }
}
