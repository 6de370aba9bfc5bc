import { createApi } from "./api";
import { parseConfig, type PlayerConfig } from "./config";
import { toDataset } from "./dataset";
import { createIdentityClient } from "./identity";
import { OFFLINE, unreadable, type Problem } from "./problem";
import { refused, type Result } from "./result";
import { formatRoute, parseRoute } from "./route";
import { createSession } from "./session";
import { actionFor } from "./shortcut";
import { listTitles } from "./titles";
import { byId, setText } from "./view/dom";
import { createSignInView } from "./view/sign-in-view";
import { createTitlesView } from "./view/titles-view";
import { createWatch } from "./watch";

const root = document.documentElement;

/** Puts the page together: sign-in, catalogue, stage. */
function run(config: PlayerConfig): void {
  const fetchIt = fetch.bind(globalThis);
  const identity = createIdentityClient({ fetch: fetchIt, url: config.identityUrl, clientId: config.clientId });
  const session = createSession(identity, () => Date.now());
  const api = createApi({ fetch: fetchIt, session });
  const names = new Map<string, string>();
  let viewer: string | undefined;

  const signIn = createSignInView(session.signIn, (username) => {
    viewer = username;
    show();
  });
  const leave = (problem?: Problem): void => {
    viewer = undefined;
    void session.signOut();
    show(problem);
  };
  const titles = createTitlesView(
    (cursor) => listTitles(api, cursor),
    (page) => page.forEach(({ assetId, name }) => names.set(assetId, name)),
    leave,
  );
  const watch = createWatch(api, (snapshot) => {
    Object.assign(root.dataset, toDataset(snapshot));
    if (snapshot.problem?.kind === "signed-out") leave(snapshot.problem);
  });

  function show(problem?: Problem): void {
    signIn.hide();
    titles.hide();
    watch.close();
    byId("viewer", HTMLElement).hidden = viewer === undefined;
    setText(byId("viewer-name", HTMLElement), viewer ?? "");
    const route = parseRoute(location.hash);
    root.dataset.playerView = viewer === undefined ? "sign-in" : route.view;
    if (viewer === undefined) return signIn.show(problem);
    if (route.view === "titles") return titles.show();
    watch.open(route.assetId, names.get(route.assetId) ?? route.assetId);
    if (!names.has(route.assetId)) void learnName(route.assetId);
  }

  /** Who comes by a link to a title has not seen the list: its name may be on the first page. */
  async function learnName(assetId: string): Promise<void> {
    const page = await listTitles(api);
    const name = page.ok && page.value.titles.find((title) => title.assetId === assetId)?.name;
    if (name && location.hash === formatRoute({ view: "watch", assetId })) watch.rename(name);
  }

  byId("sign-out", HTMLButtonElement).addEventListener("click", () => leave());
  addEventListener("hashchange", () => show());
  addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target.tagName.toLowerCase() : "";
    const action = root.dataset.playerView === "watch" ? actionFor(pressed(event, target)) : undefined;
    if (!action) return;
    event.preventDefault();
    if (action === "leave") location.hash = formatRoute({ view: "titles" });
    else watch.act(action);
  });
  root.dataset.playerState = "idle";
  show();
}

function pressed({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, target: string): Parameters<typeof actionFor>[0] {
  return { key, ctrlKey, metaKey, altKey, target };
}

async function loadConfig(): Promise<Result<PlayerConfig>> {
  try {
    const response = await fetch("/app/config.json", { cache: "no-cache" });
    if (!response.ok)
      return refused(unreadable("config.json", `The edge answered ${response.status}. Deploy the stack again.`));
    return parseConfig(await response.json(), location.href);
  } catch (error) {
    return refused(error instanceof SyntaxError ? unreadable("config.json", "It is not JSON.") : OFFLINE);
  }
}

const config = await loadConfig();
if (config.ok) run(config.value);
else {
  const { title, advice } = config.problem;
  root.dataset.playerState = "failed";
  byId("main", HTMLElement).prepend(
    Object.assign(document.createElement("p"), { className: "notice", textContent: `${title}. ${advice}` }),
  );
}
