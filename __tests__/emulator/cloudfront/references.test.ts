import { call, refusalOf } from "../calls";
import {
  at,
  cachePolicy,
  cloudFront,
  distribution,
  keyGroup,
  made,
  named,
  publicKey,
  published,
  remove,
  replace,
} from "./documents";

type Service = ReturnType<typeof cloudFront>;

/** By collection: how one is made, how a distribution names it, and what its deletion is answered meanwhile. */
const USED: [string, (service: Service) => Promise<string>, (id: string) => string, string][] = [
  [
    "cache-policy",
    (service) => made(service, "cache-policy", cachePolicy("a")),
    (id) => `<CachePolicyId>${id}</CachePolicyId>`,
    "409 CachePolicyInUse",
  ],
  [
    "origin-request-policy",
    (service) => made(service, "origin-request-policy", named("OriginRequestPolicyConfig", "a")),
    (id) => `<OriginRequestPolicyId>${id}</OriginRequestPolicyId>`,
    "409 OriginRequestPolicyInUse",
  ],
  [
    "response-headers-policy",
    (service) => made(service, "response-headers-policy", named("ResponseHeadersPolicyConfig", "a")),
    (id) => `<ResponseHeadersPolicyId>${id}</ResponseHeadersPolicyId>`,
    "409 ResponseHeadersPolicyInUse",
  ],
  [
    "origin-access-control",
    (service) => made(service, "origin-access-control", named("OriginAccessControlConfig", "a")),
    (id) => `<OriginAccessControlId>${id}</OriginAccessControlId>`,
    "409 OriginAccessControlInUse",
  ],
  [
    "key-group",
    async (service) => made(service, "key-group", keyGroup("a", await made(service, "public-key", publicKey("a")))),
    (id) => `<TrustedKeyGroups><Items><KeyGroup>${id}</KeyGroup></Items></TrustedKeyGroups>`,
    "409 ResourceInUse",
  ],
];

test.each(USED)("a %s is not deleted while the distribution names it", async (path, make, reference, refusal) => {
  const service = cloudFront();
  const id = await make(service);
  const holder = `distribution/${await made(service, "distribution", distribution(reference(id)))}`;
  expect(refusalOf(await remove(service, `${path}/${id}`))).toBe(refusal);
  await replace(service, holder, distribution(""), "/config");
  expect((await remove(service, `${path}/${id}`)).status).toBe(204);
});

test.each(USED)("a distribution that names a %s which is not there is refused", async (_, _make, reference) => {
  const answer = await call(cloudFront(), `POST ${at("distribution")}`, { body: distribution(reference("gone")) });
  expect(answer.status).toBe(404);
  expect(answer.body).toContain("gone");
});

test("a public key is not deleted while a key group holds it", async () => {
  const service = cloudFront();
  const [old, next] = [
    await made(service, "public-key", publicKey("old")),
    await made(service, "public-key", publicKey("next")),
  ];
  const group = `key-group/${await made(service, "key-group", keyGroup("signing", old))}`;
  expect(refusalOf(await remove(service, `public-key/${old}`))).toBe("409 PublicKeyInUse");
  await replace(service, group, keyGroup("signing", next));
  expect((await remove(service, `public-key/${old}`)).status).toBe(204);
});

test("a key group cannot hold a key that is not there", async () => {
  const answer = await call(cloudFront(), `POST ${at("key-group")}`, { body: keyGroup("a", "KGONE") });
  expect(refusalOf(answer)).toBe("404 NoSuchPublicKey");
});

test("a function is not deleted while a behaviour runs it", async () => {
  const service = cloudFront();
  const arn = await published(service, "index");
  const association = `<FunctionAssociations><Items><FunctionAssociation><FunctionARN>${arn}</FunctionARN></FunctionAssociation></Items></FunctionAssociations>`;
  const id = await made(service, "distribution", distribution(association));
  expect(refusalOf(await remove(service, "function/index"))).toBe("409 FunctionInUse");
  await replace(service, `distribution/${id}`, distribution(""), "/config");
  expect((await remove(service, "function/index")).status).toBe(204);
});
