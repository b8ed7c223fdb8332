// A stream of server-sent events that is listened to until the listener leaves.

export type Connection = "connecting" | "live" | "lost";

export interface Listener {
  /** By the event's name; each gets the event's JSON. */
  events: Readonly<Record<string, (data: unknown) => void>>;
  connection: (connection: Connection) => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

/**
 * Listens until the returned function is called. Each connection begins with the whole history: what was missed in
 * between, and a simulator that was started anew, come right without a second request. That is why EventSource's own
 * reconnecting (from the last number) is not used.
 */
export function listen(url: string, listener: Listener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  const open = () => {
    source = new EventSource(url);
    source.addEventListener("open", () => {
      wait = FIRST_WAIT_MS;
      listener.connection("live");
    });
    for (const [name, heard] of Object.entries(listener.events)) {
      source.addEventListener(name, (event) => heard(JSON.parse(event.data)));
    }
    source.addEventListener("error", () => {
      source?.close();
      listener.connection("lost");
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
