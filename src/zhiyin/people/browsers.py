"""What a browser calls itself, as somebody would recognise it: Chrome, Windows. Pure; a guess, never a proof."""

from __future__ import annotations

import re

# The first that matches; the imitated ones come last, since nearly everybody says Safari.
BROWSERS = (
    ("MicroMessenger/", "微信"), ("Edg", "Edge"), ("OPR/", "Opera"), ("QQBrowser/", "QQ"), ("HuaweiBrowser/", "Huawei"),
    ("MiuiBrowser/", "Xiaomi"), ("SamsungBrowser/", "Samsung"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
    ("HeadlessChrome/", "Chrome"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Macintosh", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
TOOL = re.compile(r"^([\w.+-]{1,40})/[\d.]+")


def recognised(device: str) -> tuple[str, str]:
    """Browser and system, each empty where nothing is known: ("Chrome", "Windows")."""
    browser = next((name for sign, name in BROWSERS if sign in device), "")
    system = next((name for sign, name in SYSTEMS if sign in device), "")
    if not browser and not system and (tool := TOOL.match(device)):
        return tool[1], ""
    return browser, system
