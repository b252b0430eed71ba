"""Who may do what, in one table. Pure."""

from __future__ import annotations

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import gettext_noop


class Role(Choice):
    """What somebody is here for; one role a person."""

    AGENT = "agent", gettext_noop("Customer service agent")
    SUPERVISOR = "supervisor", gettext_noop("Customer service supervisor")
    HANDLER = "handler", gettext_noop("Department handler")
    QUALITY = "quality", gettext_noop("Quality manager")
    RESEARCHER = "researcher", gettext_noop("Satisfaction researcher")
    ADMINISTRATOR = "administrator", gettext_noop("Administrator")


class Theme(Choice):
    AUTO = "auto", gettext_noop("As the device")
    LIGHT = "light", gettext_noop("Light")
    DARK = "dark", gettext_noop("Dark")


class Language(Choice):
    ZH_HANS = "zh-hans", "简体中文"
    ZH_HANT = "zh-hant", "繁體中文"
    EN = "en", "English"
