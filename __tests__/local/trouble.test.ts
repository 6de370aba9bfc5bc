import { describeTrouble } from "../../local/trouble";

const error = (message: string, code?: string, cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), { code });

test.each([
  [
    error("listen EADDRINUSE: address already in use 127.0.0.1:8080", "EADDRINUSE"),
    "port 8080 of 127.0.0.1 is in use: stop what listens there, or choose another with --port N (0: any)",
  ],
  [
    error("write", "ENOSPC"),
    "no space is left on the disk that holds the state directory: free some, or choose another with --state DIR",
  ],
  [
    error("EACCES: permission denied, mkdir '/state'", "EACCES"),
    "EACCES: permission denied, mkdir '/state': choose a state directory that can be written with --state DIR",
  ],
  [error("fetch failed", undefined, error("socket closed")), "fetch failed: socket closed"],
  [error("plain"), "plain"],
  ["text", "text"],
])("trouble is told in one clear line", (trouble, line) => {
  expect(describeTrouble(trouble)).toBe(line);
});
