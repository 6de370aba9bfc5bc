import { readFileSync, writeFileSync } from "node:fs";
import { versionedId } from "../../handlers/shared/asset-id";
import type { Title, Version } from "../../handlers/shared/title";
import { AwsCalls } from "./aws-calls";
import { H264, makeVideo, picture } from "./media";
import type { Operator } from "./operator";
import type { Running } from "./running";

/**
 * What goes wrong between two steps and is taken up again, or parked: the calls that no title makes on a good day, each
 * with the role that has to be allowed it.
 */
export function mishaps(topology: "mediapackage" | "direct", running: () => Running, operator: () => Operator): void {
  let aws: AwsCalls;
  beforeAll(() => (aws = new AwsCalls(running().report)));
  afterAll(() => aws?.close());

  const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      await new Promise((wait) => setTimeout(wait, 100));
    }
  };
  const reaches = (assetId: string, ...statuses: string[]): Promise<Title> =>
    until(async () => {
      const title = await operator().find(assetId);
      return title && statuses.includes(title.versions[title.latest]?.status ?? "") ? title : undefined;
    });
  /** Puts a title's newest version back into an earlier state, as an invocation leaves it that was killed. */
  const putBack = async (title: Title, changes: Partial<Version>, more: Partial<Title> = {}): Promise<void> => {
    const version = { ...title.versions[title.latest], ...changes };
    const unpublished = { playing: undefined, publishState: undefined, publishedAt: undefined };
    const item = { ...title, ...unpublished, ...more, versions: { ...title.versions, [title.latest]: version } };
    await aws.putItem(JSON.parse(JSON.stringify(item)) as Record<string, unknown>);
  };

  test(`a preparation that broke off is taken up, and its job is not paid for twice (${topology})`, async () => {
    const { assetId } = await operator().publish(makeVideo("broken-off.mp4", ...picture("426x240", 1), ...H264));
    const title = (await operator().find(assetId)) as Title;
    const version = title.versions[title.latest] as Version;
    await putBack(title, { status: "RECEIVED", job: undefined, leaseUntil: undefined });
    await aws.invokeByEvent("vod-submit-transcode-local", created(running(), title));
    const submitted = await reaches(assetId, "TRANSCODING");
    expect(submitted.versions[submitted.latest]?.job).toEqual({ id: version.job?.id, status: "SUBMITTED" });
    await aws.invokeByEvent("vod-register-asset-local", jobEvent(running(), title, "COMPLETE", topology));
    const again = await reaches(assetId, "PUBLISHED");
    expect(again.versions[again.latest]?.playback).toEqual(version.playback);
    if (topology === "direct") return;
    const waiting = { packagingState: "WAITING", packagingSince: new Date().toISOString() } as const;
    await putBack(again, { status: "PACKAGING" }, waiting);
    await aws.invokeByEvent("vod-confirm-playable-local", { source: "aws.events" });
    expect((await reaches(assetId, "PUBLISHED")).packagingState).toBeUndefined();
  }, 60_000);

  test(`a mezzanine that ends in the middle fails in the transcode, and its title says why (${topology})`, async () => {
    const whole = makeVideo("damaged.mp4", ...picture("426x240", 4), ...H264, "-movflags", "+faststart");
    const bytes = readFileSync(whole);
    writeFileSync(whole, bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    await expect(operator().publish(whole)).rejects.toThrow(
      /^transcode: the input is damaged: .+ \(MEDIACONVERT_1040\)$/,
    );
  }, 60_000);

  test(`an event that no attempt can handle is parked by the function's own role (${topology})`, async () => {
    const broken = { assetId: operator().assetIdOf("broken.mp4"), versions: null };
    await aws.putItem(broken);
    const title = { ...broken, latest: "1", source: { key: `${running().report.aws.uploadPrefix}broken.mp4` } };
    const events = {
      "submit-transcode": created(running(), title),
      "record-failure": jobEvent(running(), title, "ERROR", topology),
      "register-asset": jobEvent(running(), title, "COMPLETE", topology),
      ...(topology === "mediapackage" && { "confirm-playable": playable(title) }),
    };
    for (const [name, event] of Object.entries(events)) await aws.invokeByEvent(`vod-${name}-local`, event);
    for (const [name, event] of Object.entries(events)) {
      const parked = await until(async () => {
        const messages = await aws.waiting(`vod-${name}-dead-letters-local`);
        return messages.length > 0 ? messages : undefined;
      });
      expect([name, parked]).toEqual([
        name,
        [
          expect.objectContaining({
            requestContext: expect.objectContaining({ condition: "RetriesExhausted", approximateInvokeCount: 3 }),
            requestPayload: event,
          }),
        ],
      ]);
    }
    await aws.deleteItem(broken.assetId);
  }, 60_000);

  test(`a measurement that stumbles over a title is parked by the function's own role (${topology})`, async () => {
    const assetId = operator().assetIdOf("half-written.mp4");
    const versions = { 1: { version: "1", status: "TRANSCODING" } }; // since when, it does not say
    await aws.putItem({ assetId, versions, workState: "AT_WORK", workSince: new Date().toISOString() });
    const event = { source: "aws.events", detail: { of: "this test" } };
    await aws.invokeByEvent("vod-measure-backlog-local", event);
    const isParked = (message: unknown): boolean =>
      JSON.stringify((message as { requestPayload: unknown }).requestPayload) === JSON.stringify(event);
    // The minute's own event may be parked before it.
    const parked = await until(async () =>
      (await aws.waiting("vod-measure-backlog-dead-letters-local")).find(isParked),
    );
    expect(parked).toMatchObject({ requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 3 } });
    await aws.deleteItem(assetId);
  }, 60_000);
}

/** As much of a title as its events name; one that is broken has no more. */
interface Named extends Pick<Title, "assetId" | "latest"> {
  readonly source: Pick<Title["source"], "key">;
  readonly versions: Title["versions"] | null;
}

function created({ report }: Running, { latest, source: { key } }: Named): unknown {
  return {
    source: "aws.s3",
    "detail-type": "Object Created",
    detail: {
      bucket: { name: report.aws.sourceBucket },
      object: { key, size: 1, etag: "0", sequencer: latest.split(".")[0] },
    },
  };
}

function jobEvent({ report }: Running, title: Named, status: string, topology: string): unknown {
  const { assetId, latest: version } = title;
  const folder = `s3://${report.aws.packagedBucket}/${topology === "mediapackage" ? "ladder" : "v1"}`;
  const manifest = `${folder}/${versionedId(assetId, version)}/index`;
  return {
    source: "aws.mediaconvert",
    "detail-type": "MediaConvert Job State Change",
    detail: {
      status,
      jobId: title.versions?.[version]?.job?.id ?? "none",
      userMetadata: { assetId, version },
      outputGroupDetails: [{ playlistFilePaths: [`${manifest}.m3u8`, `${manifest}.mpd`] }],
    },
  };
}

function playable({ assetId, latest }: Named): unknown {
  const arn = `arn:aws:mediapackage-vod:eu-west-1:000000000000:assets/${versionedId(assetId, latest)}`;
  return { source: "aws.mediapackage", resources: [arn], detail: { event: "VodAssetPlayable" } };
}
