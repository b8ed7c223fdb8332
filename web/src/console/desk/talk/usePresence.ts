// Tells the colleagues that this conversation is open here, and when something is being typed.
import { useEffect, useState } from "react";
import { desk } from "../../api/desk";

const EVERY_MS = 20_000;
/** After this long without a key nobody is typing any more. */
const TYPED_MS = 4000;

/** Presence is a courtesy: when it cannot be told, nothing is lost. */
const quietly = (request: Promise<unknown>) => void request.catch(() => {});

/** Returns what to call at each key. */
export function usePresence(chat: string, on: boolean): () => void {
  const [typedAt, setTypedAt] = useState(0);
  const [typing, setTyping] = useState(false);
  useEffect(() => {
    if (typedAt === 0) return;
    setTyping(true);
    const timer = setTimeout(() => setTyping(false), TYPED_MS);
    return () => clearTimeout(timer);
  }, [typedAt]);
  useEffect(() => {
    if (!on) return;
    const tell = () => quietly(desk.present(chat, typing));
    tell();
    const timer = setInterval(tell, EVERY_MS);
    return () => clearInterval(timer);
  }, [chat, on, typing]);
  useEffect(() => {
    if (!on) return;
    return () => quietly(desk.leave(chat));
  }, [chat, on]);
  return () => setTypedAt(Date.now());
}
