import type * as Ranges from "../../../local/edge/byte-range";
import type * as OriginRequest from "../../../local/edge/origin-request";
import type * as ViewerIo from "../../../local/edge/viewer-io";
import type * as Signatures from "../../../local/gateway/signature-v4";
import { startPlatform } from "../../../local/platform";
import type { Mutation } from "./mutation";

/** What CloudFront and S3 themselves decide, and no argument of a stack: changed in what stands for them here. */
export const IN_THE_PLATFORM: readonly Mutation[] = [
  {
    control: "edge's reading",
    change: "the edge resolves a path after it has judged it, and sends on what comes of it",
    fails: ["traversal", "traversal-encoded", "traversal-encoded-slash", "traversal-doubly-encoded", "null-byte"],
    platform: "paths",
  },
  {
    control: "edge's reading",
    change: "the edge takes requests of any length",
    fails: ["oversized-cookie", "url-too-long"],
    platform: "limits",
  },
  {
    control: "edge's reading",
    change: "the edge takes the path that `X-Original-URL` names, and passes over a body that a `GET` has",
    fails: ["rewritten-url", "get-with-body"],
    platform: "requests",
  },
  {
    control: "edge's reading",
    change: "the edge answers every range with a byte",
    fails: ["many-ranges", "range-past-end", "range-nonsense"],
    platform: "ranges",
  },
  {
    control: "upload address",
    change: "S3 compares no signature and no time",
    fails: ["part-other-key", "part-other-part", "part-lengthened", "part-read", "part-deleted", "part-expired"],
    platform: "signatures",
  },
];

type Changed = NonNullable<Mutation["platform"]>;
type Started = { readonly startPlatform: typeof startPlatform };

/** Starts the platform, from modules of which one does something else. */
export function changedPlatform(changed: Changed | undefined): typeof startPlatform {
  if (!changed) return startPlatform;
  const mediabunny = jest.requireActual<object>("mediabunny"); // it warns of a second copy
  const loaded: { platform?: Started } = {};
  jest.isolateModules(() => {
    jest.doMock("mediabunny", () => mediabunny);
    CHANGES[changed]();
    loaded.platform = jest.requireActual<Started>("../../../local/platform");
  });
  for (const each of MODULES) jest.dontMock(each);
  if (!loaded.platform) throw new Error("the platform's module was not loaded");
  return loaded.platform.startPlatform;
}

const LIMITS = "../../../local/edge/limits";
const ORIGIN_REQUEST = "../../../local/edge/origin-request";
const VIEWER_IO = "../../../local/edge/viewer-io";
const RANGES = "../../../local/edge/byte-range";
const SIGNATURES = "../../../local/gateway/signature-v4";
const MODULES = ["mediabunny", LIMITS, ORIGIN_REQUEST, VIEWER_IO, RANGES, SIGNATURES];

/** A module with some of its exports replaced. */
function change<Module extends object>(path: string, replaced: (actual: Module) => Partial<Module>): void {
  jest.doMock(path, () => {
    const actual = jest.requireActual<Module>(path);
    return { ...actual, ...replaced(actual) };
  });
}

const CHANGES: Readonly<Record<Changed, () => void>> = {
  paths: () =>
    change<typeof OriginRequest>(ORIGIN_REQUEST, ({ buildOriginRequest }) => ({
      buildOriginRequest: (request, ...rest) =>
        buildOriginRequest({ ...request, path: resolved(request.path) }, ...rest),
    })),
  limits: () => change(LIMITS, () => ({ checkLimits: () => undefined })),
  requests: () =>
    change<typeof ViewerIo>(VIEWER_IO, ({ readViewerRequest }) => ({
      readViewerRequest: (...all) => {
        const request = readViewerRequest(...all);
        const path = request.headers["x-original-url"] ?? request.path;
        return request.method === "GET" ? { ...request, path, body: undefined } : request;
      },
    })),
  ranges: () =>
    change<typeof Ranges>(RANGES, () => ({
      rangeAnswer: (_, headers, body) => ({
        status: 206,
        headers: { ...headers, "content-length": "1" },
        body: body.subarray(0, 1),
      }),
    })),
  signatures: () =>
    change<typeof Signatures>(SIGNATURES, ({ verifySignature }) => ({
      verifySignature: (head, signed, options) => {
        const holder = options.credentials.lookup(signed.accessKeyId);
        if (!holder) return verifySignature(head, signed, options);
        return { principal: holder.principal, chunks: { chunk: () => true, trailer: () => true } };
      },
    })),
};

/** As a careless server would: decoded until nothing is left to decode, other slashes and dots taken for theirs. */
function resolved(path: string): string {
  let text = path;
  for (let round = 0; round < 3 && text.includes("%"); round += 1) text = decodeURIComponent(text);
  const [plain = ""] = text.replaceAll("\\", "/").replaceAll("..;", "..").split("\0");
  return new URL(plain, "http://edge").pathname;
}
