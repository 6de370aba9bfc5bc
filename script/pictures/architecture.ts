import type { Resources } from "../stack-resources";
import { accessPicture } from "./access";
import { routesPicture } from "./routes";
import { stagesPicture } from "./stages";

/** Pictures of docs/architecture.md by the name of their place; `direct` ones stand folded below the others. */
export function pictures(mediapackage: Resources, direct: Resources): Record<string, string> {
  const both = (picture: (of: Resources) => string): string => `${picture(mediapackage)}\n\n${folded(picture(direct))}`;
  return { stages: both(stagesPicture), routes: both(routesPicture), access: both(accessPicture) };
}

function folded(picture: string): string {
  return `<details>\n<summary>The same in topology <code>direct</code></summary>\n\n${picture}\n\n</details>`;
}
