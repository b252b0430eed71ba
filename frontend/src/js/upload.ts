/** Files: drop them, see them listed, hear the limits before sending, watch them go. The server checks again. */
import { $, closest, el, on } from "./dom";

const size = (bytes: number): string => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1).replace(".0", "")} MB`);

function show(box: HTMLElement): void {
  const input = $<HTMLInputElement>("input[type=file]", box)!;
  const list = $("[data-files]", box)!;
  const files = Array.from(input.files ?? []);
  const most = Number(box.dataset.maxFiles ?? 10);
  const heavy = Number(box.dataset.maxSize ?? 20971520);
  const rows = files.map((file) => {
    const row = el("li");
    row.append(el("span", "clip", file.name), el("span", "i3 end nw", size(file.size)));
    if (file.size > heavy) row.append(el("span", "overtxt", box.dataset.tooBig ?? ""));
    return row;
  });
  const bad = files.length > most ? (box.dataset.tooMany ?? "") : files.some((file) => file.size > heavy) ? (box.dataset.tooBig ?? "") : "";
  input.setCustomValidity(bad);
  list.replaceChildren(...rows);
  if (bad) input.reportValidity();
}

export function start(): void {
  on("change", "[data-upload] input[type=file]", (_, input) => show(closest(input, "[data-upload]")!));
  for (const type of ["dragover", "dragleave", "drop"] as const)
    on(type, "[data-upload]", (event, box) => {
      event.preventDefault();
      box.classList.toggle("is-over", type === "dragover");
      const input = $<HTMLInputElement>("input[type=file]", box);
      const files = event.dataTransfer?.files;
      if (type !== "drop" || !input || !files?.length) return;
      const all = new DataTransfer();
      if (input.multiple) Array.from(input.files ?? []).forEach((file) => all.items.add(file));
      Array.from(files).forEach((file) => all.items.add(file));
      input.files = all.files;
      show(box);
    });
  document.addEventListener("htmx:xhr:progress", (event) => {
    const { loaded, total } = (event as CustomEvent<{ loaded: number; total: number }>).detail;
    const bar = $<HTMLProgressElement>("[data-upload] progress", event.target as HTMLElement);
    if (!bar || !total) return;
    bar.hidden = loaded >= total;
    bar.value = loaded / total;
  });
}
