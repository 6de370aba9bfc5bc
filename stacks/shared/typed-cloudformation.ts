import { CloudformationStack } from "@cdktf/provider-aws/lib/cloudformation-stack";
import type { Construct } from "constructs";
import { json } from "./json";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html: a body passed in the request. */
const MAXIMUM_BODY_BYTES = 51_200;

export interface CloudFormationBody {
  readonly Description: string;
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: object; readonly DependsOn?: string }>
  >;
  readonly Outputs: Readonly<
    Record<string, { readonly Value: { readonly Ref: string } | { readonly "Fn::GetAtt": readonly [string, string] } }>
  >;
}

export interface TypedCloudFormationProps {
  readonly name: string;
  readonly body: CloudFormationBody;
  readonly dependsOn?: Construct[];
}

/**
 * What `hashicorp/aws` has no resource for, as a CloudFormation stack whose body stands in the plan.
 * `terraform validate` does not notice a body that is too long, so it is refused here.
 */
export function typedCloudFormation(
  scope: Construct,
  id: string,
  props: TypedCloudFormationProps,
): CloudformationStack {
  const templateBody = json({ AWSTemplateFormatVersion: "2010-09-09", ...props.body });
  const bytes = Buffer.byteLength(templateBody);
  if (bytes > MAXIMUM_BODY_BYTES) {
    throw new Error(`${props.name}: the CloudFormation body must be at most ${MAXIMUM_BODY_BYTES} bytes, got ${bytes}`);
  }
  return new CloudformationStack(scope, id, {
    name: props.name,
    templateBody,
    onFailure: "ROLLBACK",
    dependsOn: props.dependsOn as CloudformationStack[] | undefined,
  });
}
