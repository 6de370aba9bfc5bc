import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { SignJWT, type JSONWebKeySet } from "jose";
import { readDistribution } from "../../local/edge/distribution";
import { respond, type Pipeline } from "../../local/edge/pipeline";
import { judgeToken } from "../../local/services/api-gateway/jwt-authorizer";
import { readStack } from "../../local/terraform/read-stack";
import { viewerRequest } from "../local/edge/fixture";
import { environment, synthesised } from "../support/synthesised";

const NOW = Date.UTC(2026, 0, 2);
const HOST = "127.0.0.1:8443";
const ISSUER = "https://127.0.0.1:4566/eu-west-1_pool";
const MEDIA = "/v1/8b73df1a2258505a7e0b3e6d1aa6141d/index.m3u8";

/** What reached an origin: a path that the gate let through. */
class Admitted extends Error {}

/** The synthesised distribution, its gate and its firewall, with nothing behind. */
export function gate(): Pipeline {
  const deployment = readStack(synthesised(environment("local")).file, {
    account: "000000000000",
    region: "eu-west-1",
    edgeHost: HOST,
    gatewayHost: "127.0.0.1:4566",
    variables: { api_origin_secret: "api-secret", cdn_identifier: "cdn-identifier" },
  });
  const distribution = readDistribution(deployment, () => NOW);
  return {
    distribution: { ...distribution, firewall: () => undefined }, // its rates would refuse what the gate must
    clock: () => NOW,
    load: (_, behavior) => Promise.reject(new Admitted(behavior.trustedKeys ? "gated" : "open")),
  };
}

/** How a request ended: the edge's refusal, an origin that was asked, or neither, which no request may cause. */
async function ended(pipeline: Pipeline, request: Parameters<typeof viewerRequest>[0]): Promise<string> {
  try {
    const { status } = await respond(pipeline, viewerRequest({ ...request, address: "127.0.0.1" }));
    return status >= 400 && status < 500 ? "refused" : `answered ${status}`;
  } catch (error) {
    return error instanceof Admitted ? error.message : `broke: ${String(error)}`;
  }
}

const alphabet = 'abcXYZ019-_~%+/=;," \\{}';
const text = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 400 }),
  fc.string({ unit: "binary", maxLength: 40 }),
);

/** Cookies, some of whose values have the form of the real ones: a trusted key's id, a policy that would admit. */
export async function randomCookies(pipeline: Pipeline, numRuns: number): Promise<void> {
  const [keyId = ""] = pipeline.distribution.behaviors.flatMap(({ trustedKeys }) => [...(trustedKeys?.keys() ?? [])]);
  const condition = { DateLessThan: { "AWS:EpochTime": NOW / 1000 + 300 } };
  const policy = Buffer.from(
    JSON.stringify({ Statement: [{ Resource: `https://${HOST}/v1/*`, Condition: condition }] }),
  );
  const value = (likely: string) => fc.option(fc.oneof(fc.constant(likely), text), { nil: undefined, freq: 6 });
  const bytes = fc.uint8Array({ minLength: 0, maxLength: 256 }).map((raw) => Buffer.from(raw).toString("base64"));
  const values = fc.record({
    Policy: value(policy.toString("base64").replaceAll("+", "-").replaceAll("=", "_").replaceAll("/", "~")),
    Signature: fc.option(fc.oneof(bytes, text), { nil: undefined, freq: 6 }),
    "Key-Pair-Id": value(keyId),
    "Hash-Algorithm": value("SHA256"),
    Expires: value(String(NOW / 1000 + 300)),
  });
  const cookies = fc.oneof(
    text,
    values.map((all) =>
      Object.entries(all)
        .filter(([, one]) => one !== undefined)
        .map(([name, one]) => `CloudFront-${name}=${one}`)
        .join("; "),
    ),
  );
  await fc.assert(
    fc.asyncProperty(cookies, fc.boolean(), async (cookie, asQuery) => {
      const query = asQuery ? cookie.replaceAll("CloudFront-", "").replaceAll("; ", "&") : "";
      expect(await ended(pipeline, { path: MEDIA, query, headers: asQuery ? {} : { cookie } })).toBe("refused");
    }),
    { numRuns },
  );
}

