import type { Problem } from "../problem";
import { refused, type Result } from "../result";

type Wording = readonly [title: string, advice: string];

/** Reason codes of the API's refusals, in the words of a producer. */
const REASONS: ReadonlyMap<string, Wording> = new Map<string, Wording>([
  ["ROLE_REQUIRED", ["You may not upload", "Uploading takes the role of a producer or an editor."]],
  [
    "NAME_INVALID",
    ["This file's name cannot be taken", "Rename it: letters, digits, spaces and . _ - ( ) & + will do."],
  ],
  ["TYPE_NOT_ALLOWED", ["This kind of file cannot be taken", "Choose a video, or captions as .vtt."]],
  ["TOO_LARGE", ["This file is too large", "Ask your operator for another way to deliver it."]],
  ["SIZE_INVALID", ["This file cannot be taken", "It is empty, or too large."]],
  ["UPLOAD_NOT_FOUND", ["This upload is over", "It was cancelled or left alone for a week. Choose the file again."]],
  ["UPLOAD_INCOMPLETE", ["Parts of the file are missing", "Go on, and they are sent again."]],
]);

/** The same answer, its problem said for whoever uploads. */
export function inWords<T>(answer: Result<T>): Result<T> {
  if (answer.ok) return answer;
  const [title, advice] = REASONS.get(answer.problem.code) ?? [answer.problem.title, answer.problem.advice];
  return refused({ ...answer.problem, title, advice });
}

/** The store refused a part again and again although its address was new. */
export function partsRefused(status: number): Problem {
  return {
    kind: "fault",
    code: "PARTS_REFUSED",
    title: "The store does not take the file",
    advice: "It refuses fresh addresses. Tell your operator.",
    status,
  };
}
