// Doing something at most once in a while, however often it is asked for. All pages hear at once that the queues
// changed: by chance each waits a little longer or shorter, so that they do not all ask the server together.

interface Pace {
  everyMs: number;
  /** Up to so much is added to each wait. */
  jitterMs: number;
}

export function seldom(act: () => void, { everyMs, jitterMs }: Pace) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const run = () => {
    stop();
    lastAt = Date.now();
    act();
  };
  return {
    ask() {
      const rest = Math.max(0, lastAt + everyMs - Date.now());
      timer ??= setTimeout(run, rest + Math.random() * jitterMs);
    },
    /** What was asked for is done at once: somebody looks. */
    hurry() {
      if (timer !== undefined) run();
    },
    stop,
  };
}
