"""A customer's link to be passed on by hand: the address, and a picture of it for her phone, shown once."""

from __future__ import annotations

import base64
from dataclasses import dataclass

import qrcode
from django.conf import settings
from django.http import HttpRequest
from qrcode.image.svg import SvgPathFillImage

KEPT = "passed_on"


@dataclass(frozen=True, slots=True)
class Passed:
    """Where the customer goes; `picture` is the same as a QR code, black on white in light and dark."""

    address: str
    picture: str


def keep(request: HttpRequest, *, number: str, key: str) -> None:
    """Until the page of this case is shown next; the address is the customers', not the one staff come by."""
    request.session[KEPT] = {"number": number, "address": f"{settings.PUBLIC_URL}/portal/k/{key}"}


def once(request: HttpRequest, number: str) -> Passed | None:
    """What was kept for this case, the first time it is asked for."""
    kept = request.session.get(KEPT)
    if not kept or kept.get("number") != number:
        return None
    del request.session[KEPT]
    address = str(kept["address"])
    drawn = qrcode.make(address, image_factory=SvgPathFillImage, box_size=8, border=3).to_string()
    return Passed(address, f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}")
