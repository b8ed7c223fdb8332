// Keeps the newest message in view.
import { useEffect, useRef } from "react";

/** Nearer to the end than this (pixels) counts as being at the end. */
const NEAR = 80;

/**
 * Keeps the end in view while the conversation or the phone changes size (messages, photos, the keyboard), unless the
 * person has scrolled up to read; what the person sends (`mine`, its id) is always shown. Only the frame scrolls:
 * `scrollIntoView` would move the phone too.
 */
export function useEndInView(mine: string | undefined) {
  const frame = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [outer, inner] = [frame.current, content.current];
    if (!outer || !inner) return;
    let atEnd = true;
    const remember = () => {
      atEnd = outer.scrollHeight - outer.scrollTop - outer.clientHeight < NEAR;
    };
    const follow = new ResizeObserver(() => {
      if (atEnd) outer.scrollTop = outer.scrollHeight;
    });
    outer.addEventListener("scroll", remember);
    follow.observe(outer);
    follow.observe(inner);
    return () => {
      outer.removeEventListener("scroll", remember);
      follow.disconnect();
    };
  }, []);
  useEffect(() => {
    if (mine && frame.current) frame.current.scrollTop = frame.current.scrollHeight;
  }, [mine]);
  return { frame, content };
}
