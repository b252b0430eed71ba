/** A name picked in one field suggests what belongs in another, as long as nobody has written there. */
import { $, $$, closest, on } from "./dom";

export function start(): void {
  on("input", "[data-suggests]", (_, field) => {
    const input = field as HTMLInputElement;
    const other = $<HTMLInputElement>(`[name="${CSS.escape(input.dataset.suggests!)}"]`, closest(input, "form") ?? document);
    const listed = $(`#${CSS.escape(input.dataset.picker || input.getAttribute("list") || "-")}`);
    const option = $$<HTMLOptionElement>("option", listed ?? document.createElement("i")).find((one) => one.value === input.value);
    if (!other || !option?.dataset.hint || (other.value && other.value !== other.dataset.suggested)) return;
    other.value = other.dataset.suggested = option.dataset.hint;
  });
}
