import { createPrivateKey } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironment } from "../../../environments/load";
import { signedCookies } from "../../../handlers/mint-playback/cookies";
import { startEdge, type Edge } from "../../../local/edge/edge";
import { keysDirectory, openSecrets } from "../../../local/secrets";
import { activeKey, privateKeyFor } from "../../../local/signing-keys";
import { block } from "../../../local/terraform/deployment";
import { readStack, type Stack } from "../../../local/terraform/read-stack";
import { keyRing } from "../../../script/keys/key-ring";
import { makePair } from "../../../script/keys/make-pair";
import { activate, newKey, replace, retire, type Deps } from "../../../script/keys/rotation";
import { ask, fakeOrigin, type FakeOrigin } from "../../local/edge/fixture";
import { synthesised } from "../../support/synthesised";

const PATH = "/v1/aaaa/index.m3u8";
const LIFE_SECONDS = 300;

/** Two edge locations: a change of the distribution does not reach all of them at once. */
let edges: { ahead: Edge; behind: Edge };
let origin: FakeOrigin;
let state: string;
let now: number;
let deployed: Stack;
const unexpected = () => Promise.reject(new Error("local needs no secret of AWS"));

beforeEach(async () => {
  now = Date.parse("2026-11-25T12:00:00Z");
  state = mkdtempSync(join(tmpdir(), "vod-steps-"));
  openSecrets(state);
  origin = await fakeOrigin();
  origin.handler = (_, response) => response.writeHead(200, { "cache-control": "no-store" }).end("manifest");
  const open = () => startEdge({ port: 0, clock: () => now, gatewayAddress: origin.address });
  edges = { ahead: await open(), behind: await open() };
  deployed = synthesise();
  for (const edge of Object.values(edges)) edge.configure(deployed);
});
afterEach(async () => {
  for (const edge of Object.values(edges)) await edge.stop();
  await origin.stop();
  rmSync(state, { recursive: true });
});

const deps = (): Deps => ({
  environment: "local",
  ring: keyRing("local", "", state),
  secretState: unexpected,
  putSecret: unexpected,
  wait: unexpected,
  print: () => undefined,
});

function synthesise(): Stack {
  const local = loadEnvironment("local", { keys: keysDirectory(state), signingKey: activeKey(state) });
  return readStack(synthesised(local).file, {
    account: local.account,
    region: local.region,
    edgeHost: "cdn.example.com",
    gatewayHost: "127.0.0.1:1",
    variables: { cdn_identifier: "identifier", api_origin_secret: "secret" },
  });
}

/** Applies what the key ring says now; one edge location has it at once, the other with the next apply. */
function apply(): void {
  edges.behind.configure(deployed);
  deployed = synthesise();
  edges.ahead.configure(deployed);
}

/** What the mint of the deployed stack gives a viewer. */
function mint(): string {
  const variables = block(deployed.get("aws_lambda_function.mint_playback").values, "environment")?.variables;
  const { CDN_ORIGIN = "", SIGNING_KEY_ID = "", SIGNING_SECRET_ARN } = variables as Record<string, string>;
  const secret = deployed.all("aws_secretsmanager_secret").find(({ values }) => values.arn === SIGNING_SECRET_ARN);
  const cookies = signedCookies({
    cdnOrigin: CDN_ORIGIN,
    prefix: "aaaa",
    expiresAt: now / 1000 + LIFE_SECONDS,
    playerSite: "same-site",
    keyId: SIGNING_KEY_ID,
    privateKey: createPrivateKey(privateKeyFor(String(secret?.values.name), state, openSecrets(state)) ?? ""),
  });
  return cookies.map((cookie) => cookie.split(";")[0]).join("; ");
}

const play = async (edge: Edge, cookie: string): Promise<number> =>
  (await ask(edge.port, PATH, { headers: { cookie } })).status;

/** Everybody whose cookie has not ended, at every edge location. */
async function everybodyPlays(cookies: readonly string[]): Promise<number[]> {
  return Promise.all(cookies.flatMap((cookie) => Object.values(edges).map((edge) => play(edge, cookie))));
}

describe.each(["rsa", "ecdsa"] as const)("rotation to a key of type %s", (type) => {
  test("refuses no entitled viewer at any step, at any edge location, and the old key after the last", async () => {
    const viewers = [mint()];
    newKey(deps(), "next", () => makePair(type), "");
    apply();
    viewers.push(mint());
    expect(await everybodyPlays(viewers)).toEqual([200, 200, 200, 200]);

    await activate(deps(), "next");
    apply();
    viewers.push(mint());
    expect(await everybodyPlays(viewers)).toEqual([200, 200, 200, 200, 200, 200]);
    const signedByOld = viewers[1] ?? "";

    now += LIFE_SECONDS * 1000; // the last cookie of the old key has ended
    const atTheEnd = [mint()];
    retire(deps(), "local");
    const stale = oldCookie();
    apply();
    atTheEnd.push(mint());
    expect(await everybodyPlays(atTheEnd)).toEqual([200, 200, 200, 200]);
    expect([await play(edges.ahead, stale), await play(edges.ahead, signedByOld)]).toEqual([403, 403]);
  }, 60_000);
});

/** A cookie that the old key signed, good by time. */
function oldCookie(): string {
  const key = deployed.get("aws_cloudfront_public_key.signing_local").values;
  const cookies = signedCookies({
    cdnOrigin: "https://cdn.example.com",
    prefix: "aaaa",
    expiresAt: now / 1000 + LIFE_SECONDS,
    playerSite: "same-site",
    keyId: String(key.id),
    privateKey: createPrivateKey(openSecrets(state).signingKey),
  });
  return cookies.map((cookie) => cookie.split(";")[0]).join("; ");
}

test("replacing a key that leaked refuses what it signed as soon as the change is there", async () => {
  const leaked = mint();
  expect(await play(edges.ahead, leaked)).toBe(200);
  replace(deps(), "next", () => makePair("rsa"), "");
  apply();
  const fresh = mint();
  expect([await play(edges.ahead, leaked), await play(edges.ahead, fresh)]).toEqual([403, 200]);
  // The price that the command states: an edge location that the change has not reached refuses the new key.
  expect([await play(edges.behind, leaked), await play(edges.behind, fresh)]).toEqual([200, 403]);
});
