/** htmx manners: the CSRF header, what happens on 409, 422, 500 and when the line is cut, and polite polling. */
import { $$, csrf, isField, word } from "./dom";
import { toast } from "./toasts";

interface Answer {
  xhr: XMLHttpRequest;
  elt: HTMLElement;
  shouldSwap: boolean;
  isError: boolean;
}

const LOST = "zy-lost";

function lost(): void {
  if (!document.getElementById(LOST)) toast({ text: word("lost"), kind: "bad", stay: true, id: LOST });
}

function found(): void {
  document.getElementById(LOST)?.remove();
}

/** The sentence in an answer: data-message of a partial, else nothing (a whole page is not a sentence). */
function sentence(xhr: XMLHttpRequest): string {
  const parsed = new DOMParser().parseFromString(xhr.responseText, "text/html");
  return parsed.querySelector("[data-message]")?.textContent?.trim().replace(/\s+/g, " ") ?? "";
}

function refused(event: Event): void {
  const { xhr } = (event as CustomEvent<Answer>).detail;
  const said = sentence(xhr);
  if (xhr.status === 409) toast({ text: said || word("conflict"), kind: "plain", stay: false });
  else if (xhr.status === 403) toast({ text: said || word("forbidden"), kind: "plain" });
  else if (xhr.status === 404) toast({ text: said || word("gone"), kind: "plain" });
  else toast({ text: said || word("fault"), kind: "bad" });
}

let typedAt = 0;

function poll(): void {
  const busy = Date.now() - typedAt < 3000;
  for (const node of $$("[data-poll]")) {
    const every = Number(node.dataset.poll) * 1000 || 20000;
    const last = Number(node.dataset.polled ?? performance.timeOrigin);
    if (document.hidden || busy || Date.now() - last < every) continue;
    const focus = document.activeElement;
    if ((node.contains(focus) && isField(focus)) || node.querySelector("[aria-expanded=true], .is-drag, dialog[open]")) continue;
    node.dataset.polled = String(Date.now());
    node.dispatchEvent(new CustomEvent("zy:poll", { bubbles: false }));
  }
}

export function start(): void {
  document.addEventListener("htmx:configRequest", (event) => {
    (event as CustomEvent<{ headers: Record<string, string> }>).detail.headers["X-CSRFToken"] = csrf();
  });
  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("htmx:timeout", lost);
  document.addEventListener("htmx:responseError", refused);
  document.addEventListener("htmx:afterOnLoad", found);
  window.addEventListener("offline", lost);
  window.addEventListener("online", found);
  document.addEventListener("input", () => (typedAt = Date.now()));
  window.setInterval(poll, 1000);
}
