/**
 * Passkeys and security keys: the browser asks for the key, and its answer goes to the server in a hidden field.
 *
 * `form[data-passkey=create|get]` with a hidden field `credential`; what to ask stands in #zy-ceremony, or is fetched
 * from `data-passkey-from`. Sentences stand on [data-passkey-said].
 */
import { $, closest } from "./dom";

type Json = Record<string, any>;

const toBytes = (text: string): ArrayBuffer => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const bytes = new Uint8Array(plain.length);
  for (let at = 0; at < plain.length; at += 1) bytes[at] = plain.charCodeAt(at);
  return bytes.buffer;
};

const toText = (bytes: ArrayBuffer | null): string | null =>
  bytes && btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const listed = (known: Json[] | undefined): Json[] => (known ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

function readable(asked: Json): any {
  const found: Json = { ...asked, challenge: toBytes(asked.challenge) };
  if (asked.user) found.user = { ...asked.user, id: toBytes(asked.user.id) };
  if (asked.excludeCredentials) found.excludeCredentials = listed(asked.excludeCredentials);
  if (asked.allowCredentials) found.allowCredentials = listed(asked.allowCredentials);
  return found;
}

/** The answer as JSON, every buffer as base64url, as WebAuthn Level 3 writes it. */
function written(found: PublicKeyCredential): Json {
  const answer = found.response as any;
  const response: Json = { clientDataJSON: toText(answer.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) if (answer[name]) response[name] = toText(answer[name]);
  if (answer.getTransports) response.transports = answer.getTransports();
  return {
    id: found.id,
    rawId: toText(found.rawId),
    type: found.type,
    response,
    clientExtensionResults: found.getClientExtensionResults(),
    authenticatorAttachment: found.authenticatorAttachment,
  };
}

async function asked(form: HTMLFormElement): Promise<Json> {
  const from = form.dataset.passkeyFrom;
  if (!from) return JSON.parse($("#zy-ceremony")!.textContent!);
  const answer = await fetch(from, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  return (await answer.json()).request_options;
}

async function ask(form: HTMLFormElement): Promise<void> {
  const said = $("[data-passkey-said]", form);
  const say = (name: string): void => {
    if (!said) return;
    said.textContent = said.dataset[name] ?? "";
    said.hidden = false;
  };
  if (!window.PublicKeyCredential) return say("missing");
  if (said) said.hidden = true;
  try {
    const publicKey = readable((await asked(form)).publicKey);
    const making = form.dataset.passkey === "create";
    const found = making ? await navigator.credentials.create({ publicKey }) : await navigator.credentials.get({ publicKey });
    $<HTMLInputElement>("input[name=credential]", form)!.value = JSON.stringify(written(found as PublicKeyCredential));
    form.submit();
  } catch (error) {
    say((error as DOMException).name === "InvalidStateError" ? "known" : "refused");
  }
}

export function start(): void {
  document.addEventListener("submit", (event) => {
    const form = closest<HTMLFormElement>(event.target, "form[data-passkey]");
    if (!form) return;
    event.preventDefault();
    void ask(form);
  });
}
