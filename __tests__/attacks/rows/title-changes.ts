import type { Answer } from "../../local/edge/fixture";
import { said } from "../said";
import { bearer, type Target } from "../target";

export type Who = "entitled" | "other" | "editor";

export const editing = (target: Target, who: Who, action: string, body?: unknown): Promise<Answer> =>
  target.edge(`/api/titles/${target.report.assetId}/${action}`, {
    method: action === "licence" ? "PUT" : "POST",
    headers: { ...bearer(target.report.tokens[who]), "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** Withdraws the title, attacks, and publishes it again. */
export async function whileWithdrawn(target: Target, attack: () => Promise<Answer>): Promise<string> {
  try {
    await editing(target, "editor", "withdraw");
    return said(await attack());
  } finally {
    await editing(target, "editor", "publish");
  }
}

/** How long what an answer gave is good by its policy: `200 for 300 s at most`, or as long as it is. */
export function lifeOf(answer: Answer, policyIn: (answer: Answer) => string, seconds: number): string {
  const policy = policyIn(answer).replaceAll("-", "+").replaceAll("_", "=").replaceAll("~", "/");
  const end = Number(/"AWS:EpochTime":(\d+)/.exec(Buffer.from(policy, "base64").toString())?.[1]);
  const life = end - Date.now() / 1000;
  return `${said(answer)} for ${life <= seconds ? `${seconds} s at most` : `${Math.round(life)} s`}`;
}
