import "./css/site.css";
import * as ask from "./js/ask";
import * as drafts from "./js/drafts";
import * as menus from "./js/menus";
import * as passkeys from "./js/passkeys";
import * as small from "./js/small";
import * as toasts from "./js/toasts";
import * as upload from "./js/upload";

for (const module of [toasts, ask, drafts, menus, upload, small, passkeys]) module.start();
document.documentElement.dataset.ready = "";
