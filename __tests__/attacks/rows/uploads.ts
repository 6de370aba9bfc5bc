import { encodeUploadId } from "../../../handlers/accept-uploads/upload-id";
import type { Answer } from "../../local/edge/fixture";
import { under } from "../attack";
import { said } from "../said";
import type { Target } from "../target";
import { calling, editorOf, maximumBytes, producerOf, starting, viewerOf, withUpload } from "./upload-calls";

const refusedStart =
  (who: (target: Target) => string | Promise<string>, body: (target: Target) => object) => async (target: Target) =>
    said(await starting(target, await who(target), body(target)));

/** As a producer, who is no editor, on an upload that the editor began. */
const onAnothers = (attack: (id: string, target: Target, token: string) => Promise<Answer>) => (target: Target) =>
  withUpload(target, async ({ uploadId }) => said(await attack(uploadId, target, await producerOf(target))));

const forgedId = (key: string) => async (target: Target) => {
  const uploadId = encodeUploadId({ key, s3UploadId: "0".repeat(48) });
  return said(await calling(target, editorOf(target), "POST", `/${uploadId}/complete`, { size: 4 }));
};

const file = (more: object) => () => ({ name: "attack.vtt", size: 4, ...more });
const replacing = ({ report }: Target) => ({ name: "attack.mp4", size: 4, replaces: report.assetId });

const noRole = { outcome: "refused", answer: "403 ROLE_REQUIRED" } as const;
const notFound = { outcome: "refused", answer: "404 UPLOAD_NOT_FOUND" } as const;
const badName = { outcome: "refused", answer: "400 NAME_INVALID" } as const;
const badType = { outcome: "refused", answer: "415 TYPE_NOT_ALLOWED" } as const;

// prettier-ignore
export const PRODUCERS_ONLY = under("roles", [
  { id: "upload-by-viewer", sent: "an upload begun by a viewer who is no producer", ...noRole, send: refusedStart(viewerOf, file({})) },
  { id: "uploads-listed-by-viewer", sent: "the list of uploads asked for by such a viewer", ...noRole, send: async (target) => said(await calling(target, viewerOf(target), "GET", "")) },
  { id: "upload-completed-by-another", sent: "another producer's upload, completed", ...notFound, send: onAnothers((id, target, token) => calling(target, token, "POST", `/${id}/complete`, { size: 4 })) },
  { id: "upload-addressed-by-another", sent: "the addresses of another producer's upload, asked for", ...notFound, send: onAnothers((id, target, token) => calling(target, token, "GET", `/${id}?size=4`)) },
  { id: "upload-aborted-by-another", sent: "another producer's upload, aborted", ...notFound, send: onAnothers((id, target, token) => calling(target, token, "DELETE", `/${id}`)) },
  { id: "upload-replaces-anothers", sent: "an upload in place of a title that is somebody else's", outcome: "refused", answer: "404 TITLE_NOT_FOUND", send: refusedStart(producerOf, replacing) },
  { id: "upload-id-outside", sent: "an upload's id that names a key outside the upload prefix", ...notFound, send: forgedId("posters/attack.jpg") },
  { id: "upload-id-climbing", sent: "one that names `uploads/../posters/...`", ...notFound, send: forgedId("uploads/../posters/attack.jpg") },
]);

// prettier-ignore
export const UPLOAD_CHECKS = under("checks of what is sent", [
  { id: "upload-name-climbing", sent: "an upload called `../../posters/attack.vtt`", ...badName, send: refusedStart(editorOf, file({ name: "../../posters/attack.vtt" })) },
  { id: "upload-name-control", sent: "an upload whose name holds a line break", ...badName, send: refusedStart(editorOf, file({ name: "attack\r\n.vtt" })) },
  { id: "upload-page", sent: "an upload called `attack.html`", ...badType, send: refusedStart(editorOf, file({ name: "attack.html" })) },
  { id: "upload-lying-type", sent: "a video's name with the type of a page", ...badType, send: refusedStart(editorOf, file({ name: "attack.mp4", type: "text/html" })) },
  { id: "upload-too-large", sent: "an upload of one byte more than is allowed", outcome: "refused", answer: "413 TOO_LARGE", send: refusedStart(editorOf, (target) => file({ size: maximumBytes(target) + 1 })()) },
  { id: "upload-no-size", sent: "an upload of less than nothing", outcome: "refused", answer: "400 SIZE_INVALID", send: refusedStart(editorOf, file({ size: -1 })) },
  { id: "upload-grown", sent: "the completion of an upload as one byte larger than is allowed", outcome: "refused", answer: "400 SIZE_INVALID", send: (target) => withUpload(target, async ({ uploadId }) => said(await calling(target, editorOf(target), "POST", `/${uploadId}/complete`, { size: maximumBytes(target) + 1 }))) },
]);
