/** Small manners: segments, rail, theme, large type, threads that begin at their end, closing dialogs. */
import { $, $$, closest, composing, enhance, isField, on, setCookie } from "./dom";

function segments(): void {
  on("click", "[data-press] [aria-pressed]", (_, button) => {
    const group = closest(button, "[data-press]")!;
    $$("[aria-pressed]", group).forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
    const field = group.dataset.press ? $<HTMLInputElement>(`[name="${CSS.escape(group.dataset.press)}"]`, closest(group, "form") ?? document) : null;
    if (field && button.dataset.value !== undefined) {
      field.value = button.dataset.value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const area = closest(group, "[data-press-class]");
    if (area) $$("[aria-pressed]", group).forEach((other) => other.dataset.value && area.classList.toggle(`is-${other.dataset.value}`, other === button));
  });
}

function rail(): void {
  const toggle = (): void => {
    const app = $(".zy-app");
    if (app) setCookie("zy_rail", app.classList.toggle("is-rail") ? "1" : "0");
  };
  on("click", "[data-rail]", toggle);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "[" || composing(event) || isField(event.target) || event.ctrlKey || event.altKey || event.metaKey || $("dialog[open]")) return;
    if (!document.documentElement.classList.contains("no-keys")) toggle();
  });
}

function theme(): void {
  on("click", "[data-theme-set]", (_, button) => {
    const wanted = button.dataset.themeSet!;
    document.documentElement.setAttribute("data-bs-theme", wanted);
    setCookie("zy_theme", wanted);
    $$("[data-theme-set]").forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
  });
}

function large(): void {
  on("click", "[data-large]", (_, button) => {
    const isLarge = document.body.classList.toggle("is-large");
    button.setAttribute("aria-pressed", String(isLarge));
    setCookie("zy_large", isLarge ? "1" : "0");
  });
}

function ends(): void {
  enhance((root) => {
    const threads = $$("[data-scroll-end]", root);
    if (root instanceof HTMLElement && root.matches("[data-scroll-end]")) threads.push(root);
    for (const thread of threads) {
      const down = (): void => void (thread.scrollTop = thread.scrollHeight);
      down();
      void document.fonts.ready.then(down);
    }
  });
}

export function start(): void {
  segments();
  rail();
  theme();
  large();
  ends();
  on("click", "[data-dialog]", (event, button) => {
    event.preventDefault();
    $<HTMLDialogElement>(button.dataset.dialog!)?.showModal();
  });
  on("click", "[data-print]", () => print());
  on("click", "[data-dialog-close]", (_, button) => (closest(button, "dialog") as HTMLDialogElement | null)?.close());
  on("focusin", "input[data-copy]", (_, field) => (field as HTMLInputElement).select());
  $$<HTMLFormElement>("form[data-auto]").forEach((form) => form.requestSubmit());
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    // The server takes a form once anyway; this only spares a second upload.
    if (form.matches("form[data-once]")) queueMicrotask(() => $$<HTMLButtonElement>("button[type=submit]", form).forEach((button) => (button.disabled = true)));
  });
  addEventListener("pageshow", () => $$<HTMLButtonElement>("form[data-once] button[type=submit]").forEach((button) => (button.disabled = false)));
  on("change", "[data-submit-on-change]", (_, field) => (closest(field, "form") as HTMLFormElement | null)?.requestSubmit());
}
