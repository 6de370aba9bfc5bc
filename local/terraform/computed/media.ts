import { stackOutputs } from "../cloudformation";
import type { Attributes, Instance } from "./instance";

const stackArn = (it: Instance) => it.arn("cloudformation", `stack/${it.text("name")}/${it.uuid()}`);

/** Transcoding and packaging, the CloudFormation stacks that stand in for missing resources among them. */
export const media: Readonly<Record<string, Attributes>> = {
  aws_media_convert_queue: {
    id: (it) => it.text("name"),
    arn: (it) => it.arn("mediaconvert", `queues/${it.text("name")}`),
  },
  aws_media_packagev2_channel_group: {
    id: (it) => it.text("name"),
    arn: (it) => it.arn("mediapackagev2", `channelGroup/${it.text("name")}`),
    egress_domain: (it) => `${it.lower(6)}.egress.${it.lower(6, "cell")}.mediapackagev2.${it.region}.amazonaws.com`,
  },
  aws_cloudformation_stack: {
    id: stackArn,
    outputs: (it) =>
      stackOutputs(it.text("template_body"), { account: it.account, region: it.region, partition: it.partition }),
  },
};
