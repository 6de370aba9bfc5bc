import { UPLOAD_ROUTES } from "../../../handlers/accept-uploads/contract";
import { makeHandler } from "../../../handlers/accept-uploads/handler";
import { httpEvent, SECRET } from "../support/http-event";
import { memoryCatalogue } from "../support/memory-catalogue";
import { memoryUploads } from "../support/memory-uploads";
import { recordedLog } from "../support/recorded-log";
import { NOW, title, version } from "../support/titles";

export const MIB = 1024 * 1024;
export const PRODUCER = { sub: "producer-1", "cognito:groups": "[producers]" };
export const OTHER = { sub: "producer-2", "cognito:groups": "[producers]" };
export const EDITOR = { sub: "editor-1", "cognito:groups": "[editors]" };
/** Of `producer-1`. */
export const FOLDER = "uploads/5b4a67b5c5d8/";

type More = Omit<NonNullable<Parameters<typeof httpEvent>[1]>, "body"> & { body?: object | string };

export const textOf = (body: object | string | undefined): string | undefined =>
  typeof body === "object" ? JSON.stringify(body) : body;

export function setup() {
  const uploads = memoryUploads();
  const { log, codes, entries } = recordedLog();
  const handler = makeHandler({
    catalogue: memoryCatalogue(title([version("20")])),
    uploads,
    now: () => NOW,
    log,
    settings: {
      bucket: "source",
      uploadPrefix: "uploads/",
      maximumBytes: 1024 * MIB,
      groupsClaim: "cognito:groups",
      originSecret: SECRET,
    },
  });
  const ask = async (route: keyof typeof UPLOAD_ROUTES, more: More = {}) => {
    const { statusCode, body } = await handler(
      httpEvent(UPLOAD_ROUTES[route], { claims: PRODUCER, ...more, body: textOf(more.body) }),
    );
    return {
      status: statusCode,
      body: JSON.parse(body) as Record<string, unknown> & { uploadId: string },
    };
  };
  const start = (body: object, claims: object = PRODUCER) => ask("start_upload", { body, claims });
  /** As if the parts had been put to their addresses. */
  const arrive = (number: number, ...sizes: number[]) =>
    sizes.forEach((size, index) =>
      uploads.begun.get(`s3-${number}`)?.parts.push({ number: index + 1, size, etag: `"e${index + 1}"` }),
    );
  return { handler, ask, start, arrive, uploads, codes, entries };
}
