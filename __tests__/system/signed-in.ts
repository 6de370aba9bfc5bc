import { readFileSync } from "node:fs";
import { join } from "node:path";
import { testWith } from "../support/tools";
import { type Browser, findChromium, launch } from "./browser";
import type { Running } from "./running";

const executablePath = findChromium(process.env.PATH ?? "");
export const withBrowser = testWith("Chromium", executablePath !== undefined, "REQUIRE_BROWSER");

/** Opens the player page in a new browser and signs one of the sample viewers in. */
export async function visit(running: Running, username: string): Promise<Browser> {
  const browser = await launch({ executablePath: executablePath ?? "" });
  const { page } = browser;
  await page.goto(running.report.viewer.app);
  await page.getByTestId("sign-in").click();
  await page.getByLabel("E-mail address").fill(username);
  await page.getByLabel("Password").fill(passwordOf(running));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByTestId("sign-out").waitFor();
  return browser;
}

/** The sample viewers' password, which the platform made at its first start. */
function passwordOf({ state }: Running): string {
  return (JSON.parse(readFileSync(join(state, "secrets.json"), "utf8")) as { viewerPassword: string }).viewerPassword;
}
