"""Who acts in the journeys: staff at the desk and customers at the portal, each in a window of their own."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect
from tests.journeys import seed
from tests.journeys.product import Product

expect.set_options(timeout=10_000)

# The browser notes every answer that is not 2xx; that somebody was faster or a field is empty is no fault.
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of 4(04|09|22|03|29)")
SIGNED_IN: dict[str, tuple[float, Any]] = {}
FRESH_SECONDS = 600  # before the product asks once more who is there


class Windows:
    """Opens windows and hears what their consoles say."""

    def __init__(self, product: Product, browser: Browser) -> None:
        self.product, self.browser = product, browser
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def window(self, *, phone: bool = False, dark: bool = False, state: Any = None, **more: Any) -> Page:
        """A fresh window with its own cookies."""
        context = self.browser.new_context(
            base_url=self.product.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": 390, "height": 844} if phone else {"width": 1440, "height": 900},
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
            storage_state=state,
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        return page

    def desk(self, username: str, **options: Any) -> Desk:
        """Somebody of the staff, signed in."""
        key = f"{self.product.url} {username}"
        at, state = SIGNED_IN.get(key, (0.0, None))
        if state is None or time.monotonic() - at > FRESH_SECONDS:
            desk = Desk(self.window(), username)
            desk.sign_in()
            state = desk.page.context.storage_state()
            SIGNED_IN[key] = time.monotonic(), state
            if not options:
                return desk
        return Desk(self.window(state=state, **options), username)

    def portal(self, **options: Any) -> Page:
        """A customer's window."""
        return self.window(**options)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not EXPECTED.search(message.text):
            self.complaints.append(f"{message.location.get('url', '')}: {message.text}")

    def check_quiet(self) -> None:
        assert not self.complaints, "The pages complained:\n" + "\n".join(self.complaints)

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def shot(page: Page, name: str) -> None:
    """A picture of the whole page where ZHIYIN_SHOTS says."""
    folder = os.environ.get("ZHIYIN_SHOTS")
    if folder:
        path = Path(folder) / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path, full_page=True)


@dataclass
class Desk:
    """Somebody of the staff at the screen."""

    page: Page
    username: str
    name: str = field(init=False)

    def __post_init__(self) -> None:
        self.name = seed.STAFF[self.username][0] if self.username in seed.STAFF else self.username

    def sign_in(self, password: str = seed.PASSWORD) -> None:
        self.page.goto("/accounts/login/")
        self.page.get_by_label("登录名或邮箱").fill(self.username)
        self.page.get_by_label("密码", exact=True).fill(password)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url("/")

    def open(self, number: str) -> None:
        self.page.goto(f"/cases/{number}/")

    def deed(self, words: str) -> None:
        """Open the form of one thing to do: from the page, else from the menu of more."""
        link = self.page.get_by_role("main").get_by_role("link", name=words, exact=True)
        if not link.count():
            self.page.get_by_role("button", name="更多操作").click()
            link = self.page.locator("[data-menu-list]:visible").get_by_role("link", name=words, exact=True)
        link.first.click()

    @property
    def form(self) -> Locator:
        """The form in hand: the one opened, else that of the moment."""
        opened = self.page.locator("#deed form")
        return opened if opened.count() else self.page.locator("#now form")

    def fill(self, **fields: str) -> None:
        for label, words in fields.items():
            self.form.get_by_label(label).first.fill(words)

    def pick(self, group: str, choice: str) -> None:
        self.form.get_by_role("group", name=group).get_by_label(choice, exact=True).check()

    def press(self, verb: str, *, said: str | None = None) -> None:
        """Press the form's button; `said` is the notice that follows."""
        self.form.get_by_role("button", name=re.compile(f"^{re.escape(verb)}")).click()
        if said:
            expect(self.page.locator(".zy-toast").get_by_text(said, exact=True)).to_be_visible()

    def stands(self, words: str) -> None:
        """The heading of what is to be done now."""
        expect(self.page.locator("#now h2")).to_have_text(words)
