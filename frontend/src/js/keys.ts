/**
 * Keyboard. Pages declare keys in HTML: data-key="R" data-key-label="Reply" on the element that does the deed.
 * Single letters work outside fields only, never while Chinese is being composed, and can be switched off
 * (class no-keys on <html>). Combinations (Ctrl+Enter, Alt+P) work in fields, nearest form first.
 */
import { $, $$, closest, composing, el, enhance, isField, visible } from "./dom";

const enabled = (): boolean => !document.documentElement.classList.contains("no-keys");
const GO_WITHIN = 1200;
let goAt = 0;

export function press(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const marks = [(event.ctrlKey || event.metaKey) && "Ctrl", event.altKey && "Alt"].filter(Boolean);
  return [...marks, key].join("+");
}

function act(node: HTMLElement): void {
  if (node.matches("input:not([type=submit]):not([type=checkbox]), textarea, select")) node.focus();
  else node.click();
}

/** The element for a key: in the open dialog or menu, else in the focused row or form, else on the page. */
export function find(key: string): HTMLElement | null {
  const sel = `[data-key="${CSS.escape(key)}"]:not([disabled])`;
  const dialog = $("dialog[open]");
  const focus = document.activeElement;
  const near = [closest(focus, "[data-row]"), closest(focus, "form"), dialog ?? document.body];
  for (const root of near) {
    if (!root) continue;
    const hit = $$(sel, root).find(visible);
    if (hit) return hit;
  }
  return null;
}

function plain(event: KeyboardEvent): void {
  const key = press(event);
  if (key === "Escape" && isField(event.target) && !closest(event.target, "dialog")) return (event.target as HTMLElement).blur();
  if (isField(event.target) || !enabled() || $("dialog[open]") || closest(event.target, "[data-menu-list]")) return;
  if (key === "Enter" && closest(event.target, "a, button, summary, [role=button], label, input")) return;
  if (Date.now() - goAt < GO_WITHIN) {
    goAt = 0;
    const link = $<HTMLAnchorElement>(`[data-go="${CSS.escape(key)}"]`);
    if (link) {
      event.preventDefault();
      return link.click();
    }
  }
  if (key === "G") {
    goAt = Date.now();
    return;
  }
  const target = find(key);
  if (!target) return;
  event.preventDefault();
  act(target);
}

function combined(event: KeyboardEvent): void {
  const target = find(press(event));
  if (!target) return;
  event.preventDefault();
  act(target);
}

const keycaps = (keys: string): HTMLElement[] => keys.split(/[\s+]+/).map((name) => el("kbd", "", { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→" }[name] ?? name));

function entry(tag: "span" | "li", keys: string, label: string): HTMLElement {
  const item = el(tag);
  if (tag === "span") item.append(...keycaps(keys), document.createTextNode(label));
  else {
    const caps = el("span", "keys");
    caps.append(...keycaps(keys));
    item.append(el("span", "", label), caps);
  }
  return item;
}

function declared(): Map<string, string> {
  const found = new Map<string, string>();
  for (const node of $$("[data-key][data-key-label]")) if (!found.has(node.dataset.key!) && !closest(node, "dialog")) found.set(node.dataset.key!, node.dataset.keyLabel!);
  return found;
}

/** The strip at the foot, from what the page declares; at most eight, the rest is in the sheet. */
function strip(): void {
  const place = $("[data-keystrip]");
  if (!place) return;
  const rows = $("[data-list]") ? [["J K", place.dataset.move ?? ""]] : [];
  place.replaceChildren(...[...rows, ...declared()].slice(0, 8).map(([keys, label]) => entry("span", keys, label)));
}

function sheet(): void {
  const dialog = $<HTMLDialogElement>("#zy-keys");
  const list = dialog && $("[data-keylist]", dialog);
  if (!dialog || !list) return;
  const fixed = $$("[data-fixed-key]", dialog).map((node) => [node.dataset.fixedKey!, node.dataset.label!]);
  const go = $$("[data-go]").filter((node) => node.dataset.goLabel).map((node) => [`G ${node.dataset.go}`, node.dataset.goLabel!]);
  const all = new Map([...declared(), ...fixed, ...go] as [string, string][]);
  list.replaceChildren(...[...all].map(([keys, label]) => entry("li", keys, label)));
  dialog.showModal();
}

export function start(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || composing(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) combined(event);
    else plain(event);
  });
  document.addEventListener("click", (event) => closest(event.target, "[data-keys-sheet]") && sheet());
  enhance(() => {
    for (const node of $$("[data-key]")) {
      const key = node.dataset.key!;
      if (!node.hasAttribute("aria-keyshortcuts")) node.setAttribute("aria-keyshortcuts", key.replace("Ctrl", "Control"));
    }
    strip();
  });
}
