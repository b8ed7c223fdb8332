// Elements without a framework. Text always becomes text nodes: there is no way to hand HTML in.

export type Child = Node | string | null | false | undefined;
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: never) => void)>;

/** `onclick`-like attributes are listeners; `true` is an attribute without a value; `false` and `null` are none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function")
      element.addEventListener(key.slice(2), value as unknown as EventListener);
    else setAttribute(element, key, value);
  }
  fill(element, ...children);
  return element;
}

export function setAttribute(element: Element, key: string, value: Attributes[string]): void {
  if (value === false || value === null || value === undefined) element.removeAttribute(key);
  else element.setAttribute(key, value === true ? "" : String(value));
}

/** Replaces what is within. Not `replaceChildren`, which phones of 2019 do not know. */
export function fill(element: Element, ...children: Child[]): void {
  element.textContent = "";
  for (const child of children) {
    if (child) element.append(child);
  }
}

/** Sets a text only when it is another: screen readers announce what is written, even if it stays the same. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Text that is heard and not seen. */
export function unseen(text: string): HTMLElement {
  return h("span", { class: "unseen" }, text);
}
