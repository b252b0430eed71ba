/** Calling a colleague: behind an @ a list opens; arrows choose, Enter or Tab takes, Escape closes. */
import { $, $$, composing, el, on } from "./dom";

const TYPED = /(?:^|[^A-Za-z0-9])[@＠]([^\s@＠]{0,12})$/;
const WAIT = 150;
let timer = 0;
let asked = 0;

const box = (field: HTMLTextAreaElement): HTMLUListElement => {
  const known = $<HTMLUListElement>(`#${field.id}-mentions`);
  if (known) return known;
  const list = el("ul", "zy-mentions");
  list.id = `${field.id}-mentions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "@");
  list.hidden = true;
  field.after(list);
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
  return list;
};

const options = (list: HTMLElement): HTMLElement[] => $$("[role=option]", list);

function close(field: HTMLTextAreaElement): void {
  box(field).hidden = true;
  field.removeAttribute("aria-activedescendant");
}

function mark(field: HTMLTextAreaElement, at: number): void {
  const all = options(box(field));
  all.forEach((one, place) => one.setAttribute("aria-selected", String(place === at)));
  if (all[at]) field.setAttribute("aria-activedescendant", all[at].id);
}

async function look(field: HTMLTextAreaElement): Promise<void> {
  const found = TYPED.exec(field.value.slice(0, field.selectionStart));
  if (!found) return close(field);
  const mine = ++asked;
  const answer = await fetch(`${field.dataset.mentions}?q=${encodeURIComponent(found[1])}`, { headers: { "HX-Request": "true" } });
  if (!answer.ok || mine !== asked) return;
  const list = box(field);
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  list.replaceChildren(...Array.from(parsed.body.children));
  list.hidden = false;
  mark(field, 0);
}

function take(field: HTMLTextAreaElement, option: HTMLElement): void {
  const until = field.selectionStart;
  const before = field.value.slice(0, until).replace(/[@＠][^\s@＠]*$/, `@${option.dataset.handle} `);
  field.value = before + field.value.slice(until);
  field.setSelectionRange(before.length, before.length);
  close(field);
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function start(): void {
  on("input", "[data-mentions]", (_, target) => {
    const field = target as HTMLTextAreaElement;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void look(field), WAIT);
  });
  document.addEventListener(
    "keydown",
    (event) => {
      const field = event.target;
      if (!(field instanceof HTMLTextAreaElement) || !field.dataset.mentions || composing(event) || box(field).hidden) return;
      const all = options(box(field));
      const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown") mark(field, (at + 1) % all.length);
      else if (event.key === "ArrowUp") mark(field, (at - 1 + all.length) % all.length);
      else if ((event.key === "Enter" || event.key === "Tab") && all[at]) take(field, all[at]);
      else if (event.key === "Escape") close(field);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
  on("mousedown", ".zy-mentions [role=option]", (event, option) => {
    event.preventDefault();
    const field = option.parentElement?.previousElementSibling;
    if (field instanceof HTMLTextAreaElement) take(field, option);
  });
  on("focusout", "[data-mentions]", (_, field) => close(field as HTMLTextAreaElement));
}
