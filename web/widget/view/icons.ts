// Icons as shapes of one path each, drawn in the colour of the text beside them.

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  chat: "M5 4h14a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-6.6L7 22v-4H5a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3zm2.5 5.8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4zm4.5 0a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4zm4.5 0a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z",
  down: "M12 16.4 4.6 9 6 7.6l6 6 6-6L19.4 9z",
  close: "m13.4 12 6 6-1.4 1.4-6-6-6 6L4.6 18l6-6-6-6L6 4.6l6 6 6-6L19.4 6z",
  send: "M3 20.5v-7l9-1.5-9-1.5v-7L22 12z",
  plus: "M11 4h2v7h7v2h-7v7h-2v-7H4v-2h7z",
  camera:
    "M9 4h6l1.8 2.5H20a2 2 0 0 1 2 2V18a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8.5a2 2 0 0 1 2-2h3.2zm3 4.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zm0 2a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z",
  pin: "M12 2a7 7 0 0 1 7 7c0 5-7 13-7 13S5 14 5 9a7 7 0 0 1 7-7zm0 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  clock:
    "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zm0 2a7 7 0 1 0 0 14 7 7 0 0 0 0-14zm1 2.5v4.1l3 3-1.4 1.4-3.6-3.6V7.5z",
  check: "m9.5 18.4-6-6L4.9 11l4.6 4.6L19.1 6l1.4 1.4z",
  alert: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zm-1 4v7h2V7zm0 8.5v2h2v-2z",
  trash: "M9 3h6l1 2h4v2H4V5h4zM5.5 8.5h13L17.6 21H6.4zm4 2.5.3 7.5h1.5L11 11zm3.5 0-.3 7.5h1.5l.3-7.5z",
  file: "M6 2h8l5 5v15H6a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1zm7 1.8V8h4.2zM8 12v1.6h8V12zm0 4v1.6h8V16z",
  open: "M14 4h6v6h-2V7.4l-8.3 8.3-1.4-1.4L16.6 6H14zM5 6h6v2H6v10h10v-5h2v7H4V7a1 1 0 0 1 1-1z",
  list: "M4 6h2v2H4zm4 0h12v2H8zm-4 5h2v2H4zm4 0h12v2H8zm-4 5h2v2H4zm4 0h12v2H8z",
};

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  path.setAttribute("fill", "currentColor");
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
