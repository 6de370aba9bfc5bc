/** One call that lists what a service holds, and where its answer has the names. */
export interface Listing {
  /** Name that the request is signed for. */
  readonly service: string;
  /** What is listed, as a person says it. */
  readonly what: string;
  /** Region other than the account's. */
  readonly region?: string;
  readonly request: ListingRequest;
  /** With one group, the name. */
  readonly names: RegExp;
  /** Where the name says nothing to a person: the call that tells of one, and the groups of its answer that do. */
  readonly describe?: { readonly request: (name: string) => ListingRequest; readonly words: readonly RegExp[] };
}

export type ListingRequest =
  | { readonly path: string }
  | { readonly target: string; readonly body?: object }
  | { readonly action: string; readonly parameters?: Readonly<Record<string, string>> };

const json = (service: string, what: string, target: string, member: string, body?: object): Listing => ({
  service,
  what,
  request: { target, body },
  names: new RegExp(`"${member}": ?"([^"]+)"`, "g"),
});
const query = (service: string, what: string, action: string, element: string, more = {}): Listing => ({
  service,
  what,
  request: { action, ...more },
  names: new RegExp(`<${element}>([^<]+)</${element}>`, "g"),
});
const get = (service: string, what: string, path: string, names: RegExp): Listing => ({
  service,
  what,
  request: { path },
  names,
});

/** What watching the edge takes in its own Region is asked for there too. */
const EDGE_REGION = "us-east-1";
const inEdgeRegion = (listing: Listing): Listing => ({
  ...listing,
  region: EDGE_REGION,
  what: `${listing.what} in ${EDGE_REGION}`,
});
const inBoth = (...listings: readonly Listing[]): Listing[] => [...listings, ...listings.map(inEdgeRegion)];
const COMPOSITE = { parameters: { "AlarmTypes.member.1": "CompositeAlarm" } };

/**
 * All that the stacks make in moto's services; what goes with its parent (policies, targets, versions, a database's
 * tables) is not listed. `account` has 12 digits.
 */
export const listings = (account: string): readonly Listing[] => [
  get("s3", "buckets", "/", /<Bucket>.*?<Name>([^<]+)<\/Name>/gs),
  ...inBoth(json("kms", "aliases", "TrentService.ListAliases", "AliasName"), {
    ...json("kms", "keys", "TrentService.ListKeys", "KeyId"),
    describe: {
      request: (KeyId) => ({ target: "TrentService.DescribeKey", body: { KeyId } }),
      words: [/"Description": ?"([^"]*)"/, /"KeyState": ?"([^"]+)"/],
    },
  }),
  query("iam", "roles", "ListRoles", "RoleName"),
  query("iam", "policies", "ListPolicies", "PolicyName", { parameters: { Scope: "Local" } }),
  query("iam", "identity providers", "ListOpenIDConnectProviders", "Arn"),
  get("lambda", "functions", "/2015-03-31/functions/", /"FunctionName": ?"([^"]+)"/g),
  {
    ...json("dynamodb", "tables", "DynamoDB_20120810.ListTables", "TableNames"),
    names: /(?<=[[,] *)"([^"]+)"(?= *[,\]])/g,
  },
  {
    ...json("firehose", "delivery streams", "Firehose_20150804.ListDeliveryStreams", "DeliveryStreamNames"),
    names: /(?<=[[,] *)"([^"]+)"(?= *[,\]])/g,
  },
  ...inBoth(
    { ...json("sqs", "queues", "AmazonSQS.ListQueues", "QueueUrls"), names: /\/([^/"]+)"(?=[^[]*\])/g },
    query("sns", "topics", "ListTopics", "TopicArn"),
    json("events", "rules", "AWSEvents.ListRules", "Name"),
    query("monitoring", "alarms", "DescribeAlarms", "AlarmName"),
    query("monitoring", "composite alarms", "DescribeAlarms", "AlarmName", COMPOSITE),
    json("logs", "log groups", "Logs_20140328.DescribeLogGroups", "logGroupName"),
  ),
  query("monitoring", "dashboards", "ListDashboards", "DashboardName"),
  json("secretsmanager", "secrets", "secretsmanager.ListSecrets", "Name"),
  json("secretsmanager", "secrets, deleted ones too", "secretsmanager.ListSecrets", "Name", {
    IncludePlannedDeletion: true,
  }),
  json("cognito-idp", "user pools", "AWSCognitoIdentityProviderService.ListUserPools", "Name", { MaxResults: 60 }),
  get("apigateway", "HTTP APIs", "/v2/apis", /"name": ?"([^"]+)"/g),
  {
    ...json("wafv2", "firewalls", "AWSWAF_20190729.ListWebACLs", "Name", { Scope: "CLOUDFRONT" }),
    region: "us-east-1",
  },
  json("logs", "saved queries", "Logs_20140328.DescribeQueryDefinitions", "name"),
  ...[
    json("logs", "deliveries", "Logs_20140328.DescribeDeliveries", "deliverySourceName"),
    json("logs", "sources of deliveries", "Logs_20140328.DescribeDeliverySources", "name"),
    json("logs", "destinations of deliveries", "Logs_20140328.DescribeDeliveryDestinations", "name"),
  ].map(inEdgeRegion),
  json("cloudtrail", "trails", "CloudTrail_20131101.ListTrails", "Name"),
  json("glue", "databases", "AWSGlue.GetDatabases", "Name"),
  json("athena", "workgroups", "AmazonAthena.ListWorkGroups", "Name"),
  json("budgets", "budgets", "AWSBudgetServiceGateway.DescribeBudgets", "BudgetName", { AccountId: account }),
  {
    ...json("acm", "certificates", "CertificateManager.ListCertificates", "CertificateArn"),
    region: "us-east-1",
  },
  get("route53", "hosted zones", "/2013-04-01/hostedzone", /<Id>([^<]+)<\/Id>/g),
];
