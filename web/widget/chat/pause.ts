// A pause that can be cut short: by news from the browser (it is online again) or by the visitor.

export interface Pause {
  /** Resolves after so many milliseconds, or when somebody wakes it. */
  wait: (ms: number) => Promise<void>;
  wake: () => void;
}

export function pause(): Pause {
  let wake = () => {};
  return {
    wait: (ms) =>
      new Promise((done) => {
        const timer = setTimeout(done, ms);
        wake = () => {
          clearTimeout(timer);
          done();
        };
      }),
    wake: () => wake(),
  };
}
