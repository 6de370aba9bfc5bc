import { Journey } from "../local/journey";
import type { Platform } from "../local/platform";
import { block, type Deployment } from "../local/terraform/deployment";
import { expectRefusal, play, type Played } from "../local/viewer/play";
import { mint, PlaybackError } from "../local/viewer/viewer";

/** What became of one video. */
export interface EndToEnd {
  readonly assetId: string;
  readonly renditions: readonly string[];
  readonly played: readonly Played[];
}

/**
 * Takes a video from the upload to a viewer: through the catalogue to PUBLISHED, refused to whoever has no
 * subscription or no cookie, and played whole over every protocol that the mint names.
 * @throws {Error} at the first step that does not go as it should.
 */
export async function endToEnd(platform: Platform, video: string): Promise<EndToEnd> {
  const { deployment, aws, edgeAddress, tokens } = platform;
  const journey = new Journey({
    ...aws,
    sourceBucket: valueOf(deployment, "aws_s3_bucket.source", "bucket"),
    catalogueTable: valueOf(deployment, "aws_dynamodb_table.catalogue", "name"),
    uploadPrefix: uploadPrefixOf(deployment),
  });
  platform.onEvent(() => journey.sign());
  try {
    const upload = await journey.upload(video);
    const version = await journey.follow(upload, () => undefined);
    const address = `${edgeAddress}/play/${upload.assetId}`;
    await expectNoCookie(address, tokens.other);
    const playback = await mint(address, tokens.entitled);
    await expectRefusal(playback.hls ?? "");
    const protocols = (["hls", "dash", "cmaf"] as const).filter((protocol) => playback[protocol] !== undefined);
    const played: Played[] = [];
    for (const protocol of protocols) played.push(await play(protocol, playback));
    return { assetId: upload.assetId, renditions: version.renditions.map(({ name }) => name), played };
  } finally {
    journey.close();
  }
}

async function expectNoCookie(address: string, token: string): Promise<void> {
  const refused = await mint(address, token).then(
    () => false,
    (error: unknown) => error instanceof PlaybackError && error.message.includes(" 403 "),
  );
  if (!refused) throw new PlaybackError(`${address} must answer 403 to a viewer without a subscription`);
}

function uploadPrefixOf(deployment: Deployment): string {
  const { values } = deployment.get("aws_lambda_function.submit_transcode");
  const variables = block(values, "environment")?.variables as Record<string, string> | undefined;
  return variables?.UPLOAD_PREFIX ?? "";
}

function valueOf(deployment: Deployment, address: string, attribute: string): string {
  return String(deployment.get(address).values[attribute]);
}
