import { existsSync, mkdirSync, renameSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { buildAndSynthesise } from "./build";
import { Journey } from "./journey";
import { checkVideo } from "./check-video";
import { findFfmpeg } from "./media/ffmpeg-find";
import { makeSample } from "./media/sample";
import type { Options } from "./options";
import { type Platform, startPlatform } from "./platform";
import type { Progress } from "./progress";
import type { Report, ViewerAddresses } from "./report";
import { keysDirectory, type LocalSecrets, openSecrets } from "./secrets";
import { activeKey } from "./signing-keys";
import { lockState } from "./state-lock";
import { StageTrack } from "./stage-track";
import { block, type Deployment } from "./terraform/deployment";
import { play, expectRefusal, type Played } from "./viewer/play";
import { mintOpened } from "./viewer/opened-title";
import { leave } from "./viewer/viewer";

export interface RunContext {
  /** The project's root. */
  readonly root: string;
  /** The shell's `PATH`, where ffmpeg may be. */
  readonly searchPath: string;
  readonly progress: Progress;
}

/** A run under way; `report` says what there is to say of it at any moment. */
export class Run {
  private platform?: Platform;
  private assetId?: string;
  private viewer?: ViewerAddresses;
  private topology: string;
  private secrets?: LocalSecrets;
  private release?: () => void;
  private readonly state: string;
  private readonly stages: StageTrack;

  constructor(
    private readonly options: Options,
    private readonly context: RunContext,
  ) {
    this.state = resolve(options.state);
    this.topology = options.topology ?? "mediapackage";
    this.stages = new StageTrack(context.progress);
  }

  /** Builds, starts the platform, and takes one video from the upload to a viewer. */
  async start(): Promise<void> {
    const { root, progress, searchPath } = this.context;
    const { video } = this.options;
    if (video !== undefined) checkVideo(video);
    this.release = lockState(this.state, process.pid);
    const ffmpeg = findFfmpeg({ cacheDirectory: join(this.state, "bin"), searchPath });
    this.secrets = openSecrets(this.state);
    progress.note("Building the Lambda zips and synthesising environments/local.json ...");
    const dist = join(this.state, "dist");
    const stackFile = await buildAndSynthesise({
      root,
      topology: this.options.topology,
      keys: keysDirectory(this.state),
      signingKey: activeKey(this.state),
      dist,
      out: join(this.state, "synth"),
    });
    this.platform = await startPlatform({
      stackFile,
      dist,
      state: this.state,
      secrets: this.secrets,
      ffmpeg,
      port: this.options.port,
      onTrouble: (message) => progress.note(message),
    });
    this.topology = topologyOf(this.platform);
    await this.bringToViewers(this.platform, await this.video(ffmpeg));
  }

  /** What a person needs in order to look around. */
  get signIn(): { app: string; password: string; quality?: string } {
    const { edgeAddress, qualityAddress: quality } = this.platform ?? {};
    return { app: `${edgeAddress}/app/`, password: this.secrets?.viewerPassword ?? "", quality };
  }

  /** Marks the stage under way as failed. */
  fail(reason: string): void {
    this.stages.fail(reason);
  }

  report(reason?: string): Report {
    const { platform, assetId, viewer, topology } = this;
    const course = {
      topology,
      stages: this.context.progress.timings(),
      edge: platform?.edge.statistics() ?? { requests: 0, hits: 0, misses: 0, denied: 0 },
    };
    const playable = platform && { tokens: platform.tokens, aws: awsAccess(platform) };
    if (reason === undefined && playable && assetId && viewer) {
      return { status: "ready", assetId, viewer, ...playable, ...course };
    }
    return { status: "failed", reason: reason ?? "nothing was prepared", assetId, viewer, ...playable, ...course };
  }

  async stop(): Promise<void> {
    await this.platform?.stop();
    this.release?.();
  }

  /** The mezzanine to take through the stages. */
  private async video(ffmpeg: string): Promise<string> {
    if (this.options.video !== undefined) return this.options.video;
    const folder = join(this.state, "sample");
    const file = join(folder, "first-light.mp4");
    if (existsSync(file)) return file;
    this.context.progress.note("Making a sample video ...");
    mkdirSync(folder, { recursive: true });
    await makeSample(ffmpeg, `${file}.part.mp4`);
    renameSync(`${file}.part.mp4`, file);
    return file;
  }

  private async bringToViewers(platform: Platform, video: string): Promise<void> {
    const { aws, deployment } = platform;
    const catalogueTable = String(deployment.get("aws_dynamodb_table.catalogue").values.name);
    const journey = new Journey({ ...aws, ...placesOf(platform), catalogueTable });
    try {
      await this.prepare(platform, journey, video);
    } finally {
      journey.close();
    }
    await this.watch(platform);
  }

  /** Ingest, transcode, package: until the catalogue says PUBLISHED. */
  private async prepare(platform: Platform, journey: Journey, video: string): Promise<void> {
    platform.onEvent(({ detail }) => {
      journey.sign();
      const percent = (detail.jobProgress as { jobPercentComplete?: number } | undefined)?.jobPercentComplete;
      if (percent !== undefined && this.stages.stage === "transcode") this.stages.update({ percent });
    });
    this.stages.enter("ingest", basename(video));
    const there = this.options.video === undefined ? await journey.resume(video, this.topology) : undefined;
    if (there) this.stages.update({ detail: `${basename(video)} is there from an earlier start` });
    const upload = there ?? (await journey.upload(video));
    this.assetId = upload.assetId;
    await journey.follow(upload, ({ status, version }) => {
      const transcoding = status === "TRANSCODING";
      this.stages.follow(status, transcoding ? version.renditions.map(({ name }) => name).join(" ") : this.topology);
    });
    this.stages.end();
  }

  /** Entitle and deliver: as a viewer, through the edge. */
  private async watch({ edgeAddress, tokens }: Platform): Promise<void> {
    const { assetId = "" } = this;
    const address = `${edgeAddress}/play/${assetId}`;
    this.stages.enter("entitle", "asking the mint");
    const note = (line: string): void => this.context.progress.note(line);
    const playback = await mintOpened({ edge: edgeAddress, assetId, tokens, note });
    const { hls = "", dash = "", cmaf } = playback;
    this.viewer = { app: `${edgeAddress}/app/`, play: address, hls, dash, cmaf };
    this.stages.end("a five-minute cookie for this title alone");
    this.stages.enter("deliver", "without the cookie");
    await expectRefusal(hls);
    const protocols = (["hls", "dash", "cmaf"] as const).filter((protocol) => playback[protocol] !== undefined);
    const played: Played[] = [];
    for (const protocol of this.options.once ? protocols : protocols.slice(0, 1)) {
      this.stages.update({ detail: `playing ${protocol.toUpperCase()}` });
      played.push(await play(protocol, playback));
    }
    this.stages.end(`refused without the cookie; ${played.map(describe).join(", ")}`);
    await leave(address, tokens.entitled, playback);
  }
}

function describe({ protocol, renditions, segments, seconds }: Played): string {
  const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? "" : "s"}`;
  return `${protocol.toUpperCase()} ${count(renditions, "rendition")}, ${count(segments, "segment")}, ${seconds.toFixed(1)} s`;
}

function topologyOf({ deployment }: Platform): string {
  return variablesOf(deployment, "register_asset").TOPOLOGY ?? "";
}

function placesOf({ deployment }: Platform) {
  const bucket = (name: string) => String(deployment.get(`aws_s3_bucket.${name}`).values.bucket);
  return {
    sourceBucket: bucket("source"),
    packagedBucket: bucket("packaged"),
    uploadPrefix: variablesOf(deployment, "submit_transcode").UPLOAD_PREFIX ?? "",
  };
}

/** Environment of a deployed function. */
function variablesOf(deployment: Deployment, name: string): Record<string, string> {
  const environment = block(deployment.get(`aws_lambda_function.${name}`).values, "environment");
  return (environment?.variables ?? {}) as Record<string, string>;
}

function awsAccess(platform: Platform) {
  const { endpoint, region, credentials } = platform.aws;
  const { accessKeyId, secretAccessKey } = credentials; // by name: clients hang marks of their own on this object
  return { endpoint, region, accessKeyId, secretAccessKey, ...placesOf(platform) };
}
