/** One change that Terraform made or failed to make. */
export interface AppliedChange {
  readonly address: string;
  /** `create`, `update`, `delete`, ... as Terraform calls it. */
  readonly action: string;
}

export interface ApplyEvents {
  readonly applied: readonly AppliedChange[];
  readonly failed: readonly AppliedChange[];
  /** Summary and detail of each error. */
  readonly errors: readonly string[];
}

interface Message {
  readonly type?: string;
  readonly hook?: { readonly resource?: { readonly addr?: string }; readonly action?: string };
  readonly diagnostic?: { readonly severity?: string; readonly summary?: string; readonly detail?: string };
}

/**
 * Reads the lines of `terraform apply -json` (https://developer.hashicorp.com/terraform/internals/machine-readable-ui).
 * A line that is no JSON is passed over: Terraform says some things before it knows its output format.
 */
export function readApplyEvents(stdout: string): ApplyEvents {
  const messages = stdout.split("\n").flatMap(readApplyEvent);
  const changes = (type: string): AppliedChange[] =>
    messages.flatMap(({ type: found, hook }) =>
      found === type && hook?.resource?.addr ? [{ address: hook.resource.addr, action: hook.action ?? "" }] : [],
    );
  const errors = messages.flatMap(({ diagnostic }) =>
    diagnostic?.severity === "error" ? [`Error: ${diagnostic.summary ?? ""}\n${diagnostic.detail ?? ""}`] : [],
  );
  return { applied: changes("apply_complete"), failed: changes("apply_errored"), errors };
}

/** What to tell a watching person of one line: changes that are made, by address. */
export function progressOf(line: string): string | undefined {
  const [message] = readApplyEvent(line);
  const address = message?.hook?.resource?.addr;
  if (message?.type !== "apply_complete" || !address) return undefined;
  return `${message.hook?.action ?? "change"} ${address}`;
}

function readApplyEvent(line: string): Message[] {
  if (!line.startsWith("{")) return [];
  try {
    return [JSON.parse(line) as Message];
  } catch {
    return [];
  }
}
