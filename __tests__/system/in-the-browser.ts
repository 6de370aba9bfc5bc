import type { Browser } from "./browser";
import type { Running } from "./running";
import { openBrowser, passwordOf, visit, withBrowser } from "./visit";

/** The player page in a real browser, signed in as the sample viewers. */
export function inTheBrowser(running: () => Running): void {
  let browser: Browser;
  const page = () => browser.page;
  const fact = (name: string): Promise<string | undefined> =>
    page().evaluate((key) => document.documentElement.dataset[key], name);
  const until = (name: string, value: string): Promise<unknown> =>
    page().waitForFunction(([key, wanted]) => document.documentElement.dataset[key ?? ""] === wanted, [name, value], {
      timeout: 15_000,
    });
  const advances = async (seconds: number): Promise<void> => {
    const from = await page().evaluate(() => document.querySelector("video")?.currentTime ?? 0);
    await page().waitForFunction((past) => (document.querySelector("video")?.currentTime ?? 0) > past, from + seconds, {
      timeout: 15_000,
    });
  };
  const signIn = async (username: string): Promise<void> => {
    browser = await openBrowser();
    await visit(page(), running(), username);
  };

  afterEach(() => browser?.close());

  withBrowser(
    "in Chromium an entitled viewer plays, switches renditions, and changes the protocol",
    async () => {
      await signIn("viewer@example.com");
      await until("playerState", "playing");
      await advances(0.5);
      for (const rendition of ["240", "480"]) {
        await page()
          .getByTestId("quality-options")
          .getByRole("radio", { name: `${rendition}p` })
          .check();
        await page().evaluate(() => {
          const video = document.querySelector("video");
          if (video) video.currentTime = 0;
          return video?.play();
        });
        await until("rendition", rendition);
        await advances(0.3);
      }
      await page().getByTestId("format-dash").check();
      await until("playerFormat", "dash");
      await until("playerState", "playing");
      await advances(0.5);
      expect([await fact("playerProblem"), browser.complaints]).toEqual(["", []]);
    },
    90_000,
  );

  withBrowser(
    "in Chromium a wrong password is told, a link to a title survives the sign-in, and signing out is final",
    async () => {
      const { report } = running();
      browser = await openBrowser();
      const title = `${report.viewer.app}#/watch/${report.assetId}`;
      await page().goto(title);
      await page().getByTestId("sign-in").click();
      await page().getByLabel("E-mail address").fill("viewer@example.com");
      await page().getByLabel("Password").fill("wrong");
      await page().getByRole("button", { name: "Sign in" }).click();
      await page().getByRole("alert").getByText("Incorrect username or password.").waitFor();
      await page().getByLabel("Password").fill(passwordOf(running()));
      await page().getByRole("button", { name: "Sign in" }).click();
      await until("playerState", "playing");
      expect(page().url()).toBe(title); // no code, no state
      expect(await page().evaluate(() => [sessionStorage.length, localStorage.length])).toEqual([0, 0]);
      await page().reload();
      await page().getByTestId("sign-in").click(); // the browser is known: no password
      await until("playerState", "playing");
      await page().getByTestId("sign-out").click();
      await page().waitForURL(report.viewer.app);
      await page().getByTestId("sign-in").click();
      await page().getByLabel("Password").waitFor();
      expect(browser.complaints).toEqual([]);
    },
    60_000,
  );

  withBrowser(
    "in Chromium the same address is refused without the cookie",
    async () => {
      await signIn("viewer@example.com");
      await until("playerState", "playing");
      await page().getByTestId("try-without-cookie").click();
      await page().getByText("The edge refused it: 403").first().waitFor();
    },
    60_000,
  );

  withBrowser(
    "in Chromium a viewer without a subscription is told so, and nothing plays",
    async () => {
      await signIn("guest@example.com");
      await page().getByTestId("problem").getByText("A subscription is needed").waitFor();
      expect(await fact("playerProblem")).toBe("SUBSCRIPTION_REQUIRED");
      expect(await page().evaluate(() => document.querySelector("video")?.currentTime)).toBe(0);
    },
    60_000,
  );
}
