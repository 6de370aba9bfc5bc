import { join } from "node:path";
import { AwsError, type Authorize, type AwsService, type Principal } from "../../kernel/aws-service";
import type { Deployment } from "../../terraform/deployment";
import { jsonAnswer, readJsonCall, type JsonInput } from "../json-protocol";
import { capacityOf } from "./rule-capacity";
import { RuleGroups, type RuleGroup } from "./rule-groups";

export interface Wafv2Options {
  readonly deployment: Deployment;
  /** Holds what rule groups were given beside the stack. */
  readonly directory: string;
  readonly authorize: Authorize;
  readonly ids: () => string;
}

export interface Wafv2 extends AwsService {
  /** The rules that a group was given beside the stack; undefined where it was given none. */
  readonly operatedRules: RuleGroups["operatedRules"];
}

const MAXIMUM_REQUEST_BYTES = 1024 * 1024;

/** WAF, as far as rule groups of the edge are operated: `ListRuleGroups`, `GetRuleGroup`, `UpdateRuleGroup`. */
export function createWafv2({ deployment, directory, authorize, ids }: Wafv2Options): Wafv2 {
  const groups = new RuleGroups(deployment, join(directory, "rule-groups.json"));

  function list(principal: Principal): object {
    authorize(principal, "wafv2:ListRuleGroups", "*");
    return { RuleGroups: groups.all().map(summary) };
  }

  function get(principal: Principal, input: JsonInput): object {
    const group = found(input);
    authorize(principal, "wafv2:GetRuleGroup", group.arn);
    const { id: Id, name: Name, arn: ARN, capacity: Capacity, description: Description } = group;
    const { rules: Rules, visibilityConfig: VisibilityConfig } = group;
    return { RuleGroup: { Id, Name, ARN, Capacity, Description, Rules, VisibilityConfig }, LockToken: group.lockToken };
  }

  function update(principal: Principal, input: JsonInput): object {
    const group = found(input);
    authorize(principal, "wafv2:UpdateRuleGroup", group.arn);
    if (input.text("LockToken") !== group.lockToken) {
      throw new AwsError(
        "WAFOptimisticLockException",
        "AWS WAF couldn't save your changes because you tried to update or delete a resource that has changed since you last retrieved it. Get the resource again, make any changes you need to make to the new copy, and retry your operation.",
      );
    }
    const rules = input.objects("Rules").map(({ members }) => members);
    const units = capacityOf(rules);
    if (units > group.capacity) {
      throw new AwsError(
        "WAFLimitsExceededException",
        `The rules need ${units} capacity units, and the rule group ${group.name} has ${group.capacity}.`,
      );
    }
    const NextLockToken = ids();
    groups.change(group.arn, {
      rules,
      lockToken: NextLockToken,
      description: input.optionalText("Description") ?? group.description,
      visibilityConfig: input.object("VisibilityConfig").members,
    });
    return { NextLockToken };
  }

  function found(input: JsonInput): RuleGroup {
    const [name, id] = [input.text("Name"), input.text("Id")];
    const group = groups.all().find((each) => each.name === name && each.id === id);
    if (group) return group;
    throw new AwsError(
      "WAFNonexistentItemException",
      "AWS WAF couldn't perform the operation because your resource doesn't exist.",
    );
  }

  const operations: Readonly<Record<string, (principal: Principal, input: JsonInput) => object>> = {
    ListRuleGroups: list,
    GetRuleGroup: get,
    UpdateRuleGroup: update,
  };
  return {
    name: "wafv2",
    operatedRules: (arn) => groups.operatedRules(arn),
    async handle(request) {
      const { operation, input } = await readJsonCall(request, "AWSWAF_20190729", MAXIMUM_REQUEST_BYTES);
      const perform = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!perform) {
        const known = Object.keys(operations).join(", ");
        throw new AwsError("UnknownOperationException", `WAF answers ${known} here, got ${operation}.`);
      }
      if (input.text("Scope") !== "CLOUDFRONT") {
        throw new AwsError(
          "WAFInvalidParameterException",
          `Scope must be CLOUDFRONT here, got ${input.text("Scope")}.`,
        );
      }
      return jsonAnswer(perform(request.principal, input), "1.1");
    },
  };
}

function summary({ id: Id, name: Name, arn: ARN, description: Description, lockToken: LockToken }: RuleGroup): object {
  return { Id, Name, ARN, Description, LockToken };
}
