import { call, refusalOf } from "../calls";
import { at, cloudFront, distribution, made, remove, replace } from "./documents";

test("a distribution stands at once, at the host that somebody listens at", async () => {
  const service = cloudFront();
  const id = await made(service, "distribution", distribution(""));
  const { body } = await call(service, `GET ${at(`distribution/${id}`)}`);
  expect(body).toContain(`<ARN>arn:aws:cloudfront::111111111111:distribution/${id}</ARN><Status>Deployed</Status>`);
  expect(body).toContain("<DomainName>127.0.0.1:8080</DomainName>");
});

test("what a request leaves out is filled in, what it says is kept", async () => {
  const service = cloudFront();
  const sent = distribution("<SmoothStreaming>true</SmoothStreaming>").replace(
    "</DistributionConfig>",
    "<HttpVersion>http3</HttpVersion><CacheBehaviors><Items><CacheBehavior><PathPattern>/a</PathPattern></CacheBehavior></Items></CacheBehaviors></DistributionConfig>",
  );
  const id = await made(service, "distribution", sent);
  const { body } = await call(service, `GET ${at(`distribution/${id}/config`)}`);
  expect(body).toContain("<HttpVersion>http3</HttpVersion>");
  expect(body).toContain("<SmoothStreaming>true</SmoothStreaming>");
  expect(body).toContain("<Aliases><Quantity>0</Quantity></Aliases>");
  expect(body).toContain("<PathPattern>/a</PathPattern><TrustedSigners><Enabled>false</Enabled>");
});

test("a distribution is deleted only once it is disabled", async () => {
  const service = cloudFront();
  const path = `distribution/${await made(service, "distribution", distribution(""))}`;
  expect(refusalOf(await remove(service, path))).toBe("409 DistributionNotDisabled");
  await replace(service, path, distribution("", { enabled: false }), "/config");
  expect((await remove(service, path)).status).toBe(204);
  expect(service.names()).toEqual([]);
});

test("a behaviour needs an origin that is there", async () => {
  const body = distribution("", { origin: "<Id>other</Id>" });
  expect(refusalOf(await call(cloudFront(), `POST ${at("distribution")}`, { body }))).toBe("404 NoSuchOrigin");
});

test("a caller's reference makes one distribution", async () => {
  const service = cloudFront();
  await made(service, "distribution", distribution(""));
  const again = await call(service, `POST ${at("distribution")}`, { body: distribution("") });
  expect(refusalOf(again)).toBe("409 DistributionAlreadyExists");
});

test("tags come with the distribution, are added and taken away, and go with it", async () => {
  const service = cloudFront();
  const tag = (key: string, value: string) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`;
  const tagged = `<DistributionConfigWithTags>${distribution("", { enabled: false })}<Tags><Items>${tag("env", "dev")}</Items></Tags></DistributionConfigWithTags>`;
  const id = await made(service, "distribution?WithTags", tagged);
  const resource = `Resource=arn:aws:cloudfront::111111111111:distribution/${id}`;
  const tags = async () =>
    [...(await call(service, `GET ${at("tagging")}?${resource}`)).body.matchAll(/<Key>(.*?)<.*?<Value>(.*?)</g)].map(
      ([, key, value]) => `${key}=${value}`,
    );
  expect(await tags()).toEqual(["env=dev"]);
  await call(service, `POST ${at("tagging")}?Operation=Tag&${resource}`, {
    body: `<Tags><Items>${tag("owner", "video")}</Items></Tags>`,
  });
  await call(service, `POST ${at("tagging")}?Operation=Untag&${resource}`, {
    body: "<TagKeys><Items><Key>env</Key></Items></TagKeys>",
  });
  expect(await tags()).toEqual(["owner=video"]);
  await remove(service, `distribution/${id}`);
  expect(await tags()).toEqual([]);
});
