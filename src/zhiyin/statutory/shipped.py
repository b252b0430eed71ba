"""The rules that come with the product, read from `data/rules.toml`. Kept apart so that a migration can use it too."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "rules.toml"


def rows(text: str | None = None) -> list[dict[str, Any]]:
    """Each rule as the columns of its table. Raises `tomllib.TOMLDecodeError`, `KeyError` for a file not of this shape."""
    content = tomllib.loads(FILE.read_text() if text is None else text)
    return [
        {"body": "", "sector": "", "region": "", "city": "", "remark": "", **row} for row in content["rule"]
    ]


def load(model: Any, text: str | None = None) -> int:
    """Add every version that is not there yet; returns how many. What is there stays as it is.

    Columns that the table does not have yet are left to the migration that brings them.
    """
    there = set(model.objects.values_list("code", "effective_from"))
    new = [row for row in rows(text) if (row["code"], row["effective_from"]) not in there]
    return len(model.objects.bulk_create([model(**_known(model, row)) for row in new]))


def renew(model: Any) -> None:
    """Say of the rules loaded before what the file says of them now, where they hold included."""
    for row in rows():
        own = model.objects.filter(code=row["code"], effective_from=row["effective_from"])
        own.update(**{name: row[name] for name in ("region", "city", "basis", "remark")})
        if row["region"]:
            own.update(active=row.get("active", True))


def _known(model: Any, row: dict[str, Any]) -> dict[str, Any]:
    columns = {field.name for field in model._meta.get_fields()}
    return {name: value for name, value in row.items() if name in columns}
