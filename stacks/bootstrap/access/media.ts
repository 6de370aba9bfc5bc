import type { Environment } from "../../../environments/environment";
import { type Grant, of } from "./grant";

/** Queue, job template, packaging. CloudFormation acts as whoever calls it, so its resources' actions stand here too. */
export function media({ name, account, region }: Environment): Grant[] {
  const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${account}:${resource}`;
  return [
    {
      types: ["aws_media_convert_queue"],
      on: [arn("mediaconvert", `queues/vod-${name}`)],
      read: of("mediaconvert", "GetQueue", "ListTagsForResource"),
      change: of("mediaconvert", "CreateQueue", "DeleteQueue", "TagResource", "UntagResource", "UpdateQueue"),
    },
    {
      types: ["aws_cloudformation_stack"],
      on: [arn("cloudformation", `stack/vod-${name}-*/*`)],
      read: of("cloudformation", "DescribeStackEvents", "DescribeStacks", "GetTemplate"),
      change: [
        ...of("cloudformation", "CreateStack", "DeleteStack", "DescribeStackResources", "TagResource"),
        ...of("cloudformation", "UntagResource", "UpdateStack"),
      ],
    },
    {
      types: [],
      on: [arn("mediaconvert", `jobTemplates/vod-${name}-*`)],
      change: [
        ...of("mediaconvert", "CreateJobTemplate", "DeleteJobTemplate", "GetJobTemplate", "ListTagsForResource"),
        ...of("mediaconvert", "TagResource", "UntagResource", "UpdateJobTemplate"),
      ],
    },
    {
      // Their ARNs hold numbers that MediaPackage gives: no name to narrow by.
      types: [],
      on: [arn("mediapackage-vod", "packaging-groups/*"), arn("mediapackage-vod", "packaging-configurations/*")],
      change: [
        ...of("mediapackage-vod", "DeletePackagingConfiguration", "DeletePackagingGroup"),
        ...of("mediapackage-vod", "DescribePackagingConfiguration", "DescribePackagingGroup", "ListTagsForResource"),
        ...of("mediapackage-vod", "TagResource", "UntagResource", "UpdatePackagingGroup"),
      ],
    },
    {
      types: [],
      on: ["*"],
      change: of("mediapackage-vod", "CreatePackagingConfiguration", "CreatePackagingGroup"),
    },
    {
      types: ["aws_media_packagev2_channel_group"],
      on: [arn("mediapackagev2", `channelGroup/vod-${name}`)],
      read: of("mediapackagev2", "GetChannelGroup", "ListTagsForResource"),
      change: [
        ...of("mediapackagev2", "CreateChannelGroup", "DeleteChannelGroup", "TagResource", "UntagResource"),
        ...of("mediapackagev2", "UpdateChannelGroup"),
      ],
    },
  ];
}
