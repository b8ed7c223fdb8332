// Telling that somebody joined the queue: a sound, and a notification of the browser where the person wants them.
import i18next from "i18next";
import { useSyncExternalStore } from "react";
import { remember, remembered } from "../../ui/memory";

const KEY = "ventanilla.console.sound";
const listeners = new Set<() => void>();
let wanted = remembered(KEY, (value): value is boolean => typeof value === "boolean") ?? true;

/** Browsers let a page be heard only after somebody touched it. */
let audio: AudioContext | null = null;
for (const touch of ["pointerdown", "keydown"] as const) {
  window.addEventListener(
    touch,
    () => {
      audio ??= new AudioContext();
    },
    { once: true },
  );
}

export function useSound(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => wanted,
  );
  return [on, setSound];
}

function setSound(on: boolean): void {
  wanted = on;
  remember(KEY, on);
  for (const heard of listeners) heard();
  if (on) beep([660]);
}

const NOTE_S = 0.16;

function beep(pitches: readonly number[]): void {
  if (!audio || !wanted) return;
  const context = audio;
  pitches.forEach((pitch, index) => {
    const start = context.currentTime + index * NOTE_S;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.12, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + NOTE_S);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + NOTE_S);
  });
}

export function tellArrival({ id, crisis }: { id: string; crisis: boolean }): void {
  beep(crisis ? [880, 660, 880, 660] : [660, 880]);
  notify(id, i18next.t(crisis ? "queue.arrivedCrisis" : "queue.arrived"));
}

export function tellWhisper(chat: string): void {
  beep([990, 990, 990]);
  notify(`whisper ${chat}`, i18next.t("whisper.arrived"));
}

function notify(tag: string, title: string): void {
  if (!("Notification" in window) || Notification.permission !== "granted" || !document.hidden) return;
  // No name and no words: a notification is shown on locked screens too.
  const shown = new Notification(title, { tag, lang: i18next.language });
  shown.addEventListener("click", () => {
    window.focus();
    shown.close();
  });
}
