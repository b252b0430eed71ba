"""How the tests read pages and fill in forms."""

from __future__ import annotations

import re

from django.test import Client

from zhiyin.customers.models import Customer


def words(response) -> str:
    """What can be read on a page, without markup."""
    text = re.sub(r"<(script|style|template)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def form_of(response) -> dict[str, str]:
    """The fields of the page's form as a browser would send them back."""
    editing = response.context["editing"]
    data: dict[str, str] = {}
    for form in [
        editing.form,
        editing.contacts.management_form,
        *editing.contacts,
        editing.rest.management_form,
        *editing.rest,
    ]:
        for name in form.fields:
            value = form[name].value()
            if value is not None and value is not False and value != "":
                data[form[name].html_name] = "on" if value is True else str(value)
    return data


def address(customer: Customer, rest: str = "") -> str:
    return f"/customers/{customer.pk}/{rest}"


def counted(browser: Client, page: str) -> int:
    """How many queries a page costs, once warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser.get(page)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(page).status_code == 200
    return len(seen)
