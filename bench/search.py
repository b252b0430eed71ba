"""Search speed on 100,000 messages: `PYTHONPATH=src python bench/search.py DIALOGUES.jsonl`.

Reads dialogues as `zhiyin import dialogues` does, repeats them up to 100,000 messages (two to an object), and
asks for 1,000 random parts of two to six characters: the newest 50 objects, as a page does. All in a
transaction that is rolled back. Prints milliseconds, and whether a scan of all texts finds the same.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from pathlib import Path

import django

MESSAGES, EACH = 100_000, 2
QUERIES, CHECKED, PAGE = 1_000, 50, 50


def main(file: str) -> None:
    django.setup()
    from django.db import transaction

    chance = random.Random(1)
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    messages = [message["text"] for line in lines for message in json.loads(line)["messages"]]
    texts = [f"{messages[i % len(messages)]} {chance.randrange(10**8):08d}" for i in range(MESSAGES)]
    with transaction.atomic():
        fill(texts)
        measure(texts, chance)
        transaction.set_rollback(True)


def fill(texts: list[str]) -> None:
    from django.db import connection

    from zhiyin.kit import search

    begun = time.perf_counter()
    for at in range(0, len(texts), EACH):
        search.index(kind="bench", object_id=at, texts=texts[at : at + EACH])
    print(f"indexed {len(texts):,} messages in {time.perf_counter() - begun:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE kit_searchentry")
        cursor.execute("CREATE TEMPORARY TABLE bench_object (id bigint PRIMARY KEY) ON COMMIT DROP")
        cursor.execute("INSERT INTO bench_object SELECT generate_series(0, %s, %s)", [len(texts) - 1, EACH])
        cursor.execute("ANALYZE bench_object")


def measure(texts: list[str], chance: random.Random) -> None:
    from zhiyin.kit import search
    from zhiyin.libs import hanzi

    took, wrong = [], 0
    normalised = [hanzi.normalise(text) for text in texts]
    for turn in range(QUERIES):
        text = chance.choice(normalised)
        start = chance.randrange(max(1, len(text) - 6))
        query = text[start : start + chance.randint(2, 6)].strip()
        begun = time.perf_counter()
        page(query)
        took.append((time.perf_counter() - begun) * 1000)
        if turn % (QUERIES // CHECKED) == 0:
            found = set(search.ids("bench", query).values_list("object_id", flat=True))
            wrong += found != (set() if search.too_short(query) else scan(query, normalised))
    took.sort()
    print(f"{QUERIES} queries; {CHECKED} compared with a scan, {wrong} differ")
    print(
        f"median {statistics.median(took):.2f}, p95 {took[int(QUERIES * 0.95)]:.2f}, most {took[-1]:.1f} ms"
    )


def page(query: str) -> list[tuple[int]]:
    """The newest objects that answer the query."""
    from django.db import connection

    from zhiyin.kit import search

    asked = search.ids("bench", query)
    if asked.query.is_empty():
        return []
    inner, parameters = asked.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM bench_object WHERE id IN ({inner}) ORDER BY id DESC LIMIT {PAGE}",  # noqa: S608 - ours
            parameters,
        )
        return list(cursor.fetchall())


def scan(query: str, normalised: list[str]) -> set[int]:
    """The objects that answer the query, found by looking through all texts."""
    words = query.split()
    return {
        at
        for at in range(0, len(normalised), EACH)
        if all(any(word in said for said in normalised[at : at + EACH]) for word in words)
    }


if __name__ == "__main__":
    main(sys.argv[1])
