"""Photos survive a field that has to be mended: on a telephone they are the hardest thing to send again."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhiyin.cases.models import Case
from zhiyin.conversations.models import Attachment
from zhiyin.kit.models import StoredFile
from zhiyin.portal import throttle
from zhiyin.portal.tests.test_portal import RAISED

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def photo(name: str = "电梯.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


@pytest.fixture
def visitor(house: object) -> Client:
    return Client()


def mended(visitor: Client, *photos: SimpleUploadedFile, **wrong: Any) -> list[str]:
    """Send the form with something wrong; the slips of the files that the page holds now."""
    page = visitor.post("/portal/", RAISED | wrong | {"files": list(photos)})
    assert page.status_code == 422
    return [slip for slip, _ in page.context["form"].fields["kept"].choices]


def names() -> list[str]:
    return list(Attachment.objects.order_by("pk").values_list("file__name", flat=True))


def test_a_wrong_telephone_costs_no_photo(visitor: Client) -> None:
    slips = mended(visitor, photo(), photo("轿厢.png"), contact="1390000602")
    assert visitor.post("/portal/", RAISED | {"kept": slips}).status_code == 302
    assert names() == ["电梯.png", "轿厢.png"]
    shown = visitor.get(f"/portal/{Case.objects.get().number}/").content.decode()
    assert "轿厢.png" in shown
    where = Attachment.objects.earliest("pk").file_id
    assert visitor.get(f"/files/{where}/").content == PNG


def test_they_are_kept_through_two_mistakes_and_more_can_come(visitor: Client) -> None:
    slips = mended(visitor, photo(), contact="1")
    slips = mended(visitor, photo("轿厢.png"), kept=slips, name="")
    assert len(slips) == 2
    visitor.post("/portal/", RAISED | {"kept": slips, "files": [photo("按钮.png")]})
    assert names() == ["电梯.png", "轿厢.png", "按钮.png"]


def test_what_is_unticked_does_not_go_along(visitor: Client) -> None:
    slips = mended(visitor, photo(), photo("轿厢.png"), contact="1")
    visitor.post("/portal/", RAISED | {"kept": slips[1:]})
    assert names() == ["轿厢.png"]


def test_a_file_that_cannot_be_taken_costs_no_other(visitor: Client) -> None:
    slips = mended(visitor, photo(), SimpleUploadedFile("a.exe", b"\x7fELF" + b"\x00" * 64))
    visitor.post("/portal/", RAISED | {"kept": slips})
    assert names() == ["电梯.png"]


def test_nothing_is_in_the_house_before_the_form_goes_through(visitor: Client) -> None:
    mended(visitor, photo(), contact="1")
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("forged", ["x", "eyJpZCI6IjEifQ:1abc:x", ""])
def test_a_slip_made_up_fetches_nothing(visitor: Client, forged: str) -> None:
    visitor.post("/portal/", RAISED | {"kept": [forged]})
    assert Case.objects.count() == 1
    assert not StoredFile.objects.exists()


def test_a_slip_used_up_brings_the_photo_into_no_other_matter(visitor: Client) -> None:
    slips = mended(visitor, photo(), contact="1")
    visitor.post("/portal/", RAISED | {"kept": slips})
    stranger = Client()
    assert stranger.post("/portal/", RAISED | {"kept": slips, "contact": "13900008888"}).status_code == 422
    assert Case.objects.count() == 1


def test_a_message_to_a_matter_keeps_its_photo_too(visitor: Client) -> None:
    visitor.post("/portal/", RAISED)
    case = Case.objects.get()
    page = visitor.post(f"/portal/{case.number}/add/", {"text": "x" * 6000, "files": [photo()]})
    slips = [slip for slip, _ in page.context["form"].fields["kept"].choices]
    assert visitor.post(f"/portal/{case.number}/add/", {"kept": slips}).status_code == 302
    assert names() == ["电梯.png"]


def test_one_place_has_only_so_many_kept_in_an_hour(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(throttle.LIMITS, "kept", 1)
    assert mended(visitor, photo(), contact="1")
    assert not mended(visitor, photo(), contact="1")
