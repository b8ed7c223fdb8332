// Sending with a second try: what did not go out is kept until the person tries again or lets it go.
import { useCallback, useState } from "react";

/** What could not be sent. */
export interface Unsent<T> {
  key: number;
  outgoing: T;
}

export interface Outbox<T> {
  unsent: readonly Unsent<T>[];
  send: (outgoing: T) => void;
  retry: (unsent: Unsent<T>) => void;
  discard: (unsent: Unsent<T>) => void;
}

let lastKey = 0;

/** `deliver` has to stay the same function between renders. Another person needs another outbox: give the owner a key. */
export function useOutbox<T>(deliver: (outgoing: T) => Promise<void>): Outbox<T> {
  const [unsent, setUnsent] = useState<readonly Unsent<T>[]>([]);
  const send = useCallback(
    (outgoing: T) => {
      deliver(outgoing).catch(() => {
        lastKey += 1;
        const failed = { key: lastKey, outgoing };
        setUnsent((all) => [...all, failed]);
      });
    },
    [deliver],
  );
  const discard = useCallback((gone: Unsent<T>) => setUnsent((all) => all.filter((one) => one !== gone)), []);
  const retry = useCallback(
    (again: Unsent<T>) => {
      discard(again);
      send(again.outgoing);
    },
    [discard, send],
  );
  return { unsent, send, retry, discard };
}
