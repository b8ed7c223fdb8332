// Hears of news: by a stream of events, or by asking again and again where streams do not come through. An event only
// says that there is something; `look` fetches it.
import { type Api, ApiFailure } from "./api";
import { backoff, RECONNECT } from "./backoff";
import { pause } from "./pause";
import { eventCounter } from "./sse";

/** The server says something every 15 seconds; a stream that is silent this long is dead, or held up by a proxy. */
const SILENT_MS = 40_000;
/** After so many streams that never said a word this page asks instead. */
const SILENT_STREAMS = 2;
const ASK_OFTEN_MS = 3000;
const ASK_SELDOM_MS = 30_000;

export interface LiveEvents {
  /** Fetches what is new; `true` when there was something. Fails with an `ApiFailure`. */
  look: () => Promise<boolean>;
  connected: (is: boolean) => void;
  /** The token is not good any more; nothing is heard until the next start. */
  refused: () => void;
}

export class Live {
  private readonly api: Api;
  private readonly on: LiveEvents;
  private readonly pause = pause();
  private aborter: AbortController | null = null;
  private running = false;
  private round = 0;
  private silentStreams = 0;
  private askAfterMs = ASK_OFTEN_MS;

  constructor(api: Api, on: LiveEvents) {
    this.api = api;
    this.on = on;
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.round += 1;
    void this.run(this.round);
  }

  stop(): void {
    this.running = false;
    this.aborter?.abort();
    this.pause.wake();
  }

  /** Do not wait any longer: the connection is back, or an answer is expected. */
  hurry(): void {
    this.askAfterMs = ASK_OFTEN_MS;
    this.pause.wake();
  }

  /** A stopped round may still be ending when the next begins. */
  private goesOn(round: number): boolean {
    return this.running && round === this.round;
  }

  private async run(round: number): Promise<void> {
    let failures = 0;
    while (this.goesOn(round)) {
      try {
        if (this.canStream()) await this.listen();
        else await this.ask();
        failures = 0;
        if (this.canStream() && this.goesOn(round)) await this.pause.wait(backoff(RECONNECT, 1));
      } catch (error) {
        if (!this.goesOn(round)) return;
        if (error instanceof ApiFailure && error.kind === "token") {
          this.stop();
          this.on.refused();
          return;
        }
        this.on.connected(false);
        failures += 1;
        const asked = error instanceof ApiFailure ? error.waitMs : 0;
        await this.pause.wait(Math.max(asked, backoff(RECONNECT, failures)));
      }
    }
  }

  private canStream(): boolean {
    return typeof TextDecoder === "function" && this.silentStreams < SILENT_STREAMS;
  }

  private async ask(): Promise<void> {
    const isNew = await this.on.look();
    this.on.connected(true);
    this.askAfterMs = isNew ? ASK_OFTEN_MS : Math.min(ASK_SELDOM_MS, this.askAfterMs * 1.5);
    await this.pause.wait(backoff({ first: this.askAfterMs, most: ASK_SELDOM_MS }, 1));
  }

  /** Ends when the stream does. */
  private async listen(): Promise<void> {
    const aborter = new AbortController();
    this.aborter = aborter;
    let heard = false;
    let watchdog = setTimeout(() => aborter.abort(), SILENT_MS);
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => aborter.abort(), SILENT_MS);
    };
    try {
      const body = await this.api.events(aborter.signal);
      if (!body?.getReader) {
        this.silentStreams = SILENT_STREAMS;
        return;
      }
      // Only now: whatever is said from here on is heard, and what was said before is fetched.
      await this.on.look();
      this.on.connected(true);
      await this.read(body, () => {
        heard = true;
        alive();
        this.on.connected(true);
      });
    } catch (error) {
      if (!aborter.signal.aborted) throw error;
      if (this.running) this.silentStreams = heard ? 0 : this.silentStreams + 1;
    } finally {
      clearTimeout(watchdog);
      aborter.abort();
    }
  }

  private async read(body: ReadableStream<Uint8Array>, alive: () => void): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    const events = eventCounter();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      alive();
      if (events(decoder.decode(value, { stream: true })) > 0) await this.on.look();
    }
  }
}
