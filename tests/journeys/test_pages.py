"""Every page at desk and in the hand, light and dark: usable by everybody, quiet, whole, and in one language.

The list of pages comes from the addresses themselves: a new one without an example here fails.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.journeys.loop import PROPOSALS, Loop, link_in
from tests.journeys.people import Windows, shot
from tests.journeys.product import ROOT

AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
AXE_RUN = "more => axe.run(document, {resultTypes: ['violations'], ...more})"
LOOKS = [(phone, dark) for phone in (False, True) for dark in (False, True)]

# What no page shows by GET: parts of pages, acts, downloads, machines' addresses.
PARTS = {
    "health", "metrics", "set_language", "file", "account_logout", "account_set_password",
    "account_reset_password_from_key", "account_reauthenticate", "mfa_authenticate", "mfa_login_webauthn", "oidc_begin",
    "oidc_callback", "people:key_edit", "people:factor_needed", "people:factor_remove", "people:session_end",
    "people:sessions_end", "people:hints_again", "people:hint_done", "people:staff_factors", "people:invitation_renew",
    "people:invitation", "people:staff_enable", "people:staff_password", "people:invitation_revoke", "people:skill_remove",
    "people:calendar_preview", "desk:conversation_write", "desk:conversation_assign", "desk:conversation_later",
    "desk:conversation_done", "desk:conversation_reopen", "desk:conversation_resend", "desk:intake_customers",
    "desk:intake_customer", "desk:case_do", "desk:case_news", "desk:case_move", "desk:case_package", "desk:clock_end",
    "desk:customer_reveal", "desk:customer_confirm", "desk:customer_withdraw", "desk:customer_consent_again",
    "desk:transfer_do", "desk:letter_do", "desk:letter_preview", "desk:statutory_end", "desk:statutory_use",
    "desk:customer_object_end", "desk:customer_object_again", "desk:promise_keep", "desk:promise_release",
    "desk:promise_renew", "desk:conversation_place", "desk:guarantee_begin", "desk:guarantee_publish",
    "desk:guarantee_discard", "desk:guarantee_withdraw", "desk:clause_add", "desk:clause_drop", "desk:clause_move",
    "desk:breach_tell", "desk:breach_good", "desk:measures_sheet", "portal:hand_in_key", "portal:add", "portal:same",
    "desk:facts_begin", "desk:facts_add", "desk:facts_row", "desk:facts_row_remove", "desk:facts_row_restore",
    "desk:facts_about", "desk:facts_column_move", "desk:facts_column_remove", "desk:facts_column_restore",
    "desk:facts_export", "desk:facts_leave", "desk:facts_ask", "desk:facts_stop", "portal:facts_back",
    "desk:intake_incidents", "desk:case_colleagues",
    "desk:incident_notice", "desk:incident_move", "desk:incident_progress", "desk:incident_told", "desk:incident_resume",
    "desk:mentions_read", "desk:mention", "desk:request_do",
}  # fmt: skip
AGENT = ("desk:today", "desk:inbox", "desk:conversation", "desk:cases", "desk:board", "desk:intake", "desk:search",
         "desk:customers", "desk:customer_new", "desk:customer", "desk:customer_edit", "desk:customer_consents",
         "desk:customer_objects", "desk:customer_promise", "desk:facts", "desk:facts_columns", "desk:facts_column",
         "desk:facts_paste", "desk:facts_gather", "desk:transfers", "desk:expectation", "desk:rule_changes",
         "desk:facts_tables", "desk:letters", "desk:letter", "people:me", "people:security",
         "account_change_password",
         "desk:help", "desk:help_page")  # fmt: skip
CATALOGUE = ("desk:catalogue", "desk:item_new", "desk:item", "desk:item_edit", "desk:item_procedure", "desk:guarantee",
             "desk:guarantee_preview", "desk:clause", "desk:kept", "desk:met", "desk:touchpoints", "desk:touchpoint_new",
             "desk:touchpoint_edit")  # fmt: skip
SUPERVISOR = (
    "desk:incidents",
    "desk:incident_new",
    "desk:incident",
    "desk:incident_edit",
    "desk:incident_add",
    "desk:incident_share",
    "desk:colleagues",
    "desk:request",
)
SETTINGS = {"desk:clocks", "desk:money", "desk:statutory_rules", "desk:letterhead"}
MANAGER = ("desk:measures", "desk:budget")
OUTSIDE = ("portal:guarantee", "portal:guarantee_version",
           "portal:raise", "portal:follow", "account_login", "account_inactive", "account_reset_password",
           "account_reset_password_done", "account_reset_password_from_key_done", "people:invitation_link")  # fmt: skip
INSIDE_PORTAL = (
    "portal:case",
    "portal:choose",
    "portal:none_fits",
    "portal:confirm",
    "portal:object",
    "portal:facts",
    "portal:key",
)

# Two Latin words in a row on a Chinese page are somebody's forgotten sentence.
LATIN = re.compile(r"[A-Za-z][A-Za-z'’]+(?:[ ,]+[A-Za-z'’]+)+")
KEPT = re.compile(r"English|Ctrl (Enter|K)|PDF|JSON|SHA-256 [0-9a-f]+|[\w.]+@[\w.]+|https?://\S+|own-\d")


def addresses() -> dict[str, Any]:
    """Every route by its full name, from the resolver."""
    from django.urls import URLPattern, get_resolver

    found = {}

    def walk(patterns: Any, space: str) -> None:
        for one in patterns:
            if isinstance(one, URLPattern):
                found[f"{space}{one.name}"] = one
            else:
                walk(one.url_patterns, f"{one.app_name}:" if one.app_name else space)

    walk(get_resolver().url_patterns, "")
    return found


@pytest.fixture(scope="package")
def world(product):
    """Some weeks of work to look at."""
    return product.seed("cases")


def path(name: str, world: dict[str, Any]) -> str:
    from django.urls import reverse

    places = {
        "kind": "reply",
        "name": "note",
        "guide": "user",
        "token": world["token"],
        "number": world["numbers"]["proposed"],
        "column": world["column"],
        "version": 1,
    }
    owned = {
        "conversation": world["conversation"], "customer": world["customer"], "staff": 1, "team": 1, "department": 1,
        "calendar": 1, "skill": world["skill"], "clock": world["clock"], "incident": world["incident"],
        "request": world["request"], "letter": world["letter"], **world["shelf"],
    }  # fmt: skip
    route = addresses()[name].pattern
    kwargs = {
        key: owned[name.partition(":")[2].partition("_")[0]] if key == "pk" else places[key]
        for key in route.regex.groupindex
    }
    return reverse(name, kwargs=kwargs)


def check(page: Any, where: str, *, dark: bool = False) -> list[str]:
    """What is wrong with the page on the screen; in the dark only its colours are new."""
    wrong = []
    if not AXE.is_file():
        pytest.fail("axe-core is missing: run `make setup` for the development tools.", pytrace=False)
    page.evaluate(AXE.read_text())  # through the debugger: the page's own policy stays as strict as it is
    found = page.evaluate(AXE_RUN, {"runOnly": ["color-contrast"]} if dark else {})
    for violation in found["violations"]:
        if violation["impact"] in {"serious", "critical"}:
            nodes = [f"{node['target']} {node['html'][:120]}" for node in violation["nodes"][:3]]
            wrong.append(f"{where}: {violation['id']}: {violation['help']}: {nodes}")
    size = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if size[0] > size[1]:
        wrong.append(f"{where}: scrolls sideways ({size[0]} > {size[1]})")
    if page.evaluate(
        "innerWidth > 1000 && document.querySelector('.zy-app') && document.documentElement.scrollHeight > innerHeight"
    ):
        wrong.append(f"{where}: the window scrolls beyond the page")
    if page.evaluate("document.documentElement.lang") == "zh-hans":
        # What the guides say is their own: commands, sources, the other language.
        page.evaluate("document.querySelectorAll('.guide, .guide-shelf').forEach(node => node.remove())")
        lines = KEPT.sub(" ", page.evaluate("document.body.innerText")).splitlines()
        wrong += [f"{where}: English left: {line.strip()}" for line in lines if LATIN.search(line)]
    return wrong


def look_at(
    windows: Windows, names: list[tuple[str, str]], staff: str | None, *, phone: bool, dark: bool
) -> None:
    window = (
        windows.desk(staff, phone=phone, dark=dark).page if staff else windows.portal(phone=phone, dark=dark)
    )
    window.context.add_cookies(
        [{"name": "zy_theme", "value": "dark" if dark else "light", "url": windows.product.url}]
    )
    wrong = []
    for name, address in names:
        response = window.goto(address)
        assert response is not None
        assert response.status == 200, f"{name}: {response.status}"
        where = f"{name.replace(':', '-')}-{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}"
        shot(window, f"pages/{where}")
        wrong += check(window, where, dark=dark)
    assert not wrong, "\n" + "\n".join(wrong)


def test_every_address_has_its_place_in_this_walk():
    settings = {name for name in addresses() if name.startswith("people:") or name in SETTINGS}
    known = (
        PARTS
        | set(CATALOGUE)
        | {"desk:breach"}
        | set(AGENT)
        | set(MANAGER)
        | set(SUPERVISOR)
        | set(OUTSIDE)
        | set(INSIDE_PORTAL)
        | settings
        | {"desk:case", "kit"}
    )
    assert set(addresses()) - known == set()
    assert known - set(addresses()) == set()


@pytest.mark.parametrize(("phone", "dark"), LOOKS)
def test_the_pages_of_an_agent(windows, world, phone, dark):
    pages = [(name, path(name, world)) for name in AGENT]
    pages += [("found", "/search/?q=电梯"), ("nothing-found", "/search/?q=螺旋桨"), ("team", "/?whose=team")]
    look_at(windows, pages, "lin", phone=phone, dark=dark)


@pytest.mark.parametrize(("phone", "dark"), LOOKS)
def test_the_page_of_a_case_at_every_stage_and_its_forms(windows, world, phone, dark):
    pages = [(f"case-{stage}", f"/cases/{number}/") for stage, number in world["numbers"].items()]
    open_case = world["numbers"]["assigned"]
    if not dark:
        deeds = (
            "reply",
            "note",
            "promise",
            "escalate",
            "hand_over",
            "correct",
            "relate",
            "merge",
            "withdraw",
            "propose",
            "place",
        )
        pages += [(f"do-{deed}", f"/cases/{open_case}/?do={deed}") for deed in deeds]
    look_at(windows, pages, "chen", phone=phone, dark=dark)


@pytest.mark.parametrize(("phone", "dark"), LOOKS)
def test_the_pages_of_figures(windows, world, phone, dark):
    look_at(windows, [(name, path(name, world)) for name in MANAGER], "chen", phone=phone, dark=dark)


@pytest.mark.parametrize(("phone", "dark"), LOOKS)
def test_mass_incidents_and_what_colleagues_ask(windows, world, phone, dark):
    pages = [(name, path(name, world)) for name in SUPERVISOR]
    pages += [
        (f"colleagues-{view}", f"/colleagues/?view={view}") for view in ("from_me", "mentions", "departments")
    ]
    look_at(windows, pages, "chen", phone=phone, dark=dark)


@pytest.mark.parametrize(("phone", "dark"), LOOKS)
def test_the_settings(windows, world, phone, dark):
    names = sorted(name for name in addresses() if name.startswith("people:") or name in SETTINGS | {"kit"})
    left_out = PARTS | {"people:me", "people:invitation_link", "kit"}
    pages = [(name, path(name, world)) for name in names if name not in left_out]
    look_at(windows, pages, "zheng", phone=phone, dark=dark)


@pytest.mark.parametrize(("phone", "dark"), LOOKS)
def test_the_catalogue_and_how_the_guarantee_is_kept(windows, world, phone, dark):
    look_at(windows, [(name, path(name, world)) for name in CATALOGUE], "qin", phone=phone, dark=dark)
    look_at(windows, [("desk:breach", path("desk:breach", world))], "lin", phone=phone, dark=dark)


@pytest.mark.parametrize(("phone", "dark"), LOOKS)
def test_the_pages_for_everybody(windows, world, phone, dark):
    look_at(windows, [(name, path(name, world)) for name in OUTSIDE], None, phone=phone, dark=dark)


@pytest.mark.parametrize(("phone", "dark"), LOOKS)
def test_the_day_of_a_handler_and_of_others(windows, world, phone, dark):
    for staff in ("ma", "shen", "qin"):
        look_at(windows, [(f"{staff}-today", "/")], staff, phone=phone, dark=dark)


def test_a_hint_never_covers_the_composer_in_the_hand(windows, world):
    page = windows.desk("lin", phone=True).page
    page.goto("/settings/me/")
    page.get_by_role("button", name="再看一遍提示").click()
    page.goto(f"/inbox/{world['conversation']}/")
    hint, send = page.locator(".zy-once"), page.get_by_role("button", name=re.compile("^发送"))
    expect(hint).to_be_visible()
    expect(send).to_be_in_viewport()
    boxes = [one.bounding_box() for one in (hint, page.locator(".th"))]
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"] + 1


def test_the_pages_of_a_matter_in_the_portal(windows):
    loop = Loop(windows)
    loop.to_approval()
    loop.decide("通过", "通过", "通过")
    key = link_in(loop.letter("在这里选"))
    for phone, dark in LOOKS:
        page = windows.window(phone=phone, dark=dark, java_script_enabled=True)
        page.goto(key)
        page.wait_for_url(re.compile(loop.number))
        wrong = []
        for name in ("", "choose/", "none-fits/"):
            page.goto(f"/portal/{loop.number}/{name}")
            where = f"portal-{name.strip('/') or 'case'}-{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}"
            shot(page, f"pages/{where}")
            wrong += check(page, where, dark=dark)
        assert not wrong, "\n" + "\n".join(wrong)
    loop.choose(page_of(windows, key, loop), PROPOSALS[0][0])
    loop.carry_out()
    key = link_in(loop.letter("您满意吗"))
    page = page_of(windows, key, loop)
    for name in ("", "confirm/"):
        page.goto(f"/portal/{loop.number}/{name}")
        shot(page, f"pages/portal-remedied-{name.strip('/')}")
        assert not check(page, f"portal-{name}")


def page_of(windows: Windows, key: str, loop: Loop) -> Any:
    page = loop.open_link(key)
    page.goto(f"/portal/{loop.number}/choose/")
    return page
