"""The Wallet Allocation Rule: a brand's share of a customer's spending from its rank among those he uses.

Keiningham, Aksoy, Buoye & Cooil (2011), Harvard Business Review 89(10):29-31; Keiningham et al. (2015), The Wallet
Allocation Rule, Appendix A: share = (1 - rank/(N + 1)) · 2/N for N brands; ties share their mean rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from zhiyin.libs.measure import answers, errors, influence
from zhiyin.libs.measure.answers import Scale
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.errors import gettext_noop
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.influence import Floats


@dataclass(frozen=True, slots=True)
class Share:
    """One brand. `share` of all customers' wallets, zero where it is not used: shares sum to 1; `among_users` of
    the wallets of those who use it; `used_by` the share of customers who do.
    """

    name: str
    share: Estimate
    among_users: Estimate
    used_by: Estimate


@dataclass(frozen=True, slots=True)
class Wallet:
    """The brands in the order of the columns; `n` customers use at least one."""

    brands: tuple[Share, ...]
    n: int
    level: float


def share_of_rank(rank: ArrayLike, brands: ArrayLike) -> Floats:
    """(1 - rank/(N + 1)) · 2/N for each rank (1 best, ties the mean rank) among `brands` = N."""
    position, many = np.asarray(rank, dtype=float), np.asarray(brands, dtype=float)
    if np.any(many < 1) or np.any(position < 1) or np.any(position > many):
        allowed = gettext_noop("from 1 to the number of brands")
        raise errors.BadOption(option="rank", value=str(position.tolist()), allowed=allowed)
    out: Floats = (1 - position / (many + 1)) * 2 / many
    return out


def ranks(scores: ArrayLike) -> Floats:
    """Each row's ranks, 1 for the highest score, equal scores sharing the mean of their ranks; nan stays nan."""
    table = np.asarray(scores, dtype=float)
    higher = (table[:, None, :] > table[:, :, None]).sum(axis=2)
    equal = (table[:, None, :] == table[:, :, None]).sum(axis=2)
    out: Floats = np.where(np.isnan(table), np.nan, higher + (equal + 1) / 2)
    return out


def wallet_shares(
    scores: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    scale: Scale = (0, 10),
    design: Design = EVERYBODY,
    level: float = LEVEL,
) -> Wallet:
    """Shares of wallet from (n, brands) scores on `scale` (satisfaction or recommendation), nan where not used.

    Raises `OffScale`, `ShapeMismatch`, `TooFew` (a brand nobody uses), `BadDesign`.
    """
    table = influence.table(scores, scale)
    called = answers.labels(names, table.shape[1])
    weights = design.of(len(table))
    many = (~np.isnan(table)).sum(axis=1)
    if not many.any():
        raise errors.TooFew(what=gettext_noop("Shares of wallet"), needed=1, found=0)
    customer = many > 0
    own = np.full(table.shape, np.nan)
    own[customer] = _shares(table[customer], many[customer])
    everywhere = np.where(customer[:, None], np.nan_to_num(own), np.nan)
    uses = np.where(customer[:, None], ~np.isnan(own), np.nan)
    columns = [
        influence.means(side, weights, called).figures(design).estimates(level, "t", bounds=(0.0, 1.0))
        for side in (everywhere, own, uses)
    ]
    brands = tuple(Share(*row) for row in zip(called, *columns, strict=True))
    return Wallet(brands, int(customer.sum()), level)


def _shares(table: Floats, many: Floats) -> Floats:
    position = ranks(table)
    used = ~np.isnan(position)
    number = np.broadcast_to(many[:, None], table.shape)
    out = np.full(table.shape, np.nan)
    out[used] = share_of_rank(position[used], number[used])
    return out
