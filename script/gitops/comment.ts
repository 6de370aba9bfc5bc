import { EXIT, Failure } from "./failure";
import type { Gh } from "./gh";

export interface CommentRequest {
  readonly gh: Gh;
  readonly environment: string;
  readonly pullRequest: number;
  readonly markdown: string;
  /** Login under which comments are posted. Others' comments are not touched, whatever they contain. */
  readonly author?: string;
}

/** GitHub refuses more (https://github.com/orgs/community/discussions/41331). */
const MOST_CHARACTERS = 65_536;
const WORKFLOW_LOGIN = "github-actions[bot]";

/** One comment an environment and pull request: written at the first plan, rewritten at each further one. */
export async function postComment(request: CommentRequest): Promise<"created" | "updated"> {
  const { gh, environment, pullRequest, markdown, author = WORKFLOW_LOGIN } = request;
  const marker = `<!-- vod-plan: ${environment} -->`;
  const body = `${marker}\n${markdown}`;
  if (body.length > MOST_CHARACTERS) {
    throw new Failure(
      `the comment has ${body.length} characters, GitHub takes ${MOST_CHARACTERS}: make the report with npm run review, which folds`,
      EXIT.refused,
    );
  }
  const comments = `repos/${gh.repository}/issues/${pullRequest}/comments`;
  const filter = `.[] | select(.user.login == ${JSON.stringify(author)}) | select(.body | startswith(${JSON.stringify(marker)})) | .id`;
  const found = await gh(["api", "--paginate", comments, "--jq", filter]);
  const id = found.split("\n")[0]?.trim() ?? "";
  const input = JSON.stringify({ body });
  if (id === "") {
    await gh(["api", "--method", "POST", comments, "--input", "-"], input);
    return "created";
  }
  await gh(["api", "--method", "PATCH", `repos/${gh.repository}/issues/comments/${id}`, "--input", "-"], input);
  return "updated";
}
