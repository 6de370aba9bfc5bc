import { connect } from "node:net";
import { under } from "../attack";
import { said } from "../said";
import { type Target } from "../target";

/** Milliseconds that a connection may stay silent before what it said counts as all. */
const SILENCE = 500;

/** Sends bytes as they are, and gives everything that comes back until the edge closes or falls silent. */
function raw({ host }: Target, text: string): Promise<string> {
  const [address = "", port] = host.split(":");
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: address, port: Number(port), localAddress: "127.0.0.11" }, () => socket.write(text, "latin1")); // prettier-ignore
    const done = (): void => {
      socket.destroy();
      resolve(Buffer.concat(chunks).toString("latin1"));
    };
    socket.setTimeout(SILENCE, done);
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("close", done);
    socket.on("error", done);
  });
}

/** One request with odd framing, a second hidden in it: how many answers came, and what they were. */
const smuggled =
  (head: readonly string[], body: (target: Target) => string) =>
  async (target: Target): Promise<string> => {
    const lines = [`POST ${target.paths.play} HTTP/1.1`, `Host: ${target.host}`, ...head, "", body(target)];
    const answers = (await raw(target, lines.join("\r\n"))).split(/(?=HTTP\/1\.1 \d)/);
    return answers.map((text) => said({ status: Number(text.slice(9, 12)), text: text.split("\r\n\r\n")[1] ?? "" })).join(", then "); // prettier-ignore
  };

const hidden = ({ paths, host }: Target): string => `GET ${paths.manifest} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
const badRequest = { outcome: "refused", answer: "400" } as const;

/** What the edge takes for one request is one request: framing that can be read in two ways is refused. */
// prettier-ignore
export const SMUGGLING = under("edge's reading", [
  { id: "smuggle-cl-te", sent: "`Content-Length` and `Transfer-Encoding` together, a second request in the body", ...badRequest, send: smuggled(["Content-Length: 5", "Transfer-Encoding: chunked"], (target) => `0\r\n\r\n${hidden(target)}`) },
  { id: "smuggle-two-lengths", sent: "two different `Content-Length`", ...badRequest, send: smuggled(["Content-Length: 0", "Content-Length: 44"], hidden) },
  { id: "smuggle-two-codings", sent: "`Transfer-Encoding: chunked, identity`", ...badRequest, send: smuggled(["Transfer-Encoding: chunked, identity"], (target) => `0\r\n\r\n${hidden(target)}`) },
  { id: "smuggle-obs-fold", sent: "a `Transfer-Encoding` folded over two lines", ...badRequest, send: smuggled(["Transfer-Encoding:", " chunked", "Content-Length: 0"], hidden) },
  { id: "smuggle-space-before-colon", sent: "`Content-Length : 44`", ...badRequest, send: smuggled(["Content-Length : 44"], hidden) },
  { id: "smuggle-bare-line-feed", sent: "a header that ends in a bare line feed and hides another", ...badRequest, send: smuggled(["X-A: b\nTransfer-Encoding: chunked"], (target) => `0\r\n\r\n${hidden(target)}`) },
  { id: "smuggle-chunk-size", sent: "a chunk whose size is no number", ...badRequest, send: smuggled(["Transfer-Encoding: chunked"], (target) => `0x5\r\nhello\r\n0\r\n\r\n${hidden(target)}`) },
]);

const RATE = 100;

/** An address of its own, whose rate this row uses up. */
const FLOODER = "127.0.0.13";

// prettier-ignore
export const FIREWALL = under("firewall", [
  { id: "mint-flood", sent: "more mints than an address may have, each with another `X-Forwarded-For`", outcome: "refused", answer: "403 Request blocked", send: flood },
  { id: "mint-flood-encoded", sent: "one more, spelled `/%70lay/`", outcome: "refused", answer: "403 Request blocked", send: async (target) => said(await target.edge(target.paths.play.replace("/p", "/%70"), { method: "POST", from: FLOODER })) },
]);

async function flood(target: Target): Promise<string> {
  const ask = (forged: number) =>
    target.edge(target.paths.play, {
      method: "POST",
      from: FLOODER,
      headers: { "x-forwarded-for": `10.0.0.${forged % 250}` },
    });
  for (let sent = 0; sent < RATE; sent += 10) await Promise.all(Array.from({ length: 10 }, (_, i) => ask(sent + i)));
  return said(await ask(RATE));
}
