/**
 * One name from a list, found by typing it, a part of it, its pinyin or its initials: 户内报修, 报修, huneibaoxiu, hnbx.
 * Without scripts the field keeps the browser's own list.
 */
import { $, $$, closest, composing, el, enhance, on } from "./dom";

const MOST = 50;

const sounds = (option: HTMLOptionElement): string[] => (option.dataset.sounds ?? "").split(" ");
const names = (field: HTMLInputElement): HTMLOptionElement[] =>
  $$<HTMLOptionElement>("option", document.getElementById(field.dataset.picker!) ?? document.createElement("i"));

/** What the typed letters could mean: names that begin so first, then those that hold them, then those that sound so. */
function found(field: HTMLInputElement): HTMLOptionElement[] {
  const typed = field.value.trim().toLowerCase();
  const all = names(field);
  const known = all.some((one) => one.value.toLowerCase() === typed);
  if (!typed || known) return all.slice(0, MOST);
  const letters = typed.replace(/[\s']/g, "");
  const rank = (one: HTMLOptionElement): number => {
    const at = one.value.toLowerCase().indexOf(typed);
    if (at >= 0) return at === 0 ? 0 : 1;
    if (sounds(one).some((sound) => sound.startsWith(letters))) return 2;
    return letters.length > 1 && sounds(one).some((sound) => sound.includes(letters)) ? 3 : 4;
  };
  return all
    .map((one): [number, HTMLOptionElement] => [rank(one), one])
    .filter(([place]) => place < 4)
    .sort(([a], [b]) => a - b)
    .slice(0, MOST)
    .map(([, one]) => one);
}

const box = (field: HTMLInputElement): HTMLUListElement => $<HTMLUListElement>(`#${field.id}-found`)!;
const options = (field: HTMLInputElement): HTMLElement[] => $$("[role=option]", box(field));

function close(field: HTMLInputElement): void {
  box(field).hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function mark(field: HTMLInputElement, at: number): void {
  const all = options(field);
  all.forEach((one, place) => one.setAttribute("aria-selected", String(place === at)));
  field.removeAttribute("aria-activedescendant");
  if (!all[at]) return;
  field.setAttribute("aria-activedescendant", all[at].id);
  all[at].scrollIntoView({ block: "nearest" });
}

function show(field: HTMLInputElement, begin: number): void {
  const rows = found(field).map((one, place) => {
    const row = el("li", "", one.value);
    row.id = `${field.id}-found-${place}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    row.dataset.value = one.value;
    if (one.dataset.hint) row.append(el("span", "t1 i3 blk", one.dataset.hint));
    return row;
  });
  box(field).replaceChildren(...rows);
  box(field).hidden = rows.length === 0;
  field.setAttribute("aria-expanded", String(rows.length > 0));
  mark(field, begin);
}

function take(field: HTMLInputElement, option: HTMLElement): void {
  field.value = option.dataset.value!;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  close(field);
}

function prepare(field: HTMLInputElement): void {
  if (!field.list) return;
  field.dataset.picker = field.list.id;
  field.removeAttribute("list");
  const list = el("ul", "zy-found");
  list.id = `${field.id}-found`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels?.[0]?.textContent ?? "");
  const frame = el("div", "zy-picker");
  field.replaceWith(frame);
  frame.append(field, list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id }))
    field.setAttribute(name, value);
}

export function start(): void {
  enhance((root) => $$<HTMLInputElement>("input[data-picker]", root).forEach(prepare));
  on("input", "input[role=combobox][data-picker]", (event, target) => {
    const field = target as HTMLInputElement;
    if (event.isTrusted) show(field, field.value.trim() ? 0 : -1);
  });
  on("click", "input[role=combobox][data-picker]", (_, field) => show(field as HTMLInputElement, -1));
  document.addEventListener(
    "keydown",
    (event) => {
      const field = event.target;
      if (!(field instanceof HTMLInputElement) || !field.matches("[role=combobox][data-picker]") || composing(event)) return;
      const open = !box(field).hidden;
      const all = options(field);
      const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown" && !open) show(field, 0);
      else if (!open) return;
      else if (event.key === "ArrowDown") mark(field, (at + 1) % all.length);
      else if (event.key === "ArrowUp") mark(field, (at <= 0 ? all.length : at) - 1);
      else if (event.key === "Enter" && all[at] && !event.ctrlKey && !event.metaKey) take(field, all[at]);
      else if (event.key === "Tab" && all[at]) return take(field, all[at]); // and on to the next field
      else if (event.key === "Escape") close(field);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
  on("mousedown", ".zy-found [role=option]", (event, option) => {
    event.preventDefault();
    const field = closest(option, ".zy-picker")?.querySelector("input");
    if (field) take(field, option);
  });
  on("focusout", "input[role=combobox][data-picker]", (_, field) => close(field as HTMLInputElement));
}
