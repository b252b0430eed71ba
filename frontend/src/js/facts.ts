/** The facts grid: Enter keeps the row from any cell, the next row has the focus, and a pasted block goes where it is read. */
import { $, closest, composing, enhance } from "./dom";

const FIRST = "[form='fact-row']:not([type=hidden])";

function keep(event: KeyboardEvent): void {
  const field = event.target as HTMLElement;
  // A list of answers does not send its form by itself.
  if (event.key !== "Enter" || composing(event) || event.ctrlKey || !field.matches?.("select[form='fact-row']")) return;
  event.preventDefault();
  $<HTMLFormElement>("#fact-row")?.requestSubmit();
}

/** A block of cells is kept until the page that reads it is there. */
function paste(event: ClipboardEvent): void {
  const field = closest(event.target, "[data-paste-to] input");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!field || !/[\t\n]./.test(text.trim())) return;
  event.preventDefault();
  sessionStorage.setItem("zy-facts-block", text);
  location.assign(closest(field, "[data-paste-to]")!.dataset.pasteTo!);
}

export function start(): void {
  document.addEventListener("keydown", keep);
  document.addEventListener("paste", paste);
  const area = $<HTMLTextAreaElement>("textarea.fact-paste");
  const block = sessionStorage.getItem("zy-facts-block");
  if (area && block && !area.value) area.value = block;
  if (area) sessionStorage.removeItem("zy-facts-block");
  enhance((root) => {
    // Only after a row was sent: a page that has just been opened leaves the focus where it is.
    if (root instanceof HTMLElement && root.id === "facts-grid") $(`[aria-invalid=true]${FIRST}, ${FIRST}`, root)?.focus();
  });
}
