import { AwsError } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { MessageAttributes } from "./message-attributes";
import type { QueueLog, StoredMessage } from "./queue-log";
import type { QueueSettings } from "./queue-settings";

interface Held {
  readonly stored: StoredMessage;
  visibleAt: number;
  receives: number;
  firstReceivedAt?: number;
  receipt?: string;
}

/** A message with what `ReceiveMessage` tells of it. */
export interface Received {
  readonly message: StoredMessage;
  readonly receipt: string;
  readonly receives: number;
  readonly firstReceivedAt: number;
}

export interface QueueOptions {
  readonly settings: QueueSettings;
  readonly log: QueueLog;
  readonly clock: Clock;
  readonly ids: () => string;
  /** Takes what was received too often. */
  readonly redrive: (deadLetterArn: string, message: StoredMessage) => void;
}

/** One standard queue: visibility timeouts, retention, delay, redrive. */
export class Queue {
  private held: Held[];
  private listeners: (() => void)[] = [];
  readonly settings: QueueSettings;

  constructor(private readonly options: QueueOptions) {
    this.settings = options.settings;
    this.held = options.log.messages.map((stored) => ({ stored, visibleAt: 0, receives: 0 }));
  }

  send(body: string, attributes: MessageAttributes, senderId: string, delayMs = this.settings.delayMs): StoredMessage {
    const bytes = Buffer.byteLength(body);
    if (body === "" || bytes > this.settings.maximumBytes) {
      const limits = `must be 1 to ${this.settings.maximumBytes} bytes, got ${bytes}`;
      throw new AwsError("InvalidParameterValue", `One or more parameters are invalid. Reason: Message ${limits}.`);
    }
    const now = this.options.clock();
    return this.add({ id: this.options.ids(), body, attributes, senderId, sentAt: now }, now + delayMs);
  }

  /** Takes a message over from another queue, its id kept. */
  add(stored: StoredMessage, visibleAt = 0): StoredMessage {
    this.options.log.append({ op: "send", message: stored });
    this.held.push({ stored, visibleAt, receives: 0 });
    for (const listener of this.listeners.splice(0)) listener();
    return stored;
  }

  /** Up to `maximum` visible messages, now hidden for `visibilityMs`. */
  receive(maximum: number, visibilityMs = this.settings.visibilityMs): Received[] {
    const now = this.options.clock();
    this.dropExpired(now);
    this.redriveSpent(now);
    return this.held
      .filter((held) => held.visibleAt <= now)
      .slice(0, maximum)
      .map((held) => this.hand(held, now, visibilityMs));
  }

  /** Calls back once when a message arrives; returns how to give up. */
  onArrival(listener: () => void): () => void {
    this.listeners.push(listener);
    return () => (this.listeners = this.listeners.filter((other) => other !== listener));
  }

  /** Deleting what is already gone is no error; a handle that was never given out is. */
  delete(receipt: string): void {
    const held = this.byReceipt(receipt);
    if (held) this.remove(held);
  }

  changeVisibility(receipt: string, visibilityMs: number): void {
    const held = this.byReceipt(receipt);
    if (!held) throw new AwsError("InvalidParameterValue", "The message is no longer in the queue.");
    held.visibleAt = this.options.clock() + visibilityMs;
  }

  purge(): void {
    this.options.log.append({ op: "purge" });
    this.held = [];
  }

  counts(): { visible: number; hidden: number; delayed: number } {
    const now = this.options.clock();
    this.dropExpired(now);
    const waiting = this.held.filter((held) => held.visibleAt > now);
    const delayed = waiting.filter((held) => held.receives === 0).length;
    return { visible: this.held.length - waiting.length, hidden: waiting.length - delayed, delayed };
  }

  private hand(held: Held, now: number, visibilityMs: number): Received {
    held.visibleAt = now + visibilityMs;
    held.receives += 1;
    held.firstReceivedAt ??= now;
    held.receipt = Buffer.from(`${held.stored.id} ${this.options.ids()}`).toString("base64url");
    return {
      message: held.stored,
      receipt: held.receipt,
      receives: held.receives,
      firstReceivedAt: held.firstReceivedAt,
    };
  }

  private byReceipt(receipt: string): Held | undefined {
    const [id, token] = Buffer.from(receipt, "base64url").toString().split(" ");
    if (!id || !token) throw new AwsError("ReceiptHandleIsInvalid", "The input receipt handle is invalid.", 404);
    return this.held.find((held) => held.stored.id === id);
  }

  private remove(held: Held): void {
    this.options.log.append({ op: "delete", id: held.stored.id });
    this.held = this.held.filter((other) => other !== held);
  }

  private dropExpired(now: number): void {
    const oldest = now - this.settings.retentionMs;
    for (const held of this.held.filter(({ stored }) => stored.sentAt < oldest)) this.remove(held);
  }

  private redriveSpent(now: number): void {
    const { redrive } = this.settings;
    if (!redrive) return;
    const isSpent = (held: Held): boolean => held.visibleAt <= now && held.receives >= redrive.maxReceiveCount;
    for (const held of this.held.filter(isSpent)) {
      this.options.redrive(redrive.deadLetterTargetArn, held.stored);
      this.remove(held);
    }
  }
}
