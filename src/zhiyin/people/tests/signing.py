"""Signing in as people do, for the tests of accounts."""

from __future__ import annotations

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from zhiyin.people import jobs
from zhiyin.people.actions.notices import NOTICE, PASSWORD_LINK

PASSWORD = "correct horse staple"
APP, CODES, KEY = "/accounts/factor/app/", "/accounts/factor/codes/", "/accounts/factor/key/"
SECOND, SECURITY = "/accounts/login/second/", "/settings/security/"


def code_of(secret, *, ahead=0):
    return format_hotp_value(hotp_value(secret.replace(" ", ""), int(time.time()) // 30 + ahead))


def secret_on(page):
    return re.search(r'id="s-secret"[^>]*>([A-Z2-7 ]+)<', page)[1]


def set_up_app(browser):
    """The secret, once its first code has been accepted."""
    secret = secret_on(browser.get(APP).content.decode())
    assert browser.post(APP, {"code": code_of(secret, ahead=-1)}).headers["Location"] == CODES
    return secret


def codes_on(page):
    return re.findall(r'<li class="num">(\d{4} \d{4})</li>', page)


def step_one(login="lin", browser=None):
    browser = browser or Client()
    answer = browser.post("/accounts/login/", {"login": login, "password": PASSWORD})
    return browser, answer


def is_in(browser):
    return browser.get("/settings/me/").status_code == 200


def letters():
    """What lies in people's mailboxes once the worker has been through the letters that waited about accounts."""
    work = {NOTICE: jobs.notice, PASSWORD_LINK: jobs.password_link}
    mail.outbox.clear()
    for one in ProcrastinateJob.objects.filter(task_name__in=work).order_by("pk"):
        work[one.task_name](**one.args)
    return mail.outbox
