import { randomUUID } from "node:crypto";
import { AwsError } from "../../local/kernel/aws-service";
import { stackOutputs, stackResources, type CloudFormationPlace } from "../../local/terraform/cloudformation";

export type StackStatus = "CREATE_COMPLETE" | "UPDATE_COMPLETE" | "DELETE_COMPLETE";

export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly created: Date;
  status: StackStatus;
  body: string;
  outputs: Readonly<Record<string, unknown>>;
  tags: Readonly<Record<string, string>>;
}

/** A physical resource of a stack: `AWS::MediaPackage::PackagingGroup/vod-dev`. */
type Physical = string;

/** The stacks of one account and Region. What stands in a stack stands only there: no other service is called. */
export class StackStore {
  private readonly stacks: Stack[] = [];

  constructor(private readonly place: CloudFormationPlace) {}

  create(name: string, body: string, tags: Stack["tags"]): Stack {
    if (this.live(name)) throw new AwsError("AlreadyExistsException", `Stack [${name}] already exists`, 400);
    this.requireFree(body, undefined);
    const { account, region } = this.place;
    const stack: Stack = {
      id: `arn:aws:cloudformation:${region}:${account}:stack/${name}/${randomUUID()}`,
      name,
      created: new Date(),
      status: "CREATE_COMPLETE",
      body,
      outputs: stackOutputs(body, this.place),
      tags,
    };
    this.stacks.push(stack);
    return stack;
  }

  /** @throws {AwsError} also when nothing would change, as CloudFormation does. */
  update(nameOrId: string, body: string, tags: Stack["tags"]): Stack {
    const stack = this.get(nameOrId);
    if (stack.body === body && JSON.stringify(stack.tags) === JSON.stringify(tags)) {
      throw new AwsError("ValidationError", "No updates are to be performed.", 400);
    }
    this.requireFree(body, stack);
    Object.assign(stack, { body, tags, status: "UPDATE_COMPLETE", outputs: stackOutputs(body, this.place) });
    return stack;
  }

  delete(nameOrId: string): void {
    const stack = this.live(nameOrId);
    if (stack) stack.status = "DELETE_COMPLETE";
  }

  /** By name a stack that lives; by id one that was deleted too. */
  get(nameOrId: string): Stack {
    const found = this.live(nameOrId) ?? this.stacks.find(({ id }) => id === nameOrId);
    if (found) return found;
    throw new AwsError("ValidationError", `Stack with id ${nameOrId} does not exist`, 400);
  }

  /** `<type>/<physical id>` of every resource of every stack, and the stacks themselves. */
  names(): string[] {
    const living = this.stacks.filter(({ status }) => status !== "DELETE_COMPLETE");
    return living.flatMap((stack) => [`stack/${stack.name}`, ...this.physical(stack.body)]).sort();
  }

  private live(nameOrId: string): Stack | undefined {
    return this.stacks.find(
      ({ name, id, status }) => status !== "DELETE_COMPLETE" && (name === nameOrId || id === nameOrId),
    );
  }

  /** Names of templates, groups and configurations are one namespace of the account: no two stacks may hold one. */
  private requireFree(body: string, own: Stack | undefined): void {
    const taken = this.stacks
      .filter((stack) => stack !== own && stack.status !== "DELETE_COMPLETE")
      .flatMap((stack) => this.physical(stack.body));
    const clash = this.physical(body).find((each) => taken.includes(each));
    if (clash) throw new AwsError("AlreadyExistsException", `${clash} already exists in another stack`, 400);
  }

  private physical(body: string): Physical[] {
    return stackResources(body, this.place).map(({ type, properties: { Id, Name }, logicalId }) =>
      [type, [Id, Name, logicalId].find((name) => typeof name === "string")].join("/"),
    );
  }
}
