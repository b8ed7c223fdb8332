// The console's signs: lines in the colour of the text. They always stand beside a word, so readers skip them.

const PATHS = {
  desk: "M4 5h16v10H9l-4 4v-4H4z M8 9h8 M8 12h5",
  team: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6z M3 19c0-3 3-5 6-5s6 2 6 5 M16 6a3 3 0 0 1 0 5 M18 14c2 .6 3 2.4 3 5",
  audit: "M6 3h9l4 4v14H6z M9 9h3 M9 13h7 M9 17h7",
  keys: "M8 15a4 4 0 1 1 3.4-2L20 4 M16 8l3 3 M13.5 10.5l2 2",
  figures: "M4 20h16 M7 20v-7 M12 20V5 M17 20v-10",
  account: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4 21c0-4 4-6 8-6s8 2 8 6",
  whatsapp: "M4 20l1.3-4A8 8 0 1 1 8 18.7z M9 9c0 4 3 6 6 6 M9 9l1.5-.5L11.5 11 M15 15l.5-1.5L13.5 12.5",
  sms: "M4 5h16v11h-7l-4 4v-4H4z M8 10.5h.01 M12 10.5h.01 M16 10.5h.01",
  voice: "M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3c0 2-2 3-3 3C10 20 4 14 3 6c0-1 1-3 3-3z",
  webchat: "M3 5h18v12H3z M9 21h6 M12 17v4 M7 9h10 M7 13h6",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z M12 7v5l3 2",
  warning: "M12 4l9 16H3z M12 10v5 M12 17.5h.01",
  alarm: "M12 2.5l9.5 9.5-9.5 9.5L2.5 12z M12 7.5v5.5 M12 16.2h.01",
  send: "M4 12l16-8-5 17-3.5-7z M11.5 14L20 4",
  note: "M5 4h14v10l-5 6H5z M14 20v-6h5 M8 8h8 M8 12h4",
  lock: "M6 11h12v9H6z M8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  pin: "M12 21c4-5 6-8 6-11a6 6 0 1 0-12 0c0 3 2 6 6 11z M12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  photo: "M4 6h4l1.5-2h5L16 6h4v13H4z M12 16a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
  file: "M6 3h9l4 4v14H6z M15 3v4h4",
  clip: "M19 11l-7.500 7.500a4.500 4.500 0 0 1-6.400-6.400L13 4.300a3 3 0 0 1 4.200 4.200l-7.700 7.700a1.500 1.500 0 0 1-2.100-2.100L14 7.500",
  teach: "M2 9l10-5 10 5-10 5z M6 11.500V16c3 2.600 9 2.600 12 0v-4.500 M22 9v6",
  blocked: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z M5.700 5.700l12.600 12.600",
  report: "M7 4h10v17H7z M10 4V2.500h4V4 M10 10h4 M10 14h4",
  map: "M9 4L3 6v14l6-2 6 2 6-2V4l-6 2z M9 4v14 M15 6v14",
  print: "M7 9V4h10v5 M7 17H4V9h16v8h-3 M7 14h10v6H7z",
  merge: "M6 4v4c0 4 6 4 6 8v4 M18 4v4c0 4-6 4-6 8",
  pause: "M8 5v14 M16 5v14",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  back: "M15 5l-7 7 7 7",
  more: "M5 12h.01 M12 12h.01 M19 12h.01",
  pass: "M4 12h14 M13 6l6 6-6 6",
  check: "M5 13l4 4L19 7",
  checks: "M2 13l4 4L15 8 M11 16l1 1L22 8",
  cross: "M6 6l12 12 M18 6L6 18",
  copy: "M9 9h11v12H9z M5 15H4V3h11v2",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z M12 11v5 M12 8h.01",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l2 2H4z M10 21h4",
  keyboard: "M3 6h18v12H3z M7 10h.01 M11 10h.01 M15 10h.01 M8 14h8",
  bot: "M5 9h14v10H5z M12 9V5 M9 13.5h.01 M15 13.5h.01 M12 4h.01 M9.5 16.5h5",
  person: "M12 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z M5 20c0-4 3.5-6 7-6s7 2 7 6",
  saved: "M6 3h12v18l-6-4-6 4z",
  undo: "M8 5L4 9l4 4 M4 9h10a5 5 0 0 1 0 10h-3",
  sort: "M7 5v14 M4 16l3 3 3-3 M13 7h8 M13 12h6 M13 17h4",
  down: "M6 9l6 6 6-6",
  plus: "M12 5v14 M5 12h14",
  eye: "M2.5 12c2.5-4.5 6-6.5 9.5-6.5s7 2 9.5 6.5c-2.5 4.5-6 6.5-9.5 6.5s-7-2-9.5-6.5z M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  eye_off:
    "M4 4l16 16 M9.5 6c5-1.5 9.5 1.5 12 6-.8 1.5-1.8 2.7-2.9 3.7 M6 7.5C4.5 8.6 3.3 10 2.5 12c3 5.5 8 7.5 12.5 6 M10 10.200a3 3 0 0 0 4 4",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
