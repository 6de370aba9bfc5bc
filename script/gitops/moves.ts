import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { same } from "./gate-rules";

interface Block {
  readonly from: string;
  readonly to?: string;
  readonly lifecycle?: unknown;
}

interface Body {
  readonly [argument: string]: unknown;
  readonly "//"?: { readonly metadata?: { readonly path?: string } };
}

/** The parts of a synthesised stack that say where things are and where they went. */
interface Stack {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Body>>>>;
  readonly moved?: Block | readonly Block[];
  readonly removed?: Block | readonly Block[];
}

/** An address of main's that the new stack does not account for. */
export interface Lost {
  readonly address: string;
  readonly problem: string;
  /** What to write where. */
  readonly remedy: string;
}

/**
 * Addresses that may go without a word, and why: they are named after files, so that a file that is deleted is the word.
 * The build names the player page's files by their content, and the page's next version brings its own.
 */
export const GOES_BY_ITSELF: readonly { readonly address: RegExp; readonly why: string }[] = [
  { address: /^aws_s3_object_copy\.player_/, why: "files of the player page, named by their content" },
  {
    address: /^aws_(cloudfront_public_key|secretsmanager_secret)\.signing_/,
    why: "a signing key, dropped by deleting its file (keys/README.md, Rotation)",
  },
];

/**
 * Addresses of `base` that are not in `head` and of which `head` does not say where they went. Terraform would destroy
 * them; whether that is meant has to stand in the code.
 */
export function lostAddresses(base: string, head: string): Lost[] {
  const [before, after] = [JSON.parse(base) as Stack, JSON.parse(head) as Stack];
  const [old, now] = [resources(before), resources(after)];
  const moved = new Map(list(after.moved).map(({ from, to = "" }) => [withoutIndex(from), withoutIndex(to)]));
  const removed = new Set(list(after.removed).map(({ from }) => withoutIndex(from)));
  const gone = [...old.keys()].filter((address) => !now.has(address) && !isExpected(address));
  const unsaid = gone.filter((address) => !moved.has(address) && !removed.has(address));
  return [...unsaid.map((address) => lost(address, old, now, after)), ...contradictions(moved, removed, now)].sort(
    (one, other) => (one.address < other.address ? -1 : 1),
  );
}

const isExpected = (address: string): boolean => GOES_BY_ITSELF.some((entry) => entry.address.test(address));

const list = (blocks: Block | readonly Block[] | undefined): readonly Block[] =>
  blocks === undefined ? [] : Array.isArray(blocks) ? (blocks as readonly Block[]) : [blocks as Block];

const withoutIndex = (address: string): string => address.replace(/\[.*\]$/, "");

function resources({ resource = {} }: Stack): Map<string, Body> {
  return new Map(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, body]) => [`${type}.${name}`, body] as const),
    ),
  );
}

function lost(address: string, old: Map<string, Body>, now: Map<string, Body>, head: Stack): Lost {
  const to = successor(address, old, now);
  const problem = "it is gone from the stack, and Terraform would destroy it";
  const drop = removedLine(address, head);
  if (to === undefined) return { address, problem, remedy: drop };
  const path = now.get(to)?.["//"]?.metadata?.path;
  const where = path === undefined ? `on the construct of ${to}` : `on the construct ${path}`;
  return { address, problem, remedy: `if it is now ${to}, ${where}: .moveFromId("${address}"); else ${drop}` };
}

/** A new resource of the same type: the one with the same arguments, or the only one there is. */
function successor(address: string, old: Map<string, Body>, now: Map<string, Body>): string | undefined {
  const type = address.split(".")[0] ?? "";
  const added = [...now.keys()].filter((name) => name.startsWith(`${type}.`) && !old.has(name));
  const alike = added.find((name) => same(essence(now.get(name)), essence(old.get(address))));
  return alike ?? (added.length === 1 ? added[0] : undefined);
}

const essence = (body: Body | undefined): unknown => ({ ...body, "//": undefined });

/** `addOverride` replaces what an earlier call set, so one call names every removal there is. */
function removedLine(address: string, head: Stack): string {
  const blocks = [...list(head.removed), { from: address, lifecycle: { destroy: true } }];
  const entries = blocks.map(({ from, lifecycle }) => {
    const [{ destroy = true } = {}] = (Array.isArray(lifecycle) ? lifecycle : [lifecycle]) as { destroy?: boolean }[];
    return `{ from: "${from}", lifecycle: { destroy: ${destroy} } }`;
  });
  return `in the stack's constructor: this.addOverride("removed", [${entries.join(", ")}]) (destroy: false leaves it in AWS)`;
}

/** What Terraform would refuse, or not do, with the blocks that are there. */
function contradictions(moved: Map<string, string>, removed: Set<string>, now: Map<string, Body>): Lost[] {
  const stays = [...moved.keys(), ...removed].filter((from) => now.has(from));
  const nowhere = [...moved].filter(([, to]) => !now.has(to) && !moved.has(to) && !removed.has(to));
  return [
    ...stays.map((address) => ({
      address,
      problem: "it is said to be moved or removed, and is still in the stack",
      remedy: "take the block or the resource away",
    })),
    ...nowhere.map(([address, to]) => ({
      address,
      problem: `it is moved to ${to}, which is not in the stack`,
      remedy: "name the address that the resource has now",
    })),
  ];
}

/** One paragraph for each address: what happens to it, and the line to add. */
export function movesReport(lost: readonly Lost[]): string {
  if (lost.length === 0) return "every address of main is still there, moved or removed on purpose\n";
  return lost.map(({ address, problem, remedy }) => `${address}: ${problem}\n  ${remedy}\n`).join("");
}

/** `npm run moves -- BASE.json HEAD.json`: exit 0, 1 unreadable, 2 when an address is lost. */
function main(args: string[]): number {
  const [base, head, ...more] = parseArgs({ args, allowPositionals: true }).positionals;
  if (base === undefined || head === undefined || more.length > 0) {
    throw new Error("usage: npm run moves -- BASE.json HEAD.json");
  }
  const lost = lostAddresses(readFileSync(base, "utf8"), readFileSync(head, "utf8"));
  process.stdout.write(movesReport(lost));
  return lost.length === 0 ? 0 : 2;
}

if (require.main === module) {
  try {
    process.exitCode = main(process.argv.slice(2));
  } catch (error) {
    console.error(`moves: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
