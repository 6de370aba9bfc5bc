import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** Nothing leaves the machine, and nothing is kept between runs; playback may start without a click. */
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--autoplay-policy=no-user-gesture-required",
];

export interface Browser {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained about: uncaught errors, and console errors (a blocked resource is one). */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface LaunchOptions {
  readonly executablePath: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: "light" | "dark";
  readonly isMobile?: boolean;
  /** Switches besides the usual ones. */
  readonly args?: readonly string[];
}

/** The Chromium on `path` (the value of PATH), or nothing: what that means is the caller's decision. */
export function findChromium(path: string): string | undefined {
  const candidates = path.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return candidates.find((candidate) => existsSync(candidate));
}

/** Starts Chromium without a window in a new profile folder, which `close` removes. */
export async function launch({
  executablePath,
  viewport = { width: 1280, height: 800 },
  colorScheme = "light",
  isMobile = false,
  args = [],
}: LaunchOptions): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), "vod-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: [...ARGS, ...args],
    viewport,
    colorScheme,
    isMobile,
    hasTouch: isMobile,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return {
    context,
    page,
    complaints,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
