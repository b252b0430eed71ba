"""Takes the pictures of `shots.toml`: who is signed in, where, what is opened, which part of the page."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from theatre import Theatre

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STILL = "* { transition: none !important; animation: none !important; caret-color: transparent !important }"
COLOURS = 256
EXACT = 160  # of them, the most frequent ones of the picture
PAGE_HEIGHT, PART_HEIGHT = 760, 1800  # a part is not to be cut off by the window
QUIET = ("--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none", "--disable-lcd-text")
LOCALES = {"zh_CN": "zh-CN", "zh_TW": "zh-TW", "en": "en-GB"}


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture. `who` is a role, `@place` whoever that place is for, or nobody; `do` are steps on the page."""

    name: str
    at: str
    who: str = ""
    key: str = ""
    do: tuple[tuple[str, ...], ...] = ()
    part: str = ""
    width: int = 1280
    height: int = 0
    languages: tuple[str, ...] = field(default=("zh", "en"))


def shots(rows: list[dict[str, Any]]) -> list[Shot]:
    """The list as it is written."""
    return [Shot(**row | {"do": tuple(map(tuple, row.get("do", ())))}) for row in rows]


@contextmanager
def camera(theatre: Theatre, language: str) -> Iterator[Camera]:
    """A browser for as long as pictures are taken."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_chromium(),
            args=[*QUIET, f"--lang={LOCALES[language]}"],
            env=os.environ | {"LANGUAGE": language},  # the browser's own words, as in a field for a date
        )
        yield Camera(theatre, browser, LOCALES[language])
        browser.close()


class Camera:
    """Signs people in once each and takes one picture after another."""

    def __init__(self, theatre: Theatre, browser: Browser, locale: str) -> None:
        self.theatre, self.browser, self.locale = theatre, browser, locale
        self.signed_in: dict[str, Any] = {}

    def take(self, shot: Shot) -> bytes:
        """The picture as PNG, with few colours."""
        context = self._context(shot, self._state(shot))
        try:
            page = context.new_page()
            if shot.key:
                page.goto(f"/portal/k/{self.theatre.keys[shot.key]}")
                page.wait_for_url(re.compile(r"/portal/\d{4}-"))
            page.goto(self._filled(shot.at), wait_until="networkidle")
            page.add_style_tag(content=STILL)
            for verb, *told in shot.do:
                _act(page, verb, told)
            page.evaluate("document.fonts.ready")
            if shot.part:
                return small(page.locator(shot.part).first.screenshot())
            return small(page.screenshot())
        finally:
            context.close()

    def _context(self, shot: Shot, state: Any) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.theatre.url,
            locale=self.locale,
            timezone_id="Asia/Shanghai",
            viewport={
                "width": shot.width,
                "height": shot.height or (PART_HEIGHT if shot.part else PAGE_HEIGHT),
            },
            color_scheme="light",
            reduced_motion="reduce",
            storage_state=state,
            bypass_csp=True,  # for the style that stops the cursor; the pages themselves keep to their policy
        )
        context.set_default_timeout(10_000)
        return context

    def _state(self, shot: Shot) -> Any:
        if not shot.who:
            return None
        who = (
            self.theatre.places[shot.who[1:]]["who"] if shot.who[0] == "@" else self.theatre.people[shot.who]
        )
        if who not in self.signed_in:
            context = self._context(shot, None)
            page = context.new_page()
            page.goto("/accounts/login/")
            page.fill("[name=login]", who)
            page.fill("[name=password]", self.theatre.password)
            page.click("form button[type=submit].btn-primary")
            page.wait_for_url(f"{self.theatre.url}/")
            self.signed_in[who] = context.storage_state()
            context.close()
        return self.signed_in[who]

    def _filled(self, address: str) -> str:
        return address.format_map({name: place["at"] for name, place in self.theatre.places.items()})


def _act(page: Page, verb: str, told: list[str]) -> None:
    if verb == "click":
        page.locator(told[0]).first.click()
        page.wait_for_load_state("networkidle")
    elif verb == "fill":
        page.locator(told[0]).first.fill(told[1])
    elif verb == "press":
        page.keyboard.press(told[0])
        page.wait_for_load_state("networkidle")
    elif verb == "type":
        page.keyboard.type(told[0])
        page.wait_for_load_state("networkidle")
    elif verb == "wait":
        page.locator(told[0]).first.wait_for()
    elif verb == "show":
        page.locator(told[0]).first.evaluate("node => node.scrollIntoView({block: 'start'})")
    else:
        sys.exit(f"No step is called {verb}.")


def small(png: bytes) -> bytes:
    """The same picture in a palette: its grounds and inks as they are, the edges of letters as near as it takes.

    Pillow's own mapping to a palette is rougher: it makes white a little grey.
    """
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=np.int32)
    colours, places, counts = np.unique(
        pixels @ (1 << 16, 1 << 8, 1), return_inverse=True, return_counts=True
    )
    colours = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1)
    kept = _palette(colours[np.argsort(-counts, kind="stable")])
    nearest = [((kept - colour) ** 2).sum(axis=1).argmin() for colour in colours]
    picture = Image.fromarray(np.array(nearest, dtype=np.uint8)[places].reshape(pixels.shape[:2]), "P")
    picture.putpalette(kept.astype(np.uint8).tobytes())
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _palette(colours: np.ndarray) -> np.ndarray:
    """The most frequent colours, and for the others as many as fit."""
    if len(colours) <= COLOURS:
        return colours
    rest = Image.fromarray(colours[None, EXACT:].astype(np.uint8), "RGB")
    found = rest.quantize(COLOURS - EXACT, method=Image.Quantize.MEDIANCUT).getpalette("RGB")
    return np.concatenate([colours[:EXACT], np.array(found, dtype=np.int32).reshape(-1, 3)])


def _chromium() -> str:
    """The browser that `make setup` found for the tests."""
    record = Path(sys.prefix) / ".stamps" / "chromium.path"
    told = os.environ.get("CHROMIUM") or (record.read_text() if record.is_file() else "")
    found = told or next(filter(None, map(shutil.which, CHROMIUM)), "")
    if not found:
        sys.exit("The pictures need Chromium: `make screenshots` installs it, or set CHROMIUM to its path.")
    return found
