"""What an archive contains and what proves it. Pure but for reading the files it hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

NAME = "manifest.json"
DUMP = "database.dump"
FILES = "files/"
FORMAT = 1
CHUNK = 1 << 20

# Called with (what is done, how far, of how many).
Track = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Manifest:
    """`tables`: rows by schema.table; `files`: SHA-256 by relative name; times in ISO 8601, UTC."""

    format: int
    product: str
    made_at: str
    server: str
    dump: str
    tables: dict[str, int]
    files: dict[str, str]

    def to_json(self) -> bytes:
        """As it stands in the archive."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()


def parse(content: bytes) -> Manifest:
    """Read a manifest; ValueError where it is not one of ours."""
    data = json.loads(content)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError("format")
    try:
        return Manifest(**data)
    except TypeError as error:
        raise ValueError("fields") from error


def checksum(stream: IO[bytes]) -> str:
    """SHA-256 of what is left in a stream, in hexadecimal."""
    whole = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        whole.update(chunk)
    return whole.hexdigest()


def checksum_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return checksum(stream)
