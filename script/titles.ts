import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { WAFV2Client } from "@aws-sdk/client-wafv2";
import { dynamoCatalogue } from "../handlers/shared/dynamo-catalogue";
import { documentClient } from "../handlers/shared/make-catalogue";
import { distributionComment, takedownGroupName } from "../stacks/deliver/names";
import { operatorAccess } from "./operator-access";
import { readArguments, USAGE, type TitlesArguments } from "./titles/arguments";
import { BlockedTitles } from "./titles/blocked-titles";
import { EdgeCache } from "./titles/edge-cache";
import { listBlocked, publish, unblock, withdraw, type Deps } from "./titles/operate";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** `npm run titles`: takes a title off the air, or puts it back. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      now: { type: "boolean", default: false },
      state: { type: "string", default: ".local" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help || positionals.length === 0) return console.log(USAGE);
  const wanted = readArguments(positionals, values.now);
  await perform(dependencies(wanted, values.state), wanted);
}

function dependencies({ environment }: TitlesArguments, state: string): Deps {
  const { regional, edge } = operatorAccess(environment, state);
  return {
    catalogue: dynamoCatalogue(documentClient(new DynamoDBClient(regional)), `vod-catalogue-${environment}`),
    blocked: new BlockedTitles(new WAFV2Client(edge), takedownGroupName(environment)),
    cache: new EdgeCache(new CloudFrontClient(edge), distributionComment(environment), randomUUID),
    now: Date.now,
    print: console.log,
  };
}

async function perform(deps: Deps, { action, assetId, immediately }: TitlesArguments): Promise<void> {
  switch (action) {
    case "withdraw":
      return withdraw(deps, assetId, immediately);
    case "publish":
      return publish(deps, assetId);
    case "unblock":
      return unblock(deps, assetId);
    case "blocked":
      return listBlocked(deps);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
