// Storage that never throws: browsers forbid it (private windows, blocked cookies) or are full. Then things are kept
// until the page goes.

export interface Store {
  get: (key: string) => string | null;
  /** `false` when it is kept for this page only. */
  set: (key: string, value: string) => boolean;
  remove: (key: string) => void;
}

export function storeOf(pick: () => Storage, prefix: string): Store {
  const unkept = new Map<string, string>();
  const attempt = <T>(act: (area: Storage) => T, otherwise: T): T => {
    try {
      // Naming `localStorage` throws already where it is forbidden.
      return act(pick());
    } catch {
      return otherwise;
    }
  };
  return {
    get: (key) => unkept.get(key) ?? attempt((area) => area.getItem(prefix + key), null),
    set: (key, value) => {
      const kept = attempt((area) => {
        area.setItem(prefix + key, value);
        return true;
      }, false);
      if (kept) unkept.delete(key);
      else unkept.set(key, value);
      return kept;
    },
    remove: (key) => {
      unkept.delete(key);
      attempt((area) => area.removeItem(prefix + key), undefined);
    },
  };
}
