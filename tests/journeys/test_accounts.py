"""An account kept safe: a second factor because the role asks for one, a passkey, and showing once more who is there."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect
from tests.journeys import product as zhiyin
from tests.journeys import seed
from tests.journeys.people import Windows, shot
from tests.journeys.test_pages import check


@pytest.fixture(scope="module")
def named():
    """Zhiyin under a name, as browsers want it for keys."""
    with zhiyin.running("localhost") as product:
        yield product


@pytest.fixture
def rooms(named, browser):
    opened = Windows(named, browser)
    try:
        yield opened
        opened.check_quiet()
    finally:
        opened.close()


def sign_in(page: Page, who: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("登录名或邮箱").fill(who)
    page.get_by_label("密码", exact=True).fill(seed.PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/accounts/login/")


def give_a_key(page: Page) -> Any:
    """A fingerprint reader, as the browser's own tools pretend one."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    return tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret.replace(" ", ""), int(time.time()) // 30))


def seen(page: Page, name: str) -> None:
    """A look at the page on the desk and in the hand, light and dark; nothing may be wrong with it."""
    wide = page.viewport_size
    for width, height in ((1280, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            shot(page, f"accounts/{name}-{width}-{scheme}")
            assert not check(page, f"{name}-{width}-{scheme}", dark=scheme == "dark")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(wide)


def ask_agents_for_a_factor(admin: Page) -> None:
    sign_in(admin, "zheng")
    admin.goto("/settings/sign-in/")
    admin.get_by_role("main").get_by_label("客服专员").check()
    admin.get_by_role("button", name="保存").click()
    expect(admin.locator(".zy-toast")).to_be_visible()
    seen(admin, "policy")


def set_up_the_app(page: Page) -> str:
    """From the page that asks for a second factor to today; one of the recovery codes."""
    page.get_by_role("link", name="手机上的验证器").click()
    seen(page, "app")
    secret = page.get_by_label("手动输入的密钥文字").input_value()
    page.get_by_label("验证器显示的验证码").fill(code(secret))
    page.get_by_role("button", name="设置").click()
    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()
    expect(page.locator(".zy-codes li")).to_have_count(10)
    seen(page, "codes")
    recovery = page.locator(".zy-codes li").first.inner_text()
    with page.expect_download() as kept:
        page.get_by_role("link", name="存成文件").click()
    assert recovery in kept.value.path().read_text()
    page.get_by_role("link", name="已经保存好，继续").click()
    is_today(page)
    return recovery


def add_a_key(page: Page) -> None:
    page.goto("/accounts/factor/key/")
    seen(page, "key")
    page.get_by_label("名称").fill("办公电脑")
    page.get_by_role("button", name="设置").click()
    page.wait_for_url("**/settings/security/")
    expect(page.get_by_text("办公电脑")).to_be_visible()
    seen(page, "security")
    page.get_by_role("link", name="修改", exact=True).click()
    seen(page, "key-edit")


def is_today(page: Page) -> None:
    expect(page.get_by_role("heading", name="今天", exact=True)).to_be_visible()


def test_a_role_that_asks_for_a_second_factor_and_a_passkey_that_signs_in_alone(rooms):
    ask_agents_for_a_factor(rooms.window())
    page = rooms.window()
    give_a_key(page)
    sign_in(page, "lin")
    page.wait_for_url("**/accounts/factor/")
    seen(page, "needed")
    page.goto("/cases/")
    page.wait_for_url("**/accounts/factor/")
    recovery = set_up_the_app(page)
    add_a_key(page)

    sign_out(page)
    seen(page, "sign-in")
    page.get_by_role("button", name="用通行密钥登录").click()
    is_today(page)

    sign_out(page)
    sign_in(page, "lin")
    page.wait_for_url("**/accounts/login/second/")
    seen(page, "second-step")
    page.get_by_role("button", name="使用通行密钥或安全密钥").click()
    is_today(page)

    other = rooms.window()
    sign_in(other, "lin")
    other.get_by_label("验证器上的验证码，或一个恢复码").fill(recovery)
    other.get_by_role("button", name="登录", exact=True).click()
    is_today(other)
    page.goto("/settings/security/")
    page.get_by_role("button", name="让其他地方全部退出登录").click()
    expect(page.locator(".zy-toast")).to_be_visible()
    other.goto("/")
    other.wait_for_url(re.compile("/accounts/login/"))


def test_what_was_typed_survives_being_asked_who_is_there(rooms, named):
    page = rooms.window()
    sign_in(page, "zheng")
    page.wait_for_url("**/")
    page.goto("/settings/teams/new/")
    page.get_by_label("名称").fill("夜班组")
    named.seed("stale")
    page.get_by_role("main").get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="请确认是你本人")).to_be_visible()
    seen(page, "confirm")
    page.get_by_label("密码", exact=True).fill(seed.PASSWORD)
    page.get_by_role("button", name="用密码确认").click()
    page.wait_for_url("**/settings/teams/")
    expect(page.get_by_role("link", name="夜班组")).to_be_visible()
