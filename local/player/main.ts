import { createApi } from "./api";
import { parseConfig, type PlayerConfig } from "./config";
import { toDataset } from "./dataset";
import { createIdentityClient } from "./identity";
import { OFFLINE, unreadable, type Problem } from "./problem";
import { reporting } from "./quality/reporting";
import { refused, type Result } from "./result";
import { formatRoute, parseRoute } from "./route";
import { discovery } from "./provider";
import { createSession } from "./session";
import { createSignIn } from "./sign-in";
import { actionFor } from "./shortcut";
import type { Snapshot } from "./snapshot";
import { listTitles, titleName } from "./titles";
import { putPart } from "./upload/put-part";
import { mayUpload } from "./upload/roles";
import { createUploadDesk } from "./upload/upload-desk";
import { createUploadRecord } from "./upload/upload-record";
import { createUploads } from "./upload/uploads";
import { waitFor } from "./upload/wait-for";
import { byId, setText } from "./view/dom";
import { createSignInView } from "./view/sign-in-view";
import { createTitlesView } from "./view/titles-view";
import { createUploadView } from "./view/upload-view";
import { createWatch } from "./watch";

const root = document.documentElement;

/** Puts the page together: sign-in, catalogue, stage. */
async function run(config: PlayerConfig): Promise<void> {
  const fetchIt = fetch.bind(globalThis);
  const provider = discovery({ fetch: fetchIt, issuer: config.issuer, page: location.href });
  const identity = createIdentityClient({ fetch: fetchIt, provider, clientId: config.clientId });
  // The registered address, whichever of /app, /app/ and /app/index.html was opened.
  const redirectUri = new URL("/app/", location.href).href;
  const authorization = createSignIn({ config, provider, identity, crypto, storage: sessionStorage, redirectUri });
  const session = createSession(identity, () => Date.now());
  const api = createApi({ fetch: fetchIt, session });
  const names = new Map<string, string>();
  let viewer: string | undefined;
  let uploads = false;

  const signIn = createSignInView(
    () => authorization.begin(location.hash),
    (address) => location.assign(address),
  );
  const leave = (problem?: Problem): void => {
    viewer = undefined;
    watch.close(); // while there is a token to free its slot with
    desk.close();
    void session.signOut();
    show(problem);
  };
  const signOut = async (): Promise<void> => {
    viewer = undefined;
    watch.close();
    desk.close();
    const revoked = session.signOut();
    show();
    signIn.busy("Signing out…");
    await revoked;
    const address = await authorization.signOutAddress();
    if (address) location.assign(address);
    else show();
  };
  const titles = createTitlesView(
    (cursor) => listTitles(api, cursor),
    (page) => page.forEach(({ assetId, name }) => names.set(assetId, name)),
    leave,
  );
  const onChange = (snapshot: Snapshot): void => {
    Object.assign(root.dataset, toDataset(snapshot));
    if (snapshot.problem?.kind === "signed-out") leave(snapshot.problem);
  };
  const watch = createWatch(api, onChange, reporting(config, { fetch: fetchIt, bearer: () => session.bearer() }));

  const desk = createUploadDesk({
    uploads: createUploads(api),
    record: createUploadRecord(localStorage),
    put: putPart,
    wait: waitFor,
    view: createUploadView,
    onSignedOut: leave,
  });

  function show(problem?: Problem): void {
    signIn.hide();
    titles.hide();
    desk.hide();
    watch.close();
    byId("viewer", HTMLElement).hidden = viewer === undefined;
    setText(byId("viewer-name", HTMLElement), viewer ?? "");
    const route = parseRoute(location.hash);
    root.dataset.playerView = viewer === undefined ? "sign-in" : route.view;
    if (viewer === undefined) return signIn.show(problem);
    byId("uploads-link", HTMLElement).hidden = !uploads;
    if (route.view === "uploads" && uploads) return desk.open();
    if (route.view !== "watch") return titles.show();
    watch.open(route.assetId, names.get(route.assetId) ?? route.assetId);
    if (!names.has(route.assetId)) void learnName(route.assetId);
  }

  /** Who comes by a link to a title has not seen the list. */
  async function learnName(assetId: string): Promise<void> {
    const name = await titleName(api, assetId);
    if (name && location.hash === formatRoute({ view: "watch", assetId })) watch.rename(name);
  }

  byId("sign-out", HTMLButtonElement).addEventListener("click", () => void signOut());
  addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target.tagName.toLowerCase() : "";
    const action = root.dataset.playerView === "watch" ? actionFor(pressed(event, target)) : undefined;
    if (!action) return;
    event.preventDefault();
    if (action === "leave") location.hash = formatRoute({ view: "titles" });
    else watch.act(action);
  });
  root.dataset.playerState = "idle";
  const returned = await arrive();
  show(returned);
  addEventListener("hashchange", () => show());

  /** Takes the sign-in page's answer out of the address, and the viewer in; gives the problem when there is one. */
  async function arrive(): Promise<Problem | undefined> {
    const { search } = location;
    const finishing = authorization.finish(search);
    if (search !== "") history.replaceState(null, "", location.pathname + location.hash);
    root.dataset.playerView = "sign-in";
    signIn.busy("Signing you in…");
    const back = await finishing;
    if (!back) return undefined;
    if (back.hash !== "") history.replaceState(null, "", location.pathname + back.hash);
    if (!back.arrival.ok) return back.arrival.problem;
    viewer = back.arrival.value.viewer;
    uploads = mayUpload(back.arrival.value.tokens.access, config.groupsClaim);
    session.open(back.arrival.value.tokens);
    return undefined;
  }
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
if (config.ok) await run(config.value);
else {
  const { title, advice } = config.problem;
  root.dataset.playerState = "failed";
  byId("main", HTMLElement).prepend(
    Object.assign(document.createElement("p"), { className: "notice", textContent: `${title}. ${advice}` }),
  );
}
