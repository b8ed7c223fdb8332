// The conversation: what was said on both sides, what waits, and whether there is a connection. The view draws it
// whenever it says that it changed; nothing here knows of the page.
import type { Api } from "./api";
import { Live } from "./live";
import type { Memory } from "./memory";
import { isBlank, readMessage, type TownMessage } from "./message";
import { Outbox } from "./outbox";
import { type Entry, inOrder, newId, type OwnMessage, type Said } from "./own";
import type { Photos } from "./photos";

export type Connection = "idle" | "connecting" | "live" | "lost";

/** What a mailbox gives at once. */
const PAGE = 100;
/** The bot answers sooner; whoever waits longer waits for a person, who does not write all the time. */
const WRITING_MS = 8000;
/** When to look for an answer though no event came: some proxies hold events back. */
const LOOK_AFTER_MS = [4000, 10_000, 25_000];

export class Chat {
  connection: Connection = "idle";
  /** Why this page may not use the chat; `null` when it may. */
  blocked: string | null = null;
  /** The town is probably about to answer. */
  writing = false;
  /** Share of a photo that has arrived, by message. */
  readonly progress = new Map<string, number>();

  private readonly api: Api;
  private readonly memory: Memory;
  private readonly photos: Photos;
  private readonly live: Live;
  private readonly outbox: Outbox;
  private readonly changed: () => void;
  private town: TownMessage[];
  private mine: OwnMessage[];
  private looking: Promise<boolean> | null = null;
  private lookAgain = false;
  private timers: number[] = [];

  constructor(api: Api, memory: Memory, photos: Photos, changed: () => void) {
    this.api = api;
    this.memory = memory;
    this.photos = photos;
    this.changed = changed;
    this.town = memory.town;
    this.mine = memory.mine;
    const connected = (is: boolean) => this.setConnection(is ? "live" : "lost");
    const refused = () => {
      // The next message begins a new session.
      memory.dropToken();
      this.setConnection("idle");
    };
    this.live = new Live(api, { look: () => this.look(), connected, refused });
    this.outbox = new Outbox(api, photos, {
      next: () => this.mine.find((own) => own.state === "waiting"),
      session: (fresh) => this.session(fresh),
      changed: (message, change) => this.change(message.id, change),
      progress: (id, share) => {
        this.progress.set(id, share);
        this.changed();
      },
      connected,
      blocked: (detail) => {
        this.blocked = detail;
        this.changed();
      },
    });
  }

  get entries(): Entry[] {
    const readable = this.town.filter((message) => !isBlank(message));
    return inOrder(readable, this.mine);
  }

  get hasBegun(): boolean {
    return this.town.length > 0 || this.mine.length > 0;
  }

  get unread(): number {
    const { seen } = this.memory;
    return this.town.filter((message) => message.id > seen && !isBlank(message)).length;
  }

  get isWaiting(): boolean {
    return this.mine.some((own) => own.state === "waiting");
  }

  /** Takes up what was left: connects where a conversation was begun, and sends what still waits. */
  resume(): void {
    if (this.memory.token) {
      if (this.connection === "idle") this.setConnection("connecting");
      this.live.start();
    }
    if (this.isWaiting) this.outbox.kick();
  }

  /** Nobody looks: keep the battery. */
  rest(): void {
    this.live.stop();
  }

  /** The browser says that there is a network again, or none. */
  online(is: boolean): void {
    if (!is) this.setConnection("lost");
    else {
      if (this.connection === "lost") this.setConnection(this.memory.token ? "connecting" : "idle");
      this.live.hurry();
      this.resume();
    }
  }

  say(said: Said, photo?: Blob): void {
    const now = Date.now();
    const own: OwnMessage = { id: newId(now), at: now, after: this.lastId, state: "waiting", said };
    if (photo) this.photos.keep(own.id, photo);
    this.mine.push(own);
    this.saveMine();
    this.see();
    this.outbox.kick();
  }

  retry(id: string): void {
    this.change(id, { state: "waiting" });
    this.outbox.kick();
  }

  discard(id: string): void {
    this.mine = this.mine.filter((own) => own.id !== id);
    this.photos.done(id);
    this.saveMine();
  }

  /** Everything so far was shown to the visitor. */
  see(): void {
    if (this.lastId > this.memory.seen) this.memory.seen = this.lastId;
    this.changed();
  }

  /** Another tab said or forgot something. */
  adopt(): void {
    const theirs = this.memory.mine;
    if (!theirs.length && !this.memory.token) this.clear();
    for (const own of theirs) {
      const known = this.mine.find(({ id }) => id === own.id);
      if (!known) this.mine.push(own);
      else if (own.state === "sent") known.state = "sent";
    }
    this.changed();
    this.resume();
  }

  forget(): void {
    this.memory.forget();
    this.clear();
  }

  file(id: string): Promise<Blob> {
    return this.api.file(id);
  }

  private clear(): void {
    this.live.stop();
    this.stopExpecting();
    this.town = [];
    this.mine = [];
    this.memory.keepTown([]);
    this.setConnection("idle");
    this.changed();
  }

  private get lastId(): string {
    return this.town[this.town.length - 1]?.id ?? "";
  }

  private setConnection(connection: Connection): void {
    if (connection === this.connection) return;
    if (connection === "live") this.blocked = null;
    this.connection = connection;
    this.changed();
  }

  private change(id: string, change: Partial<OwnMessage>): void {
    const own = this.mine.find((message) => message.id === id);
    if (!own) return;
    Object.assign(own, change);
    if (change.state) this.progress.delete(id);
    if (change.state === "sent") this.expectAnswer();
    this.saveMine();
  }

  private saveMine(): void {
    this.memory.keepMine(this.mine, Date.now());
    this.changed();
  }

  private async session(fresh: boolean): Promise<void> {
    if (!this.memory.token || fresh) {
      this.memory.token = await this.api.openSession();
      // Photos that were uploaded with another token are not ours any more.
      for (const own of this.mine) {
        if (own.state === "waiting" && own.said.type === "photo") own.said.media = null;
      }
    }
    this.live.start();
  }

  /** Fetches what is new. Whoever asks meanwhile gets the same answer, and one more look after it. */
  private look(): Promise<boolean> {
    if (this.looking) {
      this.lookAgain = true;
      return this.looking;
    }
    const look = this.fetchNew().finally(() => {
      this.looking = null;
    });
    this.looking = look;
    return look;
  }

  private async fetchNew(): Promise<boolean> {
    const before = this.town.length;
    for (let more = true; more; ) {
      this.lookAgain = false;
      const { token } = this.memory;
      const page = await this.api.mailbox(this.lastId);
      // Forgotten while it was on its way.
      if (token !== this.memory.token) return false;
      const last = this.lastId;
      this.town.push(...page.map(readMessage).filter((message) => isAfter(message, last)));
      more = (page.length >= PAGE && this.lastId !== last) || this.lookAgain;
    }
    if (this.town.length === before) return false;
    this.memory.keepTown(this.town);
    this.stopExpecting();
    this.changed();
    return true;
  }

  private expectAnswer(): void {
    this.stopExpecting();
    this.writing = true;
    this.live.hurry();
    const later = (ms: number, act: () => void) => this.timers.push(window.setTimeout(act, ms));
    later(WRITING_MS, () => {
      this.writing = false;
      this.changed();
    });
    for (const ms of LOOK_AFTER_MS) later(ms, () => this.look().catch(() => false));
  }

  private stopExpecting(): void {
    this.writing = false;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers = [];
  }
}

function isAfter(message: TownMessage | null, id: string): message is TownMessage {
  return message !== null && message.id > id;
}
