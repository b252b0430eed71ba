/**
 * Board: a card (draggable, data-move-url, data-moves="judged assigned") is dropped on a column (data-stage). Columns it
 * may not go to fade; the menu on the card is the way without dragging, and says why.
 */
import htmx from "htmx.org";
import { $$, closest, on } from "./dom";

let card: HTMLElement | null = null;
const may = (column: HTMLElement): boolean => (card?.dataset.moves ?? "").split(" ").includes(column.dataset.stage ?? "");
const columns = (): HTMLElement[] => $$("[data-stage]");

function finish(): void {
  card?.classList.remove("is-drag");
  columns().forEach((column) => column.classList.remove("is-off", "is-over"));
  card = null;
}

export function start(): void {
  on("dragstart", "[draggable=true][data-move-url]", (event, node) => {
    card = node;
    node.classList.add("is-drag");
    if (event.dataTransfer) {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setDragImage(node, 12, 12);
    }
    const home = closest(node, "[data-stage]");
    for (const column of columns()) column.classList.toggle("is-off", column !== home && !may(column));
  });
  document.addEventListener("dragend", finish);
  document.addEventListener("dragover", (event) => {
    const column = closest(event.target, "[data-stage]");
    if (!card || !column || !may(column)) return;
    event.preventDefault();
    columns().forEach((other) => other.classList.toggle("is-over", other === column));
  });
  document.addEventListener("drop", (event) => {
    const column = closest(event.target, "[data-stage]");
    if (!card || !column || !may(column)) return;
    event.preventDefault();
    const moved = card;
    finish();
    const target = moved.dataset.moveTarget;
    void htmx.ajax("post", moved.dataset.moveUrl!, { source: moved, values: { to: column.dataset.stage }, ...(target ? { target, swap: "outerHTML" } : { swap: "none" }) });
  });
}
