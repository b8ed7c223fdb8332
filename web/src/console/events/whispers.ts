// Tells whoever listens on this page that a supervisor whispered in a chat.
const listeners = new Set<(chat: string) => void>();

export function whispered(chat: string): void {
  for (const heard of listeners) heard(chat);
}

/** Returns how to listen no more. */
export function onWhisper(listener: (chat: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
