"""Letters to read: one, the register of those issued, and what a new one can begin with."""

from __future__ import annotations

from zhiyin.cases import queries as cases
from zhiyin.cases.models import Case
from zhiyin.kit.errors import NotFound
from zhiyin.kit.paging import Leaf, leaf
from zhiyin.people.models import Staff
from zhiyin.statutory.models import Letter, Profile
from zhiyin.statutory.rules.words import LetterState

SIZE = 30
BESIDE = ("transfer__case__customer", "transfer__escalation", "written_by", "issued_by", "corrects", "file")


def profile() -> Profile:
    """How authorities know the house; the row is made when first asked for."""
    return Profile.objects.get_or_create(pk=1)[0]


def letter(staff: Staff, pk: int) -> Letter:
    """One letter of a case this person may see. Raises NotFound."""
    found = Letter.objects.filter(pk=pk, transfer__case__in=cases.visible(staff))
    row = found.select_related(*BESIDE).first()
    if row is None:
        raise NotFound
    return row


def register(staff: Staff, *, page: int = 1, waiting: bool = False) -> Leaf[Letter]:
    """One page of the letters of cases this person may see: those under way first, then by number, newest first.

    With `waiting` only those that wait for approval. One query.
    """
    rows = Letter.objects.filter(transfer__case__in=cases.visible(staff)).select_related(*BESIDE)
    if waiting:
        rows = rows.filter(state=LetterState.WAITING)
    return leaf(rows.order_by("-year", "-sequence", "-pk"), page=page, size=SIZE)


def known_parts(case: Case) -> dict[str, str]:
    """What the case knows that an answer has to say: what was found, what is put right, what prevents it."""
    looked_into = case.investigations.order_by("-round").first()
    done = case.remedies.order_by("-at", "-pk").first()
    found = [looked_into.findings if looked_into else "", case.root_cause]
    planned = case.choosings.filter(proposal__isnull=False).select_related("proposal").order_by("-pk").first()
    plan = planned.proposal if planned else None
    return {
        "finding": "\n".join(dict.fromkeys(part.strip() for part in found if part.strip())),
        "remedy": done.text
        if done
        else "\n".join(filter(None, [plan.title, plan.description]))
        if plan
        else "",
        "prevention": done.prevention if done else "",
    }
