import { readFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** A player on a host of its own, as small as one can be: it mints, and plays HLS with cookies. */
export interface OtherHost {
  readonly port: number;
  stop(): Promise<void>;
}

const HLS = readFileSync(require.resolve("hls.js/dist/hls.min.js"));

const PAGE = `<!doctype html><title>another host</title><link rel="icon" href="data:,"><video muted></video>
<script src="/hls.js"></script>
<script>
  window.watch = async (play, token) => {
    const minted = await fetch(play, { method: "POST", credentials: "include", headers: { authorization: "Bearer " + token } });
    if (!minted.ok) return "mint " + minted.status;
    const { hls } = await minted.json();
    const address = new URL(hls, play).href;
    const manifest = await fetch(address, { credentials: "include" });
    if (!manifest.ok) return "manifest " + manifest.status;
    const video = document.querySelector("video");
    const player = new Hls({ xhrSetup: (xhr) => { xhr.withCredentials = true; } });
    player.loadSource(address);
    player.attachMedia(video);
    return new Promise((resolve) => {
      player.on(Hls.Events.ERROR, (_, { fatal, details }) => fatal && resolve(details));
      video.addEventListener("timeupdate", () => video.currentTime > 0.5 && resolve("played"));
      void video.play();
    });
  };
</script>`;

export async function startOtherHost(): Promise<OtherHost> {
  const server = http.createServer(({ url }, response) => {
    if (url === "/hls.js") return response.writeHead(200, { "content-type": "text/javascript" }).end(HLS);
    return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
