/** Menus: a button with aria-expanded beside a list. Arrows move, digits choose, Escape closes and gives the focus back. */
import { $, $$, closest, on, visible } from "./dom";

const list = (button: HTMLElement): HTMLElement | null => $("[data-menu-list]", button.parentElement!);
const items = (menu: HTMLElement): HTMLElement[] => $$("a[href], button:not([disabled])", menu).filter(visible);

function close(button: HTMLElement, refocus = false): void {
  button.setAttribute("aria-expanded", "false");
  const menu = list(button);
  if (menu) menu.hidden = true;
  if (refocus) button.focus();
}

export function closeAll(except?: HTMLElement): void {
  $$("[data-menu][aria-expanded=true]").forEach((button) => button !== except && close(button));
}

function open(button: HTMLElement): void {
  closeAll(button);
  const menu = list(button);
  if (!menu) return;
  button.setAttribute("aria-expanded", "true");
  menu.hidden = false;
  items(menu)[0]?.focus();
}

export function start(): void {
  on("click", "[data-menu]", (_, button) => (button.getAttribute("aria-expanded") === "true" ? close(button, true) : open(button)));
  document.addEventListener("click", (event) => !closest(event.target, ".zy-menu, .me") && closeAll());
  document.addEventListener("focusin", (event) => {
    for (const button of $$("[data-menu][aria-expanded=true]")) if (!button.parentElement!.contains(event.target as Node)) close(button);
  });
  on("keydown", "[data-menu-list]", (event, menu) => {
    const key = (event as KeyboardEvent).key;
    const button = $("[data-menu]", menu.parentElement!)!;
    if (closest(event.target, "input, textarea, select")) return;
    const all = items(menu);
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (key === "Escape") close(button, true);
    else if (key === "ArrowDown") all[(at + 1) % all.length]?.focus();
    else if (key === "ArrowUp") all[(at - 1 + all.length) % all.length]?.focus();
    else if (key === "Home") all[0]?.focus();
    else if (key === "End") all[all.length - 1]?.focus();
    else if (/^[1-9]$/.test(key) && all[Number(key) - 1]) all[Number(key) - 1].click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
