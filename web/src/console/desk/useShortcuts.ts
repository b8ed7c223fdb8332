// Shortcuts of one key. They rest while somebody types or a dialog is open, and can be switched off for good
// (WCAG 2.1.4: who speaks to the computer must not trigger them by words).
import { useEffect, useRef, useSyncExternalStore } from "react";
import { remember, remembered } from "../../ui/memory";

const KEY = "ventanilla.console.shortcuts";
const listeners = new Set<() => void>();
let on = remembered(KEY, (value): value is boolean => typeof value === "boolean") ?? true;

export function useShortcutsOn(): [boolean, (on: boolean) => void] {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => on,
  );
  const set = (next: boolean) => {
    on = next;
    remember(KEY, next);
    for (const heard of listeners) heard();
  };
  return [now, set];
}

const ELSEWHERE =
  "input, textarea, select, [contenteditable=true], [role=dialog], [role=alertdialog], [role=menu]";

export function useShortcuts(actions: Readonly<Record<string, () => void>>): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target instanceof Element && event.target.closest(ELSEWHERE)) return;
      const action = latest.current[event.key];
      if (!action) return;
      // Before the list, which would take letters as a search.
      event.preventDefault();
      event.stopPropagation();
      action();
    };
    window.addEventListener("keydown", pressed, { capture: true });
    return () => window.removeEventListener("keydown", pressed, { capture: true });
  }, []);
}
