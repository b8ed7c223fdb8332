// How the console looks: as the system wishes, or as the person chose on this computer.
import { useSyncExternalStore } from "react";
import { remember, remembered } from "../../ui/memory";

export const THEMES = ["system", "light", "dark", "contrast"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "ventanilla.console.theme";
const moreContrast = matchMedia("(prefers-contrast: more)");
const listeners = new Set<() => void>();
let chosen: Theme = "system";

function isTheme(value: unknown): value is Theme {
  return THEMES.some((theme) => theme === value);
}

function show(): void {
  const { dataset } = document.documentElement;
  if (chosen === "light" || chosen === "dark") dataset.theme = chosen;
  else delete dataset.theme;
  // High contrast keeps to the system's light or dark.
  const more = chosen === "contrast" || (chosen === "system" && moreContrast.matches);
  if (more) dataset.contrast = "more";
  else delete dataset.contrast;
}

/** Before the first paint, so that a dark room stays dark. */
export function startTheme(): void {
  chosen = remembered(KEY, isTheme) ?? "system";
  moreContrast.addEventListener("change", show);
  show();
}

function choose(theme: Theme): void {
  chosen = theme;
  remember(KEY, theme);
  show();
  for (const heard of listeners) heard();
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosen,
  );
  return [theme, choose];
}
