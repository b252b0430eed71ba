"""Finding things by any part of what is written about them, in either script.

An object is found by a query if every word of the query is part of one of its texts; `zhiyin.libs.hanzi` says
what counts as the same. Each text is a row of its own (a long one several), so no match straddles two texts.

The sub-query of `ids` is left open to the planner on purpose: it knows how frequent each bigram is. It takes
the GIN index for rare words, and walks the page's own order for frequent ones until the page is full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Max, QuerySet, Value

from zhiyin.kit.models import SearchEntry
from zhiyin.libs import hanzi

SHORTEST = 2
TELEPHONE = re.compile(r"\+?[\d\s().-]{10,}")
FEWEST_DIGITS = 10

WRITE = """
    INSERT INTO kit_searchentry (kind, object_id, chunk, terms)
    SELECT %s, %s, said.chunk, said.terms::tsvector FROM unnest(%s::int[], %s::text[]) AS said (chunk, terms)
    ON CONFLICT (kind, object_id, chunk) DO UPDATE SET terms = excluded.terms
    WHERE kit_searchentry.terms IS DISTINCT FROM excluded.terms
"""
WRITE_MANY = """
    INSERT INTO kit_searchentry (kind, object_id, chunk, terms)
    SELECT %s, said.object_id, said.chunk, said.terms::tsvector
    FROM unnest(%s::bigint[], %s::int[], %s::text[]) AS said (object_id, chunk, terms)
    ON CONFLICT (kind, object_id, chunk) DO UPDATE SET terms = excluded.terms
"""


class _Asked(Value):
    """A tsquery literal as it is: `to_tsquery` would take it apart again."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s::tsquery", (self.value,)


class _Matches(Func):
    """Whether the terms of an entry answer a tsquery literal."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()

    def __init__(self, literal: str) -> None:
        super().__init__(F("terms"), _Asked(literal))


def index(*, kind: str, object_id: int, texts: Iterable[str], names: Iterable[str] = ()) -> None:
    """Make the object findable by these texts and no others, in the caller's transaction.

    `names` are found by their sound too: 王小明 by wxm and wangxiaoming. Texts that have not changed are not
    written again.
    """
    terms = _terms(texts, names)
    _write(kind, object_id, 0, terms)
    SearchEntry.objects.filter(kind=kind, object_id=object_id, chunk__gte=len(terms)).delete()


def add(*, kind: str, object_id: int, texts: Iterable[str]) -> None:
    """Make the object findable by these texts as well. The caller holds the lock on the object's row."""
    entries = SearchEntry.objects.filter(kind=kind, object_id=object_id)
    last = entries.order_by("-chunk").values_list("chunk", flat=True).first()
    _write(kind, object_id, 0 if last is None else last + 1, _terms(texts, ()))


def index_new(*, kind: str, objects: Iterable[tuple[int, Iterable[str], Iterable[str]]]) -> None:
    """Many objects that are in no index yet, (object_id, texts, names) each, in one statement."""
    rows = [
        (object_id, chunk, terms)
        for object_id, texts, names in objects
        for chunk, terms in enumerate(_terms(texts, names))
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(WRITE_MANY, [kind, *(list(column) for column in zip(*rows, strict=True))])


def add_many(*, kind: str, objects: Iterable[tuple[int, Iterable[str]]]) -> None:
    """`add` for many objects, (object_id, texts) each, in two statements. The caller holds the locks on their rows."""
    wanted = [(object_id, _terms(texts, ())) for object_id, texts in objects]
    entries = SearchEntry.objects.filter(kind=kind, object_id__in={object_id for object_id, _ in wanted})
    last = dict(entries.values_list("object_id").annotate(Max("chunk")).order_by())
    rows = []
    for object_id, terms in wanted:
        for one in terms:
            last[object_id] = last.get(object_id, -1) + 1
            rows.append((object_id, last[object_id], one))
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(WRITE_MANY, [kind, *(list(column) for column in zip(*rows, strict=True))])


def remove(kind: str, object_id: int) -> None:
    """Make the object unfindable."""
    SearchEntry.objects.filter(kind=kind, object_id=object_id).delete()


def too_short(query: str) -> bool:
    """Whether a query has too little in it to look for: fewer than two characters."""
    return len(hanzi.normalise(query).replace(" ", "")) < SHORTEST


def ids(kind: str, query: str) -> QuerySet[SearchEntry, Any]:
    """The objects that answer `query`, as a sub-query for `.filter(pk__in=search.ids("case", query))`.

    Nothing answers a query that is `too_short`. A telephone number is found however its digits are grouped.
    """
    asked = [] if too_short(query) else _literals(query)
    if not asked:
        return SearchEntry.objects.none().values("object_id")
    found = _answering(kind, asked[0])
    for literal in asked[1:]:
        # The words may stand in different texts of the object.
        found = found.filter(object_id__in=_answering(kind, literal).values("object_id"))
    return found.values("object_id")


def _answering(kind: str, literal: str) -> QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(_Matches(literal), kind=kind)


def _literals(query: str) -> list[str]:
    phrases = hanzi.phrases(query)
    digits = re.sub(r"\D", "", query)
    if len(digits) < FEWEST_DIGITS or not TELEPHONE.fullmatch(query.strip()):
        return phrases
    return [" | ".join(f"({literal})" for literal in (" & ".join(phrases), hanzi.query(digits)) if literal)]


def _terms(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    said: dict[str, None] = {}
    for text in texts:
        said |= dict.fromkeys(hanzi.chunks(text))
    for name in names:
        sounds = (name, hanzi.pinyin_initials(name), hanzi.full_pinyin(name))
        said |= dict.fromkeys(piece for sound in sounds for piece in hanzi.chunks(sound))
    return [terms for terms in map(hanzi.index_terms, said) if terms]


def _write(kind: str, object_id: int, first: int, terms: list[str]) -> None:
    if not terms:
        return
    chunks = list(range(first, first + len(terms)))
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [kind, object_id, chunks, terms])
