import type { CloudFront } from "../../../emulator/cloudfront/cloudfront";
import { createCloudFront } from "../../../emulator/cloudfront/cloudfront";
import { call, type Answer } from "../calls";

export const cloudFront = (): CloudFront => createCloudFront({ account: "111111111111", host: "127.0.0.1:8080" });

const VERSION = "/2020-05-31";
export const at = (path: string): string => `${VERSION}/${path}`;

export const idOf = ({ body }: Answer): string => /<Id>([^<]+)<\/Id>/.exec(body)?.[1] ?? "";
export const etagOf = ({ headers }: Answer): string => String(headers.etag);

/** Creates and returns the id. @throws when it is refused. */
export async function made(service: CloudFront, path: string, body: string): Promise<string> {
  const answer = await call(service, `POST ${at(path)}`, { body });
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.body}`);
  return idOf(answer);
}

/** Deletes with the entity tag that it has now. */
export async function remove(service: CloudFront, path: string): Promise<Answer> {
  const etag = etagOf(await call(service, `GET ${at(path)}`));
  return call(service, `DELETE ${at(path)}`, { headers: { "if-match": etag } });
}

/** Replaces with the entity tag that it has now. */
export async function replace(service: CloudFront, path: string, body: string, part = ""): Promise<Answer> {
  const etag = etagOf(await call(service, `GET ${at(path)}`));
  return call(service, `PUT ${at(path)}${part}`, { body, headers: { "if-match": etag } });
}

export const cachePolicy = (name: string, more = ""): string =>
  `<CachePolicyConfig><Name>${name}</Name><MinTTL>1</MinTTL>${more}</CachePolicyConfig>`;
export const publicKey = (name: string, pem = "PEM\n"): string =>
  `<PublicKeyConfig><CallerReference>${name}</CallerReference><Name>${name}</Name><EncodedKey>${pem}</EncodedKey></PublicKeyConfig>`;
export const keyGroup = (name: string, key: string): string =>
  `<KeyGroupConfig><Name>${name}</Name><Items><PublicKey>${key}</PublicKey></Items></KeyGroupConfig>`;
export const named = (config: string, name: string): string => `<${config}><Name>${name}</Name></${config}>`;

/** A distribution that refers to what is given, by element: `<CachePolicyId>...`. */
export function distribution(
  references: string,
  { enabled = true, origin = "<Id>media</Id>", caller = "a" } = {},
): string {
  const behaviour = `<DefaultCacheBehavior><TargetOriginId>media</TargetOriginId>${references}</DefaultCacheBehavior>`;
  return `<DistributionConfig><CallerReference>${caller}</CallerReference><Enabled>${enabled}</Enabled><Origins><Items><Origin>${origin}</Origin></Items></Origins>${behaviour}</DistributionConfig>`;
}

export const published = async (service: CloudFront, name: string): Promise<string> => {
  const code = Buffer.from("function handler() {}").toString("base64");
  const body = `<CreateFunctionRequest><Name>${name}</Name><FunctionConfig><Runtime>cloudfront-js-2.0</Runtime></FunctionConfig><FunctionCode>${code}</FunctionCode></CreateFunctionRequest>`;
  const created = await call(service, `POST ${at("function")}`, { body });
  await call(service, `POST ${at(`function/${name}/publish`)}`, { headers: { "if-match": etagOf(created) } });
  return `arn:aws:cloudfront::111111111111:function/${name}`;
};
