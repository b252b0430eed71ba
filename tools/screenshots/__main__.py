"""The pictures of the guides, taken of the demo organisation: `make screenshots`.

    python tools/screenshots [--language zh|en] [--only NAME …]

Without --language both. They are written to docs/guide/images/; two runs write the same pictures.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
IMAGES = ROOT / "docs" / "guide" / "images"
LOCALES = {"zh": "zh_CN", "en": "en"}
MOST_BYTES = 6 * 1024 * 1024


def main() -> int:
    """Take them; 1 when all together have grown too large."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--language", choices=sorted(LOCALES), action="append", help="zh, en, or both")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only these")
    told = parser.parse_args()
    # A database of its own, whatever the caller works with.
    os.environ.pop("DATABASE_URL", None)
    sys.path.insert(0, str(ROOT / "src"))
    for language in told.language or LOCALES:
        take(language, told.only)
    size = sum(picture.stat().st_size for picture in IMAGES.rglob("*.png"))
    print(f"{size / 1e6:.1f} MB")
    return int(size > MOST_BYTES)


def take(language: str, only: list[str] | None) -> None:
    """All pictures in one language, or those named."""
    from camera import camera, shots
    from theatre import open_house

    wanted = [
        shot
        for shot in shots(tomllib.loads((HERE / "shots.toml").read_text(encoding="utf-8"))["shot"])
        if language in shot.languages and (not only or shot.name in only)
    ]
    folder = IMAGES / language
    folder.mkdir(parents=True, exist_ok=True)
    with open_house(LOCALES[language]) as theatre, camera(theatre, LOCALES[language]) as lens:
        for shot in wanted:
            begun = time.monotonic()
            picture = lens.take(shot)
            (folder / f"{shot.name}.png").write_bytes(picture)
            print(
                f"{language}/{shot.name}.png  {len(picture) / 1000:.0f} kB  {time.monotonic() - begun:.1f} s"
            )


if __name__ == "__main__":
    sys.exit(main())
