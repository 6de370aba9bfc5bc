import type { Browser } from "./browser";
import { Business, SUBSCRIBED } from "./business";
import type { Running } from "./running";
import { openBrowser, untilPlayer, visit, withBrowser } from "./visit";

const PAST = "2020-01-01T00:00:00Z";

/** What a viewer sees on the page when the business's systems change their entitlement. */
export function entitlementInTheBrowser(running: () => Running): void {
  const made: { business?: Business; browser?: Browser } = {};
  const business = (): Business => (made.business ??= new Business(running().report));
  const mint = (session: string) => business().ask("entitled", `POST /play/${running().report.assetId}`, { session });
  const signedIn = async (): Promise<Browser> => {
    made.browser = await openBrowser();
    await made.browser.page.clock.install();
    await visit(made.browser.page, running(), "viewer@example.com");
    await untilPlayer(made.browser.page, "playerState", "playing");
    // Slowly, so that a short video is not over before the test is.
    await made.browser.page.evaluate(() => {
      const video = document.querySelector("video");
      if (video) video.playbackRate = 0.1;
    });
    return made.browser;
  };

  afterEach(async () => {
    await made.browser?.close();
    await business().subscribe(SUBSCRIBED);
  });
  afterAll(() => business().close());

  withBrowser(
    "in Chromium a viewer whose subscription lapses in mid-play stops at the next refresh, and reads why",
    async () => {
      const { page } = await signedIn();
      await business().subscribe({ status: "CANCELLED", expiresAt: PAST });
      await page.waitForTimeout(500);
      expect(await page.evaluate(() => document.documentElement.dataset.playerState)).toBe("playing");
      await page.clock.fastForward(181_000); // the cookie is renewed after three minutes
      await untilPlayer(page, "playerState", "refused");
      expect(await page.evaluate(() => document.documentElement.dataset.playerProblem)).toBe("SUBSCRIPTION_CANCELLED");
      await page.getByTestId("problem").getByText("Your subscription has ended").waitFor();
      const position = () => page.evaluate(() => document.querySelector("video")?.currentTime);
      const stopped = await position();
      await new Promise((wait) => setTimeout(wait, 1000));
      expect(await position()).toBe(stopped);
    },
    60_000,
  );

  withBrowser(
    "in Chromium a page that is left frees its stream's slot",
    async () => {
      await business().subscribe({ ...SUBSCRIBED, streams: 1 });
      const { page } = await signedIn();
      const other = "session-0123456789-c";
      expect(await mint(other)).toEqual([403, "STREAM_LIMIT_REACHED"]);
      await page.goto("about:blank");
      for (let tries = 0; tries < 50 && (await mint(other))[0] !== 200; tries += 1) {
        await new Promise((wait) => setTimeout(wait, 100));
      }
      expect((await mint(other))[0]).toBe(200);
    },
    60_000,
  );
}
