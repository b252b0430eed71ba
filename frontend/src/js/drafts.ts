/**
 * What is typed is never lost. data-draft="case-12-note" on a field keeps its text in this tab's session storage until
 * the server has taken it: cleared after a successful htmx answer, or when a page that is not an error follows a submit.
 */
import { $$, closest, enhance } from "./dom";

type Field = HTMLTextAreaElement | HTMLInputElement;
const name = (key: string): string => `zy-draft:${key}`;
const SENT = "zy-sent";

function store<T>(work: (box: Storage) => T, otherwise: T): T {
  try {
    return work(sessionStorage);
  } catch {
    return otherwise; // storage may be switched off; the field itself still holds the text
  }
}

const sent = (): string[] => store((box) => JSON.parse(box.getItem(SENT) ?? "[]") as string[], []);

function keep(field: Field): void {
  store((box) => (field.value ? box.setItem(name(field.dataset.draft!), field.value) : box.removeItem(name(field.dataset.draft!))), undefined);
}

function restore(field: Field): void {
  const text = store((box) => box.getItem(name(field.dataset.draft!)), null);
  if (!text || field.value === text || field.value) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dataset.restored = "";
}

function settle(): void {
  const kept = document.body.hasAttribute("data-error-page");
  const back = (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined)?.type === "back_forward";
  if (!kept && !back) store((box) => sent().forEach((key) => box.removeItem(name(key))), undefined);
  if (!kept) store((box) => box.removeItem(SENT), undefined);
}

const inForm = (form: Element): Field[] => $$("[data-draft]", form) as unknown as Field[];

export function start(): void {
  settle();
  enhance((root) => ($$("[data-draft]", root) as unknown as Field[]).forEach(restore));
  document.addEventListener("input", (event) => {
    const field = closest(event.target, "[data-draft]");
    if (field) keep(field as unknown as Field);
  });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const keys = inForm(event.target as HTMLFormElement).map((field) => field.dataset.draft!);
    if (keys.length) store((box) => box.setItem(SENT, JSON.stringify(keys)), undefined);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful } = (event as CustomEvent<{ elt: HTMLElement; successful: boolean }>).detail;
    const form = elt.closest("form");
    if (!form) return;
    store((box) => box.removeItem(SENT), undefined);
    if (successful) store((box) => inForm(form).forEach((field) => box.removeItem(name(field.dataset.draft!))), undefined);
  });
}
