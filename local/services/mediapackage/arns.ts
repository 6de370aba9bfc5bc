/** ARNs of this service's resources (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselementalmediapackagevod.html). */
export interface Arns {
  asset(id: string): string;
  group(id: string): string;
  configuration(id: string): string;
}

export function arnsOf(account: string, region: string): Arns {
  const arn = (kind: string) => (id: string) => `arn:aws:mediapackage-vod:${region}:${account}:${kind}/${id}`;
  return { asset: arn("assets"), group: arn("packaging-groups"), configuration: arn("packaging-configurations") };
}
