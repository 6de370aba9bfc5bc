import { block } from "../../../local/terraform/deployment";
import type { Answer } from "../../local/edge/fixture";
import { bearer, type Target } from "../target";
import { tokenClaiming } from "./tokens";

export interface Started {
  readonly uploadId: string;
  readonly key: string;
  readonly parts: readonly { readonly number: number; readonly size: number; readonly url: string }[];
}

export const editorOf = ({ report }: Target): string => report.tokens.editor;
export const viewerOf = ({ report }: Target): string => report.tokens.entitled;

/** Somebody who may upload, and edit nothing. */
export const producerOf = (target: Target): Promise<string> =>
  tokenClaiming(target, { sub: "another-producer", "cognito:groups": ["producers"] });

export const calling = (target: Target, token: string, method: string, path: string, body?: object): Promise<Answer> =>
  target.edge(`/api/uploads${path}`, {
    method,
    headers: { ...bearer(token), "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

export const starting = (target: Target, token: string, body: object): Promise<Answer> =>
  calling(target, token, "POST", "", body);

/** What the parts of a file hold. */
export const BYTES = "text";

/** Begins an upload of {@link BYTES} as the editor, attacks, and aborts it should it still be there. */
export async function withUpload(target: Target, attack: (upload: Started) => Promise<string>): Promise<string> {
  const begun = await starting(target, editorOf(target), { name: "attack.vtt", size: BYTES.length });
  if (begun.status !== 201) throw new Error(`no upload was begun: ${begun.text}`);
  const upload = JSON.parse(begun.text) as Started;
  try {
    return await attack(upload);
  } finally {
    await calling(target, editorOf(target), "DELETE", `/${upload.uploadId}`);
  }
}

export const maximumBytes = ({ deployment }: Target): number => {
  const environment = block(deployment.get("aws_lambda_function.accept_uploads").values, "environment");
  return Number((environment?.variables as Record<string, unknown> | undefined)?.MAXIMUM_UPLOAD_BYTES);
};
