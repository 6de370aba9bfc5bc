import { call, refusalOf } from "../calls";
import { at, cloudFront, distribution, etagOf, published } from "./documents";

const update = (code: string): string =>
  `<UpdateFunctionRequest><FunctionConfig><Runtime>cloudfront-js-2.0</Runtime></FunctionConfig><FunctionCode>${Buffer.from(code).toString("base64")}</FunctionCode></UpdateFunctionRequest>`;

test("a draft is published as it stands, and changing it changes nothing that is live", async () => {
  const service = cloudFront();
  await published(service, "index");
  const draft = await call(service, `GET ${at("function/index/describe")}?Stage=DEVELOPMENT`);
  expect(draft.body).toContain("<Status>DEPLOYED</Status>");
  const changed = await call(service, `PUT ${at("function/index")}`, {
    body: update("changed"),
    headers: { "if-match": etagOf(draft) },
  });
  expect(changed.headers.ettag).toEqual(expect.any(String));
  expect((await call(service, `GET ${at("function/index")}?Stage=DEVELOPMENT`)).body).toBe("changed");
  expect((await call(service, `GET ${at("function/index")}?Stage=LIVE`)).body).toBe("function handler() {}");
});

test("a behaviour runs only what is published", async () => {
  const arn = "arn:aws:cloudfront::111111111111:function/draft";
  const body = distribution(`<FunctionARN>${arn}</FunctionARN>`);
  expect(refusalOf(await call(cloudFront(), `POST ${at("distribution")}`, { body }))).toBe(
    "400 InvalidFunctionAssociation",
  );
});

test("a name is taken once, and a function that is not there is missing", async () => {
  const service = cloudFront();
  await published(service, "index");
  const again = await call(service, `POST ${at("function")}`, {
    body: "<CreateFunctionRequest><Name>index</Name></CreateFunctionRequest>",
  });
  expect(refusalOf(again)).toBe("409 FunctionAlreadyExists");
  expect(refusalOf(await call(service, `GET ${at("function/other/describe")}`))).toBe("404 NoSuchFunctionExists");
});
