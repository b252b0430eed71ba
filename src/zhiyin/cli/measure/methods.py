"""Which method derives importance where none is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhiyin.libs.measure.shares import Method

MANY = 20
"""Attributes up to which all orders of entering are averaged by default."""


def chosen(method: str, attributes: int) -> Method:
    """The method asked for, whatever it is: what it may be is the engine's to say."""
    found: Any = method or ("lmg" if attributes <= MANY else "johnson")
    return found  # type: ignore[no-any-return]
