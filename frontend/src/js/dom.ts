/** Small things every module needs. */
export const $ = <T extends HTMLElement = HTMLElement>(sel: string, root: ParentNode = document): T | null => root.querySelector<T>(sel);
export const $$ = <T extends HTMLElement = HTMLElement>(sel: string, root: ParentNode = document): T[] => Array.from(root.querySelectorAll<T>(sel));

export const closest = <T extends HTMLElement = HTMLElement>(target: EventTarget | null, sel: string): T | null =>
  target instanceof Element ? target.closest<T>(sel) : null;

/** Listen on the document for events on elements matching a selector, now or later swapped in. */
export function on<K extends keyof DocumentEventMap>(type: K, sel: string, fn: (event: DocumentEventMap[K], el: HTMLElement) => void): void {
  document.addEventListener(type, (event) => {
    const el = closest(event.target, sel);
    if (el) fn(event, el);
  });
}

export const visible = (el: HTMLElement): boolean => el.getClientRects().length > 0 && getComputedStyle(el).visibility !== "hidden";

export const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit])"));

/** Composing Chinese: keys belong to the input method. */
export const composing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

export function el<K extends keyof HTMLElementTagNameMap>(tag: K, className = "", text = ""): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

/** A sentence the server translated: data attributes of <template id="zy-words">. */
export const word = (name: string): string => document.getElementById("zy-words")?.dataset[name] ?? "";

export const csrf = (): string => $<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";

export function setCookie(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

/** Run now and again for every piece htmx swaps in. */
export function enhance(fn: (root: ParentNode) => void): void {
  fn(document);
  document.addEventListener("htmx:load", (event) => fn((event as CustomEvent<{ elt: HTMLElement }>).detail.elt));
}
