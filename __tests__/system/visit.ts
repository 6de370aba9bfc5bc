import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { testWith } from "../support/tools";
import { type Browser, findChromium, launch } from "./browser";
import type { Running } from "./running";

const executablePath = findChromium(process.env.PATH ?? "");

/** A test that needs Chromium. */
export const withBrowser = testWith("Chromium", executablePath !== undefined, "REQUIRE_BROWSER");

/** A new browser, which the test closes. */
export function openBrowser(): Promise<Browser> {
  return launch({ executablePath: executablePath ?? "" });
}

/** Opens the player page, and signs in on the user pool's own page, which is on another host than the player's. */
export async function signIn(page: Page, running: Running, username: string): Promise<void> {
  await page.goto(running.report.viewer.app);
  await page.getByTestId("sign-in").click();
  await page.getByLabel("E-mail address").fill(username);
  await page.getByLabel("Password").fill(passwordOf(running));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByTestId("sign-out").waitFor();
}

/** Signs in, and opens the first title of the list. */
export async function visit(page: Page, running: Running, username: string): Promise<void> {
  await signIn(page, running, username);
  await page.getByTestId("titles").getByRole("link").first().click();
}

/** The sample viewers' password, which the platform made at its first start. */
export function passwordOf({ state }: Running): string {
  return (JSON.parse(readFileSync(join(state, "secrets.json"), "utf8")) as { viewerPassword: string }).viewerPassword;
}

/** Waits until the page says this of its player. */
export async function untilPlayer(page: Page, fact: string, value: string): Promise<void> {
  await page.waitForFunction(
    ([name, wanted]) => document.documentElement.dataset[name ?? ""] === wanted,
    [fact, value],
    { timeout: 15_000 },
  );
}
