import { stackResources, type CloudFormationResource } from "../../local/terraform/cloudformation";
import { readStack } from "../../local/terraform/read-stack";
import type { SynthesisedStack } from "./synthesised";

/** A CloudFormation body of a synthesised stack, evaluated as it would be applied. */
export interface Body {
  readonly address: string;
  readonly text: string;
  readonly resources: readonly CloudFormationResource[];
}

export function bodiesOf({ file, environment: { account, region } }: SynthesisedStack): Body[] {
  const place = { account, region };
  const variables = { cdn_identifier: "00000000-0000-4000-8000-000000000001", api_origin_secret: "s".repeat(32) };
  const stack = readStack(file, { ...place, edgeHost: "edge.test", gatewayHost: "gateway.test", variables });
  return stack.all("aws_cloudformation_stack").map(({ address, values }) => {
    const text = String(values.template_body);
    return { address, text, resources: stackResources(text, place) };
  });
}
