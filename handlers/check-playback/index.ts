import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CLIENT_OPTIONS } from "../shared/client-options";
import { jsonLog } from "../shared/log";
import { ENVIRONMENT_VARIABLE } from "../shared/metrics";
import { matching, readEnv, type Reader, text } from "../shared/read-env";
import { secretViewer } from "./check-viewer";
import type { CheckPlaybackEnv } from "./contract";
import { makeHandler } from "./handler";
import { cognitoSignIn } from "./sign-in";
import type { Fetch } from "./watch";

const env = readEnv("check-playback", process.env, {
  CDN_ORIGIN: matching(/^https:\/\/[^/]+$/, "https://<domain> without a path"),
  CLIENT_ID: text,
  VIEWER_SECRET_ARN: text,
} satisfies Record<keyof CheckPlaybackEnv, Reader<unknown>>);

/** Longer than any viewer waits. */
const PATIENCE_MS = 10_000;

const impatient: Fetch = (address, options) => fetch(address, { ...options, signal: AbortSignal.timeout(PATIENCE_MS) });

/** As the SDK's clients choose it. */
const cognito = process.env.AWS_ENDPOINT_URL ?? `https://cognito-idp.${process.env.AWS_REGION}.amazonaws.com/`;

export const handler = makeHandler({
  viewer: secretViewer(new SecretsManagerClient(CLIENT_OPTIONS), env.VIEWER_SECRET_ARN),
  signIn: cognitoSignIn(impatient, cognito, env.CLIENT_ID),
  fetch: impatient,
  cdnOrigin: env.CDN_ORIGIN,
  now: Date.now,
  log: jsonLog("check-playback", Date.now, console.log, process.env[ENVIRONMENT_VARIABLE]),
});
