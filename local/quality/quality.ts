import type { BeaconRecord } from "../../handlers/shared/beacon-record";
import type { AwsResponse } from "../kernel/aws-service";
import type { Origin } from "../gateway/route";
import { numbersOf } from "./numbers";
import { qualityPage } from "./page";

/** Where the numbers stand at the gateway's port; no bucket here has this name. */
export const QUALITY_PATH = "/quality";

/** Whoever sits at this machine may look; a page of another name that leads here may not. */
const HOSTS = ["127.0.0.1", "localhost"];

/** The page of the numbers. */
export function qualityOrigin(heard: () => Promise<readonly BeaconRecord[]>): Origin {
  return {
    matches: (host, path) => path === QUALITY_PATH && HOSTS.includes(host),
    async handle({ method }): Promise<AwsResponse> {
      if (method !== "GET") return { status: 405, headers: { allow: "GET" } };
      return {
        status: 200,
        headers: {
          "content-type": "text/html; charset=utf-8",
          "cache-control": "no-store",
          "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
        },
        body: qualityPage(numbersOf(await heard())),
      };
    },
  };
}
