import { Readable } from "node:stream";
import { MediaPackageVodClient } from "@aws-sdk/client-mediapackage-vod";
import type { MediaPackage } from "../../../../local/services/mediapackage/media-package";
import { request } from "./stack";

/** The real client, its requests handed to the service in process. */
export function clientOf({ service }: MediaPackage): MediaPackageVodClient {
  return new MediaPackageVodClient({
    region: "eu-west-1",
    maxAttempts: 1,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    requestHandler: {
      handle: async (sent: { method: string; path: string; query: Record<string, string>; body?: string }) => {
        const url = `https://gateway${sent.path}?${new URLSearchParams(sent.query).toString()}`;
        const body = Readable.from(sent.body === undefined ? [] : [Buffer.from(sent.body)]);
        const answer = await service.handle(request(sent.method, url, { body }));
        return {
          response: {
            statusCode: answer.status,
            headers: answer.headers ?? {},
            body: Readable.from([Buffer.from(answer.body as string)]),
          },
        };
      },
    },
  });
}
