import type { Principal } from "../kernel/aws-service";
import { compileConditions, variablesOf, type Condition, type ReadKey } from "./conditions";
import { meant, type Meant } from "./principals";
import type { PolicyStatement } from "./policy-document";
import { compilePattern, type Matcher, type ReadVariable } from "./wildcard";

/** A call as policies see it. */
export interface Request {
  readonly principal: Principal;
  readonly action: string;
  /** ARN, or `*` for an action that names no resource. */
  readonly resource: string;
  readonly read: ReadKey;
}

/** One action on one resource, both as patterns, in one statement. */
export interface Grant {
  /** Id of the statement. */
  readonly statement: string;
  readonly action: string;
  readonly resource: string;
}

/** A statement made ready for judging, and what it was made of, for whoever asks which statement it was. */
export class CompiledStatement {
  private readonly actions: readonly Matcher[];
  private readonly resources?: readonly Matcher[];
  private readonly conditions?: Condition;

  constructor(
    readonly source: PolicyStatement,
    /** Address of the policy, and the statement's position from 1: `aws_iam_role_policy.mint_playback#2`. */
    readonly id: string,
  ) {
    const actions = source.actions ?? source.notActions ?? [];
    const resources = source.resources ?? source.notResources;
    this.actions = actions.map((action) => compilePattern(action, { ignoreCase: true }));
    this.resources = resources?.map((resource) => compilePattern(resource));
    this.conditions = compileConditions(source.conditions, id);
  }

  get effect(): "Allow" | "Deny" {
    return this.source.effect;
  }

  /** Whether it is about an action, whatever else it asks for. */
  concerns(action: string): boolean {
    return this.actions.some((matches) => matches(action, NO_VARIABLES)) !== (this.source.actions === undefined);
  }

  /** Whether it applies to a call whose action it {@link concerns}; its principal is asked for apart. */
  applies({ resource, read }: Request): boolean {
    return this.reaches(resource, variablesOf(read)) && (this.conditions?.(read) ?? true);
  }

  /** How it means a caller; a statement without principal stands in a policy of the caller's own. */
  means(caller: Principal): Meant {
    const { principal, notPrincipal } = this.source;
    if (notPrincipal) return meant(notPrincipal, caller) === "no" ? "itself" : "no";
    return principal ? meant(principal, caller) : "itself";
  }

  /** The grants of this statement that a call makes use of, once it {@link applies}. */
  usedBy({ action, resource, read }: Request): Grant[] {
    const variables = variablesOf(read);
    return this.grants().filter(
      (grant) =>
        compilePattern(grant.action, { ignoreCase: true })(action, variables) &&
        (this.source.resources === undefined || compilePattern(grant.resource)(resource, variables)),
    );
  }

  /** What it grants or denies, action by action and resource by resource, as written. */
  grants(): Grant[] {
    const { actions = ["*"], resources = ["*"] } = this.source;
    return actions.flatMap((action) => resources.map((resource) => ({ statement: this.id, action, resource })));
  }

  /** A trust policy names no resource: it is about its role. */
  private reaches(resource: string, variables: ReadVariable): boolean {
    if (!this.resources) return true;
    return this.resources.some((matches) => matches(resource, variables)) !== (this.source.notResources !== undefined);
  }
}

const NO_VARIABLES: ReadVariable = () => undefined;

/** The statements of one policy or of several that count as one, found by action. */
export class StatementSet {
  private readonly byAction = new Map<string, readonly CompiledStatement[]>();

  constructor(readonly all: readonly CompiledStatement[]) {}

  concerning(action: string): readonly CompiledStatement[] {
    let found = this.byAction.get(action);
    if (!found) this.byAction.set(action, (found = this.all.filter((statement) => statement.concerns(action))));
    return found;
  }
}
