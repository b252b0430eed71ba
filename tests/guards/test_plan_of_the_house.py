"""What the import contracts cannot see of the plan of the house."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "zhiyin"
FLOORS = (
    "kit", "people", "catalogue", "customers", "conversations", "promises", "cases", "guarantees", "facts", "statutory",
    "insight",
)  # fmt: skip
NOT_AUDITED = {
    "kit.SearchEntry": "derived from what is audited",
    "kit.TimerState": "about timers, not about people or matters",
    "kit.KilledJob": "about jobs, not about people or matters",
    "kit.DeadLetter": "about jobs, not about people or matters",
    "people.Session": "who is signed in now; signing in is logged by itself",
    "people.Attempt": "counts of failures that name nobody and are forgotten within a day",
    "guarantees.Reckoning": "says only which cases to look at next",
    "cases.NumberSeries": "derived from the cases' numbers",
    "statutory.LetterSeries": "derived from the letters' numbers",
}
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
PRODUCT = [path for path in MODULES if "tests" not in path.parts]


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in FLOORS]


def is_audit(model: type[models.Model]) -> bool:
    return any(field.name == "pgh_id" for field in model._meta.fields)


def test_foreign_keys_point_to_the_same_room_or_a_floor_below() -> None:
    wrong = []
    for model in own_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if (
                not (field.concrete and field.is_relation)
                or target is None
                or target._meta.app_label not in FLOORS
            ):
                continue
            here, there = (FLOORS.index(one._meta.app_label) for one in (model, target))
            if there > here:
                wrong.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
            if there < here and not field.remote_field.hidden and not is_audit(model):
                wrong.append(
                    f"{model._meta.label}.{field.name} shows itself in {target._meta.label}: related_name='+'"
                )
    assert not wrong


def test_every_table_is_audited_or_says_why_not() -> None:
    audited = {model.pgh_tracked_model for model in own_models() if is_audit(model)}
    missing = {
        model._meta.label for model in own_models() if not is_audit(model) and model not in audited
    } - NOT_AUDITED.keys()
    missing = {label for label in missing if not apps.get_model(label)._meta.auto_created}
    assert not missing


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"GenericForeignKey", "a generic foreign key points anywhere"),
        (r"django\.dispatch|\.signals import|post_save|pre_save", "a signal hides what happens"),
        (r"apps\.get_model", "a model is imported, so that the contracts see it"),
        (r"\bmark_safe\(f[\"']", "text put into markup unescaped"),
    ],
)
def test_nothing_of_this_is_used(pattern: str, why: str) -> None:
    found = [str(path.relative_to(ROOT)) for path in PRODUCT if re.search(pattern, path.read_text())]
    assert not found, why


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    assert not [path for path in MODULES if path.stem in {"utils", "util", "helpers", "common", "misc"}]


def test_a_file_that_passes_four_hundred_lines_becomes_a_package() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in MODULES
        if (lines := path.read_text().count("\n")) > 400
    }
    assert not long


def test_only_doorways_read_the_clock() -> None:
    below = re.compile(r"timezone\.now\(\)|datetime\.now\(|time\.time\(")
    doorways = {"views", "jobs", "wiring", "apps", "transport"}
    reading = [
        str(path.relative_to(ROOT))
        for path in PRODUCT
        if path.relative_to(SOURCE).parts[0] in FLOORS[1:]
        and not doorways & {part.removesuffix(".py") for part in path.relative_to(SOURCE).parts[1:]}
        and below.search(path.read_text())
    ]
    assert not reading


def test_templates_carry_no_inline_script_style_or_handler() -> None:
    inline = re.compile(
        r"\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE
    )
    found = [
        str(path.relative_to(ROOT))
        for path in SOURCE.rglob("templates/**/*.html")
        if inline.search(re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", path.read_text(), flags=re.DOTALL))
    ]
    assert not found


def test_no_except_swallows_what_it_caught() -> None:
    """Passing over an error is a decision: it says why, in a comment, or it is not made."""
    silent = []
    for path in PRODUCT:
        lines = path.read_text().splitlines()
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ExceptHandler) or not all(
                isinstance(step, ast.Pass) for step in node.body
            ):
                continue
            if not any("#" in line for line in lines[node.lineno - 1 : node.end_lineno]):
                silent.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not silent


def test_the_repository_speaks_of_the_product_alone() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    foreign = re.compile(r"/work/|/root/|pypi\.org|files\.pythonhosted|registry\.npmjs|\.\./shared")
    here = str(Path(__file__).relative_to(ROOT))
    said = []
    for name in filter(None, tracked):
        path = ROOT / name
        if name == here or not path.is_file() or path.stat().st_size > 2_000_000:
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        said += [f"{name}:{text[: found.start()].count(chr(10)) + 1}" for found in foreign.finditer(text)]
    assert not said


def test_the_lock_of_the_front_end_names_no_host() -> None:
    assert '"resolved"' not in (ROOT / "frontend" / "package-lock.json").read_text()
