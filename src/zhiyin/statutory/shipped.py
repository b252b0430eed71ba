"""The rules that come with the product, read from `data/rules.toml`. Kept apart so that a migration can use it too."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "rules.toml"


def rows(text: str | None = None) -> list[dict[str, Any]]:
    """Each rule as the columns of its table. Raises `tomllib.TOMLDecodeError`, `KeyError` for a file not of this shape."""
    content = tomllib.loads(FILE.read_text() if text is None else text)
    return [{"body": "", "sector": "", **row} for row in content["rule"]]


def load(model: Any, text: str | None = None) -> int:
    """Add every version that is not there yet; returns how many. What is there stays as it is."""
    there = set(model.objects.values_list("code", "effective_from"))
    new = [model(**row) for row in rows(text) if (row["code"], row["effective_from"]) not in there]
    return len(model.objects.bulk_create(new))
