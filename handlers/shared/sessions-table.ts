import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { end, lastUntil, type SlotOutcome, type Slots, take } from "./stream-slots";
import { SESSIONS } from "./tables";

/** Rounds of read, decide and write before giving up; each lost round means that another session of the viewer got on. */
const ROUNDS = 8;

/** Everything about one session and its viewer; times in milliseconds since 1970. */
interface Ask {
  readonly viewerId: string;
  readonly session: string;
  readonly now: number;
  /** When the session's cookie ends. */
  readonly until: number;
}

/** The playing sessions of viewers. Each change is one conditional write on the viewer's one item. */
export interface Sessions {
  /** Takes or renews the session's slot. */
  take(ask: Ask & { readonly limit: number }): Promise<SlotOutcome>;
  /** Gives it up. */
  end(ask: Ask): Promise<void>;
}

interface Item {
  readonly slots?: Slots;
  /** Number of the last write, which the next is conditional on. */
  readonly revision?: number;
}

export function sessionsTable(client: DynamoDBDocumentClient, table: string): Sessions {
  const change = async <R>(viewerId: string, decide: (slots: Slots) => { slots?: Slots; result: R }): Promise<R> => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const get = new GetCommand({ TableName: table, Key: { [SESSIONS.key]: viewerId }, ConsistentRead: true });
      const item = ((await client.send(get)).Item ?? {}) as Item;
      const { slots, result } = decide(item.slots ?? {});
      if (!slots || (await wrote(client, updateOf(table, viewerId, item, slots)))) return result;
    }
    throw new Error(
      `Sessions table ${table}: a viewer's item changed under ${ROUNDS} writes in a row; try again later`,
    );
  };
  return {
    take: ({ viewerId, ...taking }) =>
      change(viewerId, (current) => {
        const { slots, outcome } = take(current, taking);
        return { slots, result: outcome };
      }),
    end: ({ viewerId, session, now, until }) =>
      change(viewerId, (current) => ({ slots: end(current, session, now, until), result: undefined })),
  };
}

function updateOf(table: string, viewerId: string, { revision }: Item, slots: Slots): UpdateCommand {
  const expiry = Math.ceil(lastUntil(slots) / 1000);
  return new UpdateCommand({
    TableName: table,
    Key: { [SESSIONS.key]: viewerId },
    UpdateExpression: "SET #slots = :slots, #expiry = :expiry, #revision = :next",
    ConditionExpression: revision === undefined ? "attribute_not_exists(#revision)" : "#revision = :revision",
    ExpressionAttributeNames: { "#slots": "slots", "#expiry": SESSIONS.expiry, "#revision": "revision" },
    ExpressionAttributeValues: {
      ":slots": slots,
      ":expiry": expiry,
      ":next": (revision ?? 0) + 1,
      ...(revision !== undefined && { ":revision": revision }),
    },
  });
}

async function wrote(client: DynamoDBDocumentClient, update: UpdateCommand): Promise<boolean> {
  try {
    await client.send(update);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
