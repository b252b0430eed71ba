/**
 * A question before what cannot be undone. On a button or form:
 * data-ask="Merge A into B?" data-ask-text="…" data-ask-verb="Merge" data-ask-no="Keep apart".
 */
import { $, closest } from "./dom";

const agreed = new WeakSet<Element>();

function ask(source: HTMLElement, proceed: () => void): void {
  const dialog = $<HTMLDialogElement>("#zy-ask");
  if (!dialog) return proceed();
  $("h2", dialog)!.textContent = source.dataset.ask ?? "";
  const text = $("p", dialog)!;
  text.textContent = source.dataset.askText ?? "";
  text.hidden = !source.dataset.askText;
  const yes = $<HTMLButtonElement>("[value=yes]", dialog)!;
  const no = $<HTMLButtonElement>("[value=no]", dialog)!;
  yes.textContent = source.dataset.askVerb ?? source.textContent!.trim();
  no.textContent = source.dataset.askNo ?? no.dataset.usual ?? "";
  dialog.returnValue = "";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && proceed(), { once: true });
  dialog.showModal();
  no.focus();
}

export function start(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const source = (event.submitter as HTMLElement | null)?.closest<HTMLElement>("[data-ask]") ?? closest(form, "form[data-ask]");
    if (!source || agreed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(source, () => {
      agreed.add(form);
      form.requestSubmit(event.submitter as HTMLElement | null);
    });
  }, true);
  document.addEventListener("htmx:confirm", (event) => {
    const { elt, issueRequest } = (event as CustomEvent<{ elt: HTMLElement; issueRequest: (skip: boolean) => void }>).detail;
    if (!elt.dataset.ask || elt.matches("form") || elt.matches("button[type=submit]")) return;
    event.preventDefault();
    ask(elt, () => issueRequest(true));
  });
}
