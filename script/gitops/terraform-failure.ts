import { EXIT, Failure, oneLine } from "./failure";

/** What a state lock says of its holder (https://developer.hashicorp.com/terraform/language/state/locking). */
export interface LockHolder {
  readonly id: string;
  /** `user@host` of the machine that holds it. */
  readonly who: string;
  readonly created: string;
  readonly operation: string;
}

/** Somebody else holds the state's lock. */
export class LockHeld extends Failure {
  constructor(
    readonly holder: LockHolder,
    advice = "see whether that run is still at work; only if it is not",
  ) {
    super(
      `the state is locked since ${holder.created} by ${holder.who} (${holder.operation}): ${advice}: terraform force-unlock ${holder.id}`,
      EXIT.refused,
    );
  }
}

interface Known {
  readonly pattern: RegExp;
  readonly failure: (found: RegExpMatchArray, context: FailureContext) => Failure;
}

export interface FailureContext {
  /** `init`, `plan`, ... */
  readonly command: string;
  readonly environment: string;
}

/** In this order: the first that is found speaks. */
const KNOWN: readonly Known[] = [
  { pattern: /Error acquiring the state lock[\s\S]*/, failure: ([text]) => new LockHeld(lockHolder(text)) },
  {
    pattern: /Saved plan is stale/,
    failure: () =>
      new Failure(
        "the saved plan is stale: the state has changed since it was made, so nothing was applied; plan again and have that plan approved",
        EXIT.refused,
      ),
  },
  {
    pattern:
      /S3 bucket "([^"]+)" does not exist|The referenced S3 bucket must have been previously created|NoSuchBucket/,
    failure: ([, bucket], { environment }) =>
      new Failure(
        `the state bucket${bucket ? ` ${bucket}` : ""} does not exist: make it with npm run bootstrap -- ${environment}`,
        EXIT.refused,
      ),
  },
  {
    pattern:
      /No valid credential sources found|failed to refresh cached credentials|ExpiredToken|InvalidClientTokenId|InvalidAccessKeyId|Unable to locate credentials/,
    failure: (_, { environment }) =>
      new Failure(
        `no usable AWS credentials for ${environment}: in a workflow assume the environment's role first, on a laptop set AWS_PROFILE`,
        EXIT.refused,
      ),
  },
  {
    pattern: /No value for required variable[\s\S]*?variable "([^"]+)"/,
    failure: ([, name]) =>
      new Failure(`variable ${name} has no value: set TF_VAR_${name} from the environment's secrets`, EXIT.refused),
  },
  {
    pattern:
      /Provider dependency changes detected|doesn't match any of the checksums|do not match any of the checksums|Inconsistent dependency lock file/,
    failure: () =>
      new Failure(
        "the lock file does not fit the providers: write it anew with npm run lock and commit it",
        EXIT.refused,
      ),
  },
  {
    pattern: /Backend initialization required|Backend configuration changed/,
    failure: () => new Failure("the folder was initialised for another backend: remove it and run again", EXIT.refused),
  },
  {
    pattern: /is not authorized to perform: (\S+)/,
    failure: ([, action], { environment }) =>
      new Failure(
        `the role may not call ${action}: if this version uses more of AWS than the last, an administrator runs npm run bootstrap -- ${environment} from it first; if that finds nothing to do, the action is missing in stacks/bootstrap/access`,
        EXIT.refused,
      ),
  },
];

/** One line for what Terraform said when it failed: of the causes known here, else its first error. */
export function terraformFailure(said: string, context: FailureContext): Failure {
  const text = plain(said);
  for (const { pattern, failure } of KNOWN) {
    const found = pattern.exec(text);
    if (found) return failure(found, context);
  }
  const [, error = text] = /Error: ([\s\S]*?)(?=\n\s*Error: |$)/.exec(text) ?? [];
  return new Failure(`terraform ${context.command} failed: ${shortened(oneLine(error))}`);
}

const LONGEST = 600;

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`;
}

/** Without the frame that Terraform draws around a message. */
function plain(said: string): string {
  return said.replaceAll(/^[ \t]*[│╷╵]/gm, "");
}

function lockHolder(text: string): LockHolder {
  const field = (name: string): string => new RegExp(`^\\s*${name}:\\s*(.+?)\\s*$`, "m").exec(text)?.[1] ?? "unknown";
  return { id: field("ID"), who: field("Who"), created: field("Created"), operation: field("Operation") };
}
