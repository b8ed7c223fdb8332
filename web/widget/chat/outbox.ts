// The queue of what the visitor said: in order, one at a time, until the server has it. A message keeps its id however
// often it is tried, so nothing arrives twice; it is kept in this browser, so a reload loses nothing.
import { type Api, ApiFailure } from "./api";
import { backoff, RECONNECT } from "./backoff";
import { type OwnMessage, wire } from "./own";
import { pause } from "./pause";
import type { Photos } from "./photos";

export interface OutboxEvents {
  /** The first message that waits. */
  next: () => OwnMessage | undefined;
  /** Makes sure that there is a token; `fresh` when the old one was refused. */
  session: (fresh: boolean) => Promise<void>;
  /** A message has a new state, or its photo has arrived. */
  changed: (message: OwnMessage, change: Partial<OwnMessage>) => void;
  progress: (id: string, share: number) => void;
  connected: (is: boolean) => void;
  blocked: (detail: string) => void;
}

export class Outbox {
  private readonly api: Api;
  private readonly photos: Photos;
  private readonly on: OutboxEvents;
  private readonly rest = pause();
  private running = false;
  private renewed = false;

  constructor(api: Api, photos: Photos, on: OutboxEvents) {
    this.api = api;
    this.photos = photos;
    this.on = on;
  }

  /** Sends what waits; does nothing when that is under way already. */
  kick(): void {
    if (this.running) this.rest.wake();
    else void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    let failures = 0;
    for (let message = this.on.next(); message; message = this.on.next()) {
      try {
        await this.deliver(message);
        this.on.changed(message, { state: "sent" });
        this.on.connected(true);
        this.renewed = false;
        failures = 0;
      } catch (error) {
        failures += 1;
        const failure = error instanceof ApiFailure ? error : new ApiFailure("refused");
        if (!(await this.settle(message, failure, failures))) break;
      }
    }
    this.running = false;
  }

  private async deliver(message: OwnMessage): Promise<void> {
    await this.on.session(false);
    const { said } = message;
    if (said.type === "photo" && !said.media) {
      const photo = await this.photos.waiting(message.id);
      if (!photo) throw new ApiFailure("refused", "the photo is gone");
      const media = await this.api.upload(photo, (share) => this.on.progress(message.id, share));
      this.on.changed(message, { said: { ...said, media } });
      await this.api.post(wire({ ...message, said: { ...said, media } }));
      this.photos.done(message.id);
      return;
    }
    await this.api.post(wire(message));
    this.photos.done(message.id);
  }

  /** What a failure means for the message; `false` when nothing more can be sent now. */
  private async settle(message: OwnMessage, failure: ApiFailure, failures: number): Promise<boolean> {
    if (failure.kind === "blocked") {
      this.on.blocked(failure.message);
      return false;
    }
    if (failure.kind === "token" && !this.renewed) {
      this.renewed = true;
      return this.on.session(true).then(
        () => true,
        () => true,
      );
    }
    if (failure.kind === "refused") {
      this.on.changed(message, { state: "failed" });
      return true;
    }
    this.on.connected(false);
    await this.rest.wait(Math.max(failure.waitMs, backoff(RECONNECT, failures)));
    return true;
  }
}
