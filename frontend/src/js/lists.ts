/** Lists: J and K move the focus from row to row, Enter follows the focused link, X ticks, [ ] keep their place. */
import { $, $$, closest, composing, isField, visible } from "./dom";

const links = (): HTMLElement[] =>
  $$("[data-list] [data-row]").filter(visible).map((row) => (row.matches("a, button") ? row : ($("[data-open]", row) ?? $("a[href], button", row)))).filter((node): node is HTMLElement => node !== null);

function step(by: number): void {
  const all = links();
  if (!all.length) return;
  const row = closest(document.activeElement, "[data-row]");
  const at = row ? all.findIndex((node) => row === node || row.contains(node)) : -1;
  const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** ← and → go to the first card of the neighbouring column. */
function across(by: number): void {
  const columns = $$("[data-column]");
  const here = closest(document.activeElement, "[data-column]");
  for (let at = here ? columns.indexOf(here) + by : 0; at >= 0 && at < columns.length; at += by) {
    const link = $("[data-row] [data-open], [data-row] a[href]", columns[at]);
    if (link) {
      link.focus();
      link.scrollIntoView({ block: "nearest", inline: "center" });
      return;
    }
  }
}

export function start(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || composing(event) || event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
    if (document.documentElement.classList.contains("no-keys") || $("dialog[open]") || closest(event.target, "[data-menu-list]")) return;
    const key = event.key.toLowerCase();
    const row = closest(document.activeElement, "[data-row]");
    if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
    else if ((event.key === "ArrowLeft" || event.key === "ArrowRight") && $("[data-column]") && !closest(event.target, "[role=tablist], input")) across(event.key === "ArrowRight" ? 1 : -1);
    else if (key === "o" && row) (row.matches("a") ? row : $("[data-open], a[href]", row))?.click();
    else if (key === "x" && row) $("input[type=checkbox]", row)?.click();
    else return;
    event.preventDefault();
  });
}
