import { readDistribution } from "../../../local/edge/distribution";
import { deploymentOf, keyPair, NOW } from "./fixture";
import { edgeStack } from "./stack";
import { generateKeyPairSync } from "node:crypto";

const stack = edgeStack({ rsa: keyPair("rsa"), ec: keyPair("ec") });
const DISTRIBUTION = "aws_cloudfront_distribution.vod";

function read(changes: Record<string, Record<string, unknown>> = {}, distribution: Record<string, unknown> = {}) {
  const changed = { ...stack[DISTRIBUTION], ...distribution };
  return readDistribution(deploymentOf({ ...stack, [DISTRIBUTION]: changed, ...changes }), () => NOW);
}
const defaults = (values: object) => ({
  default_cache_behavior: { ...(stack[DISTRIBUTION]?.default_cache_behavior as object), ...values },
});

test("behaviours keep their order, the default one last, and trust the keys of their groups only", () => {
  const { behaviors } = read();
  expect(behaviors.map(({ pattern }) => pattern)).toEqual(["/play/*", "/posters/*", "/app/*", "*"]);
  expect([...(behaviors[3]?.trustedKeys?.keys() ?? [])]).toEqual(["KRSA", "KEC"]);
  expect(behaviors[0]?.trustedKeys).toBeUndefined();
});

test("an origin group goes to its first member and says so", () => {
  const group = { origin_id: "pair", member: [{ origin_id: "api" }, { origin_id: "media" }] };
  const distribution = read({}, { origin_group: group, ...defaults({ target_origin_id: "pair" }) });
  expect(distribution.behaviors.at(-1)?.origin.id).toBe("api");
  expect(distribution.notEmulated).toEqual(["failover of origin group pair: requests go to its first member"]);
});

test("real-time logs are not written, and the edge says of which paths", () => {
  const { default_cache_behavior: media } = defaults({});
  const route = { ...media, path_pattern: "/v1/*", realtime_log_config_arn: "arn:aws:cloudfront::1:media" };
  expect(read({}, { ordered_cache_behavior: [route] }).notEmulated).toEqual(["real-time logs of /v1/*"]);
});

test.each([
  [
    { cache_policy_id: "none" },
    'default_cache_behavior.cache_policy_id: no aws_cloudfront_cache_policy of the stack has the id "none"',
  ],
  [
    { cache_policy_id: undefined },
    "default_cache_behavior.cache_policy_id: missing; name an aws_cloudfront_cache_policy",
  ],
  [{ target_origin_id: "x" }, 'default_cache_behavior.target_origin_id: got "x", allowed: media, api, posters'],
  [{ trusted_key_groups: ["x"] }, 'no aws_cloudfront_key_group has the id "x"'],
  [
    { forwarded_values: { query_string: true } },
    "default_cache_behavior.forwarded_values: not read here, allowed: cache_policy_id and origin_request_policy_id",
  ],
  [
    { function_association: { event_type: "viewer-response", function_arn: "x" } },
    'default_cache_behavior.function_association: no aws_cloudfront_function has the ARN "x"',
  ],
])("a dangling reference %j is named", (values, message) => {
  expect(() => read({}, defaults(values))).toThrow(new Error(`${DISTRIBUTION}: ${message}`));
});

test("a web ACL that is not there is named", () => {
  expect(() => read({}, { web_acl_id: "x" })).toThrow(
    new Error(`${DISTRIBUTION}: web_acl_id: no aws_wafv2_web_acl has the ARN "x"`),
  );
});

test("a key that CloudFront would not take is refused", () => {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const short = { id: "KRSA", encoded_key: publicKey.export({ type: "spki", format: "pem" }) };
  expect(() => read({ "aws_cloudfront_public_key.rsa": short })).toThrow(
    new Error(
      `${DISTRIBUTION}: aws_cloudfront_public_key.rsa.encoded_key: got rsa 1024, allowed: RSA 2048, ECDSA P-256 (prime256v1)`,
    ),
  );
  expect(() => read({ "aws_cloudfront_public_key.rsa": { id: "KRSA", encoded_key: "no" } })).toThrow(
    new Error(
      `${DISTRIBUTION}: aws_cloudfront_public_key.rsa.encoded_key: not a public key in PEM; paste the whole BEGIN PUBLIC KEY block`,
    ),
  );
});

test("the edge runs exactly one distribution", () => {
  expect(() => readDistribution(deploymentOf({}), () => NOW)).toThrow(
    "the edge runs one aws_cloudfront_distribution, got 0",
  );
});
