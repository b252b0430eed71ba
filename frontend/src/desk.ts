import Alpine from "@alpinejs/csp";
import htmx from "htmx.org";
import "./css/desk.css";
import * as ask from "./js/ask";
import * as board from "./js/board";
import * as drafts from "./js/drafts";
import * as facts from "./js/facts";
import * as keys from "./js/keys";
import * as lists from "./js/lists";
import * as mentions from "./js/mentions";
import * as menus from "./js/menus";
import * as net from "./js/net";
import * as palette from "./js/palette";
import * as picker from "./js/picker";
import * as small from "./js/small";
import * as suggest from "./js/suggest";
import * as toasts from "./js/toasts";
import * as upload from "./js/upload";

Object.assign(window, { htmx, Alpine });
for (const module of [
  toasts, net, ask, drafts, mentions, menus, palette, lists, keys, board, facts, upload, picker, suggest, small,
])
  module.start();
Alpine.start();
document.documentElement.dataset.ready = "";