const OPEN = /^\/(?:app|posters|play|api)\//;
const piece = fc.constantFrom(
  ...[
    "v1",
    "V1",
    "app",
    "posters",
    "play",
    "api",
    "..",
    ".",
    "",
    "%2e%2e",
    "..%2f",
    "%252e",
    "..;",
    "\\",
    "%00",
    "%5c",
  ],
  ...["index.m3u8", "index.html", "8b73df1a2258505a7e0b3e6d1aa6141d", "*", "?", "%", "%zz", "%76%31", "é"],
);

/** Paths without a cookie: none may reach the media origin, and one of an open route must begin as that route does. */
export async function randomPaths(pipeline: Pipeline, numRuns: number): Promise<void> {
  const path = fc.oneof(
    fc.array(fc.oneof(piece, text), { maxLength: 8 }).map((parts) => `/${parts.join("/")}`),
    fc.webPath().map((each) => `/${each}`),
  );
  const method = fc.constantFrom("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH");
  await fc.assert(
    fc.asyncProperty(path, method, text, async (each, by, query) => {
      const end = await ended(pipeline, { path: each, method: by, query, headers: {} });
      if (end === "refused") return;
      expect(end).toBe("open");
      expect(normalised(each)).toMatch(OPEN);
    }),
    { numRuns },
  );
}

/** RFC 3986 as CloudFront applies it before it chooses a behaviour, written down a second time. */
function normalised(path: string): string {
  const letters = path.replace(/%([0-9a-f]{2})/gi, (whole, hex: string) => {
    const letter = String.fromCharCode(parseInt(hex, 16));
    return /[\w.~-]/.test(letter) ? letter : whole;
  });
  const parts = letters.split("/");
  const kept: string[] = [];
  for (const part of parts) {
    if (part === "..") kept.pop();
    else if (part !== "." && part !== "") kept.push(part);
  }
  const asFolder = ["", ".", ".."].includes(parts.at(-1) ?? "") && kept.length > 0;
  return `/${kept.join("/")}${asFolder ? "/" : ""}`;
}

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
const jwks = { keys: [{ ...keys.publicKey.export({ format: "jwk" }), kid: "one", alg: "RS256" }] } as JSONWebKeySet;

/** Tokens: noise, good ones with a part replaced, good claims under another key. */
export async function randomTokens(numRuns: number): Promise<void> {
  const claims = { iss: ISSUER, client_id: "player", exp: NOW / 1000 + 60, sub: "viewer" };
  const sign = (key: typeof keys) => new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "one" }).sign(key.privateKey); // prettier-ignore
  const [good, forged] = [await sign(keys), await sign(other)];
  const json = fc.json().map((each) => Buffer.from(each).toString("base64url"));
  const part = fc.oneof(text, json, fc.constant(""));
  const replaced = fc
    .tuple(fc.constantFrom(0, 1, 2), part)
    .map(([at, by]) => good.split(".").map((each, index) => (index === at ? by : each)).join(".")); // prettier-ignore
  const token = fc.oneof(
    text,
    replaced,
    fc.tuple(part, part, part).map((all) => all.join(".")),
    fc.constant(forged),
  );
  const config = { issuer: ISSUER, audience: ["player"], identitySource: "$request.header.Authorization" };
  const jwksFor = (issuer: string) => Promise.resolve(issuer === ISSUER ? jwks : undefined);
  expect((await judgeToken({ config, scopes: [], value: good }, jwksFor, () => NOW)).ok).toBe(true);
  await fc.assert(
    fc.asyncProperty(token, async (value) => {
      fc.pre(value !== good);
      expect(await judgeToken({ config, scopes: [], value }, jwksFor, () => NOW)).toMatchObject({
        ok: false,
        status: 401,
      });
    }),
    { numRuns },
  );
}
