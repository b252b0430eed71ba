/** Toasts: what was done, with undo. They go after eight seconds and wait while pointed at or focused. */
import { $$, csrf, el, enhance, on, word } from "./dom";

const LIFE = 8000;
const host = (): HTMLElement | null => document.getElementById("zy-toasts");

function live(toast: HTMLElement): void {
  if (toast.dataset.alive || toast.dataset.stay !== undefined) return;
  toast.dataset.alive = "1";
  let left = LIFE;
  let started = Date.now();
  let timer = 0;
  const run = (): void => {
    started = Date.now();
    timer = window.setTimeout(() => toast.remove(), left);
  };
  const hold = (): void => {
    clearTimeout(timer);
    left = Math.max(2000, left - (Date.now() - started));
  };
  const resume = (): void => {
    clearTimeout(timer);
    if (!toast.matches(":hover") && !toast.contains(document.activeElement)) run();
  };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", resume);
  toast.addEventListener("focusout", () => window.setTimeout(resume));
  run();
}

export interface Notice {
  text: string;
  kind?: "" | "bad" | "plain";
  undo?: string;
  stay?: boolean;
  id?: string;
}

export function toast({ text, kind = "", undo = "", stay = false, id = "" }: Notice): HTMLElement | null {
  const place = host();
  if (!place) return null;
  if (id) document.getElementById(id)?.remove();
  const box = el("div", `zy-toast ${kind}`);
  if (id) box.id = id;
  if (stay) box.dataset.stay = "";
  box.setAttribute("role", kind === "bad" ? "alert" : "status");
  box.append(el("span", "", text));
  if (undo) {
    const form = el("form");
    form.method = "post";
    form.action = undo;
    const token = el("input");
    Object.assign(token, { type: "hidden", name: "csrfmiddlewaretoken", value: csrf() });
    const button = el("button", "", word("undo"));
    button.dataset.key = "Z";
    form.append(token, button);
    box.append(form);
  }
  if (!stay) {
    const close = el("button", "close", "×");
    close.type = "button";
    close.dataset.close = "";
    close.setAttribute("aria-label", word("close"));
    box.append(close);
  }
  place.append(box);
  live(box);
  return box;
}

export function start(): void {
  enhance(() => $$(".zy-toast", host() ?? document.createElement("i")).forEach(live));
  on("click", ".zy-toast [data-close]", (_, button) => button.closest(".zy-toast")?.remove());
  // The server may send one with a partial answer: HX-Trigger: {"zy:toast": {"text": "…", "undo": "/…"}}
  document.addEventListener("zy:toast", (event) => void toast((event as CustomEvent<Notice>).detail));
}
