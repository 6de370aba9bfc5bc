import { call, refusalOf } from "../calls";
import { at, cachePolicy, cloudFront, etagOf, idOf, made, remove, replace } from "./documents";

test("what is created is read back as it was sent, whole and as its configuration alone", async () => {
  const service = cloudFront();
  const sent = cachePolicy("a", "<Comment>R&amp;D &lt;1&gt;</Comment>");
  const created = await call(service, `POST ${at("cache-policy")}`, { body: sent });
  const id = idOf(created);
  expect(created).toMatchObject({
    status: 201,
    headers: { location: `https://cloudfront.amazonaws.com/2020-05-31/cache-policy/${id}` },
  });
  const read = await call(service, `GET ${at(`cache-policy/${id}`)}`);
  expect(etagOf(read)).toBe(etagOf(created));
  const { body } = await call(service, `GET ${at(`cache-policy/${id}/config`)}`);
  expect(body).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<CachePolicyConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Name>a</Name><MinTTL>1</MinTTL><Comment>R&#38;D &#60;1&#62;</Comment></CachePolicyConfig>',
  );
});

test("a name is taken once", async () => {
  const service = cloudFront();
  await made(service, "cache-policy", cachePolicy("a"));
  const again = await call(service, `POST ${at("cache-policy")}`, { body: cachePolicy("a") });
  expect(refusalOf(again)).toBe("409 CachePolicyAlreadyExists");
});

test("whoever changes or deletes names the state that was seen, and that changes with it", async () => {
  const service = cloudFront();
  const path = `cache-policy/${await made(service, "cache-policy", cachePolicy("a"))}`;
  const seen = etagOf(await call(service, `GET ${at(path)}`));
  const put = (headers: Record<string, string>) =>
    call(service, `PUT ${at(path)}`, { body: cachePolicy("a", "<MaxTTL>9</MaxTTL>"), headers });
  expect(refusalOf(await put({}))).toBe("400 InvalidIfMatchVersion");
  expect(refusalOf(await put({ "if-match": "EOLD" }))).toBe("412 PreconditionFailed");
  const changed = await put({ "if-match": seen });
  expect(changed.body).toContain("<MaxTTL>9</MaxTTL>");
  expect(etagOf(changed)).not.toBe(seen);
  const stale = await call(service, `DELETE ${at(path)}`, { headers: { "if-match": seen } });
  expect(refusalOf(stale)).toBe("412 PreconditionFailed");
  expect((await remove(service, path)).status).toBe(204);
  expect(refusalOf(await call(service, `GET ${at(path)}`))).toBe("404 NoSuchCachePolicy");
  expect(service.names()).toEqual([]);
});

test("a document of another kind is refused", async () => {
  const answer = await call(cloudFront(), `POST ${at("key-group")}`, { body: cachePolicy("a") });
  expect(refusalOf(answer)).toBe("400 MalformedInput");
});

test("a call that is not answered says where to add it", async () => {
  const answer = await call(cloudFront(), `GET ${at("streaming-distribution")}`);
  expect(answer.status).toBe(501);
  expect(answer.body).toContain("is not answered by the emulator: add it to emulator/cloudfront");
});

test.each([["HeaderBehavior", "The parameter HeaderBehavior is invalid for policy with caching disabled."]])(
  "a cache policy that keeps nothing has no keys (%s)",
  async (element, message) => {
    const keys = `<MaxTTL>0</MaxTTL><ParametersInCacheKeyAndForwardedToOrigin><${element}>whitelist</${element}></ParametersInCacheKeyAndForwardedToOrigin>`;
    const answer = await call(cloudFront(), `POST ${at("cache-policy")}`, { body: cachePolicy("a", keys) });
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining(message) });
    const one = cachePolicy("b", keys.replace("<MaxTTL>0", "<MaxTTL>1"));
    expect((await call(cloudFront(), `POST ${at("cache-policy")}`, { body: one })).status).toBe(201);
  },
);

test("an origin request policy may not list Authorization", async () => {
  const body = `<OriginRequestPolicyConfig><Name>a</Name><HeadersConfig><HeaderBehavior>whitelist</HeaderBehavior><Headers><Items><Name>authorization</Name></Items></Headers></HeadersConfig></OriginRequestPolicyConfig>`;
  const answer = await call(cloudFront(), `POST ${at("origin-request-policy")}`, { body });
  expect(refusalOf(answer)).toBe("400 InvalidArgument");
  const other = await call(cloudFront(), `POST ${at("origin-request-policy")}`, {
    body: body.replace("authorization", "CloudFront-Viewer-Country"),
  });
  expect(other.status).toBe(201);
});

test("a public key's comment may change, the key itself may not", async () => {
  const service = cloudFront();
  const config = (pem: string, comment: string) =>
    `<PublicKeyConfig><CallerReference>r</CallerReference><Name>a</Name><EncodedKey>${pem}</EncodedKey><Comment>${comment}</Comment></PublicKeyConfig>`;
  const path = `public-key/${await made(service, "public-key", config("ONE", ""))}`;
  expect((await replace(service, path, config("ONE", "rotated"), "/config")).status).toBe(200);
  expect(refusalOf(await replace(service, path, config("TWO", ""), "/config"))).toBe(
    "400 CannotChangeImmutablePublicKeyFields",
  );
});
