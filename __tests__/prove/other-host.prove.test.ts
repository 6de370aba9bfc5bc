import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../environments/environment";
import { loadEnvironment } from "../../environments/load";
import { Journey } from "../../local/journey";
import { startPlatform, type Platform } from "../../local/platform";
import { keysDirectory, openSecrets } from "../../local/secrets";
import { readRelease } from "../../stacks/shared/release";
import { synthesise } from "../../stacks/synthesise";
import { testWith } from "../support/tools";
import { findChromium, launch } from "../system/browser";
import { ffmpeg, H264, makeVideo, picture } from "../system/media";
import { startOtherHost, type OtherHost } from "../system/other-host";
import { ROOT } from "../system/running";

const executablePath = findChromium(process.env.PATH ?? "");
const withBrowser = testWith("Chromium", executablePath !== undefined, "REQUIRE_BROWSER");
/** Cookies of another site are kept only where they are partitioned, as browsers are about to have it. */
const NO_THIRD_PARTY = ["--test-third-party-cookie-phaseout"];

/**
 * The edge is 127.0.0.1. A page of 127.0.0.1 with another port is on another host of the same site, one of localhost is
 * on another site. A third origin is in no list.
 */
describe("a player on another host", () => {
  const state = mkdtempSync(join(tmpdir(), "vod-other-host-"));
  const hosts: OtherHost[] = [];
  const origins = { sameSite: "", otherSite: "", unlisted: "" };
  let platform: Platform | undefined;
  let assetId = "";

  beforeAll(async () => {
    execFileSync(process.execPath, [require.resolve("tsx/cli"), "script/build.ts"], { cwd: ROOT, stdio: "pipe" });
    hosts.push(await startOtherHost(), await startOtherHost());
    const [listed, unlisted] = hosts;
    origins.sameSite = `http://127.0.0.1:${listed?.port}`;
    origins.otherSite = `http://localhost:${listed?.port}`;
    origins.unlisted = `http://127.0.0.1:${unlisted?.port}`;
    platform = await start("same-site");
    assetId = await publish(platform);
  }, 120_000);

  afterAll(async () => {
    await platform?.stop();
    for (const host of hosts) await host.stop();
    rmSync(state, { recursive: true, force: true });
  }, 30_000);

  async function start(playerSite: Environment["entitle"]["playerSite"]): Promise<Platform> {
    const secrets = openSecrets(state);
    const local = loadEnvironment("local", { keys: keysDirectory(state) });
    const { sameSite, otherSite } = origins;
    const changed: Environment = {
      ...local,
      ladder: { ...local.ladder, rungs: ["240p"] },
      entitle: { ...local.entitle, playerSite },
      deliver: { ...local.deliver, corsOrigins: [sameSite, otherSite] },
    };
    const out = join(state, "synth");
    synthesise([changed], readRelease(join(ROOT, "dist")), out);
    const stackFile = join(out, "stacks", "vod-local", "cdk.tf.json");
    const onTrouble = () => undefined;
    return startPlatform({ stackFile, dist: join(ROOT, "dist"), state, secrets, ffmpeg, port: 0, onTrouble });
  }

  async function publish({ aws, deployment }: Platform): Promise<string> {
    const name = (address: string, argument: string) => String(deployment.get(address).values[argument]);
    const journey = new Journey({
      ...aws,
      sourceBucket: name("aws_s3_bucket.source", "bucket"),
      uploadPrefix: "uploads/",
      catalogueTable: name("aws_dynamodb_table.catalogue", "name"),
    });
    const upload = await journey.upload(makeVideo("other-host.mp4", ...picture("426x240", 4), ...H264));
    await journey.follow(upload, () => undefined);
    journey.close();
    return upload.assetId;
  }

  /** What becomes of an attempt to watch from a page of this origin. */
  async function watchFrom(origin: string): Promise<string> {
    const browser = await launch({ executablePath: executablePath ?? "", args: NO_THIRD_PARTY });
    try {
      await browser.page.goto(origin);
      const { edgeAddress, tokens } = platform as Platform;
      return await browser.page.evaluate(
        ([play = "", token = ""]) =>
          (window as unknown as { watch(play: string, token: string): Promise<string> })
            .watch(play, token)
            .catch((error: Error) => error.message),
        [`${edgeAddress}/play/${assetId}`, tokens.entitled],
      );
    } finally {
      await browser.close();
    }
  }

  withBrowser(
    "of the same site plays with the usual setting, one of another site gets no further than the mint",
    async () => {
      expect(await watchFrom(origins.sameSite)).toBe("played");
      expect(await watchFrom(origins.otherSite)).toBe("manifest 403"); // SameSite=Lax: the cookies were not taken
    },
    60_000,
  );

  withBrowser(
    "of another site plays where the setting says so, though the browser takes no third-party cookies",
    async () => {
      await platform?.stop();
      platform = await start("cross-site");
      expect(await watchFrom(origins.otherSite)).toBe("played");
      expect(await watchFrom(origins.sameSite)).toBe("played");
    },
    90_000,
  );

  withBrowser(
    "of an origin that is in no list reads nothing",
    async () => {
      expect(await watchFrom(origins.unlisted)).toBe("Failed to fetch");
    },
    60_000,
  );
});
