"""What a case is found by: number, subject, words, the customer's name and numbers, the object."""

from __future__ import annotations

from zhiyin.cases.models import Case
from zhiyin.kit import search
from zhiyin.libs import hanzi

KIND = "case"


def renew(case: Case) -> None:
    """Index the case anew, in the caller's transaction."""
    customer = case.customer
    texts = [
        case.number,
        case.number.replace("-", ""),
        case.subject,
        case.description,
        case.remedy_sought,
        customer.name,
        hanzi.pinyin_initials(customer.name),
        case.service_object.name if case.service_object else "",
        case.root_cause,
    ]
    texts += list(customer.contact_points.values_list("value", flat=True))
    search.index(kind=KIND, object_id=case.pk, texts=[text for text in texts if text])
