import { type Run, runCommand, type Variables } from "./command";
import { EXIT, Failure, oneLine } from "./failure";

/** GitHub by its command line, for one repository. */
export interface Gh {
  /** `owner/name`. */
  readonly repository: string;
  /** @returns standard output. @throws {Failure} of one line. */
  (args: readonly string[], input?: string): Promise<string>;
}

export function ghIn(repository: string, env: Variables, run: Run = runCommand): Gh {
  const gh = async (args: readonly string[], input?: string): Promise<string> => {
    const { status, stdout, stderr } = await run("gh", args, { env: { ...env, GH_PROMPT_DISABLED: "1" }, input });
    if (status === 0) return stdout;
    if (/GH_TOKEN|gh auth login|HTTP 401/.test(stderr)) {
      throw new Failure("gh has no token: set GH_TOKEN, on a laptop run gh auth login", EXIT.refused);
    }
    throw new Failure(`gh ${args.slice(0, 2).join(" ")} failed: ${oneLine(stderr).slice(0, 400)}`);
  };
  return Object.assign(gh, { repository });
}
