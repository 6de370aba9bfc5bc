import http from "node:http";
import type { AddressInfo } from "node:net";

export interface KeyEndpoint {
  readonly address: string;
  /** `METHOD kind` of every request that changed something, in the order of their arrival; with the error if refused. */
  readonly changes: string[];
  stop(): Promise<void>;
}

type Kind = "public-key" | "key-group";

interface Thing {
  readonly kind: Kind;
  /** As it was sent. */
  readonly config: string;
  readonly revision: number;
}

const ELEMENTS: Readonly<Record<Kind, string>> = { "public-key": "PublicKey", "key-group": "KeyGroup" };

/**
 * CloudFront's API for public keys and key groups, as Terraform uses it. As at AWS, a key that a group holds cannot be
 * deleted (https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DeletePublicKey.html).
 */
export async function startKeyEndpoint(): Promise<KeyEndpoint> {
  const things = new Map<string, Thing>();
  let made = 0;
  const newId = (): string => `K${String((made += 1)).padStart(13, "0")}`;
  const changes: string[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "GET", url = "/" } = request;
      const [, , kind = "", id = ""] = (url.split("?")[0] ?? "").split("/");
      const answer = perform(
        things,
        method,
        kind as Kind,
        method === "POST" ? newId() : id,
        Buffer.concat(chunks).toString("utf8"),
      );
      const refused = answer.status >= 400 ? ` refused: ${answer.body}` : "";
      if (method !== "GET") changes.push(`${method} ${kind}${refused}`);
      response.writeHead(answer.status, { "content-type": "text/xml", ...answer.headers }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    changes,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function perform(things: Map<string, Thing>, method: string, kind: Kind, id: string, body: string): Answer {
  const config = body.replace(/^<\?xml[^>]*\?>/, "");
  if (method === "POST") {
    things.set(id, { kind, config, revision: 1 });
    return show(things, id, 201);
  }
  const thing = things.get(id);
  if (!thing) return error(404, kind === "public-key" ? "NoSuchPublicKey" : "NoSuchResource");
  if (method === "GET") return show(things, id, 200);
  if (method === "PUT") {
    things.set(id, { kind, config, revision: thing.revision + 1 });
    return show(things, id, 200);
  }
  const inUse = [...things.values()].some((each) => each.kind === "key-group" && each.config.includes(`>${id}<`));
  if (kind === "public-key" && inUse) return error(409, "PublicKeyInUse");
  things.delete(id);
  return { status: 204 };
}

function show(things: ReadonlyMap<string, Thing>, id: string, status: number): Answer {
  const { kind, config, revision } = things.get(id) as Thing;
  const name = ELEMENTS[kind];
  const times =
    "<CreatedTime>2026-01-01T00:00:00Z</CreatedTime><LastModifiedTime>2026-01-01T00:00:00Z</LastModifiedTime>";
  return {
    status,
    headers: { etag: `E${revision}` },
    body: `<${name} xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>${id}</Id>${times}${config}</${name}>`,
  };
}

function error(status: number, code: string): Answer {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${code}</Message></Error></ErrorResponse>`;
  return { status, body };
}
