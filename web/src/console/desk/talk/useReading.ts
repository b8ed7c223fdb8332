// Where somebody reads in a conversation. At the end new messages come into view; further up nothing moves, and the
// number of those that came is told.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

const NEAR_PX = 60;

export function useReading(count: number, own: boolean) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const seen = useRef(count);
  const [unseen, setUnseen] = useState(0);

  const toEnd = useCallback(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, []);
  const onScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {};
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (atEnd.current) setUnseen(0);
  };

  useLayoutEffect(() => {
    const more = count - seen.current;
    seen.current = count;
    // Who just wrote wants to see it.
    if (atEnd.current || (more > 0 && own)) toEnd();
    else if (more > 0) setUnseen((before) => before + more);
  }, [count, own, toEnd]);

  // The box shrinks when the composer grows, and its content grows when a photo is loaded.
  useEffect(() => {
    if (!box.current) return;
    const watcher = new ResizeObserver(() => atEnd.current && toEnd());
    watcher.observe(box.current);
    if (box.current.firstElementChild) watcher.observe(box.current.firstElementChild);
    return () => watcher.disconnect();
  }, [toEnd]);

  return { box, unseen, onScroll, toEnd };
}
