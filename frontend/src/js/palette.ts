/** One palette for search and commands: Ctrl K or /. Places come from the navigation, the rest from the server. */
import { $, $$, composing, el, isField, on } from "./dom";

const WAIT = 150;

function places(query: string): HTMLElement[] {
  const wanted = query.trim().toLowerCase();
  return $$<HTMLAnchorElement>("[data-place]").filter((link) => !wanted || (link.dataset.place ?? "").toLowerCase().includes(wanted)).map((link) => {
    const hit = el("a", "zy-hit");
    hit.href = link.href;
    const icon = $("svg", link)?.cloneNode(true);
    if (icon) hit.append(icon);
    hit.append(el("span", "", link.dataset.place ?? ""));
    return hit;
  });
}

export function start(): void {
  const dialog = $<HTMLDialogElement>("#zy-palette");
  const input = dialog && $<HTMLInputElement>("input", dialog);
  if (!dialog || !input) return;
  const found = $("[data-found]", dialog)!;
  const nav = $("[data-places]", dialog)!;
  let timer = 0;
  let asked = 0;

  const draw = (): void => {
    const hits = places(input.value);
    nav.replaceChildren(...hits);
    nav.parentElement!.hidden = !hits.length;
  };
  const look = async (): Promise<void> => {
    const query = input.value.trim();
    const mine = ++asked;
    if (!query) return found.replaceChildren();
    try {
      const answer = await fetch(`${dialog.dataset.search}?q=${encodeURIComponent(query)}`, { headers: { "HX-Request": "true", "X-Palette": "1" } });
      const html = answer.ok ? await answer.text() : "";
      if (mine === asked && answer.ok) found.innerHTML = html;
    } catch {
      if (mine === asked) found.replaceChildren(el("p", "zy-hint pad", dialog.dataset.lost ?? ""));
    }
  };
  const open = (): void => {
    if (dialog.open) return;
    draw();
    dialog.showModal();
    input.select();
  };

  input.addEventListener("input", () => {
    draw();
    clearTimeout(timer);
    timer = window.setTimeout(() => void look(), WAIT);
  });
  on("click", "[data-palette]", (event) => {
    if ((event as MouseEvent).ctrlKey || (event as MouseEvent).metaKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    const slash = event.key === "/" && !isField(event.target) && !document.documentElement.classList.contains("no-keys") && !$("dialog[open]");
    if (slash || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k")) {
      event.preventDefault();
      open();
    }
  });
  dialog.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    const hits = $$("a[href], button.zy-hit", dialog).filter((node) => node.getClientRects().length);
    const at = hits.indexOf(document.activeElement as HTMLElement);
    if (event.key === "ArrowDown") hits[Math.min(hits.length - 1, at + 1)]?.focus();
    else if (event.key === "ArrowUp") (at <= 0 ? input : hits[at - 1]).focus();
    else if (event.key === "Enter" && document.activeElement === input) hits[0]?.click();
    else if (event.key.length === 1 && at >= 0 && !event.ctrlKey && !event.altKey) return input.focus();
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}
