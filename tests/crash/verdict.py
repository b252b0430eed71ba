"""What has to hold of a database after any crash, each rule a list of what breaks it: `… verdict MOMENT`."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from datetime import datetime

import django
from django.apps import apps
from django.db import connection, models
from django.db.models import Count, Exists, F, OuterRef, Q

Findings = list[str]
RULES: list[Callable[[datetime], Findings]] = []


def rule(find: Callable[[datetime], Findings]) -> Callable[[datetime], Findings]:
    RULES.append(find)
    return find


def verdict(now: datetime) -> dict[str, Findings]:
    """Every broken rule with what breaks it, by what was due at `now`; empty when all is well."""
    return {find.__name__: findings for find in RULES if (findings := find(now))}


def tracked() -> list[type[models.Model]]:
    """Every model with an audit."""
    return [model for model in apps.get_models() if hasattr(model, "audit")]


@rule
def stages_follow_their_path(now: datetime) -> Findings:
    """Every step of a case is one its kind allows, each starts where the last ended, and the case stands at the last."""
    from zhiyin.cases.models import Case
    from zhiyin.cases.rules.moves import MOVES
    from zhiyin.cases.rules.words import Kind, Stage

    wrong = []
    for case in Case.objects.prefetch_related("events"):
        steps = [event for event in sorted(case.events.all(), key=lambda e: e.pk) if event.stage_after]
        for event in steps:
            allowed = MOVES[Kind(case.kind)][Stage(event.stage_before)]
            if event.stage_after not in allowed:
                wrong.append(f"{case.number}: {event.stage_before} → {event.stage_after}")
        reached = [Stage.RECEIVED.value, *(event.stage_after for event in steps)]
        wrong += [
            f"{case.number}: a step begins at {event.stage_before}, where it stood at {stood}"
            for stood, event in zip(reached, steps, strict=False)
            if event.stage_before != stood
        ]
        last = reached[-1]
        if case.stage != last:
            wrong.append(f"{case.number} stands at {case.stage}, its last step led to {last}")
    return wrong


@rule
def every_row_is_as_its_last_audit_row(now: datetime) -> Findings:
    """Column by column; a row without an audit row, or one that was audited as deleted, differs in all."""
    wrong = []
    for model in tracked():
        table, audit, columns = _tables(model)
        ours, theirs = (", ".join(f'{side}."{name}"' for name in columns) for side in "ra")
        wrong += _asked(
            f"""
            SELECT r."{model._meta.pk.column}"::text FROM "{table}" r LEFT JOIN LATERAL (
                SELECT * FROM "{audit}" e WHERE e.pgh_obj_id = r."{model._meta.pk.column}" ORDER BY pgh_id DESC LIMIT 1
            ) a ON true
            WHERE a.pgh_id IS NULL OR a.pgh_label = 'delete' OR ({ours}) IS DISTINCT FROM ({theirs})
            """,
            f"{table} %s is not as audited",
        )
    return wrong


@rule
def every_row_was_audited_once_as_made(now: datetime) -> Findings:
    wrong = []
    for model in tracked():
        table, audit, _columns = _tables(model)
        wrong += _asked(
            f"""
            SELECT r."{model._meta.pk.column}"::text FROM "{table}" r LEFT JOIN "{audit}" e
            ON e.pgh_obj_id = r."{model._meta.pk.column}" AND e.pgh_label = 'insert'
            GROUP BY 1 HAVING count(e.pgh_id) <> 1
            """,
            f"{table} %s has not one audit row for its making",
        )
    return wrong


@rule
def no_audit_row_tells_of_what_never_was(now: datetime) -> Findings:
    """What is gone was deleted, and the audit says so; what was rolled back left nothing there either."""
    wrong = []
    for model in tracked():
        table, audit, _columns = _tables(model)
        wrong += _asked(
            f"""
            SELECT e.pgh_obj_id::text FROM "{audit}" e
            WHERE NOT EXISTS (SELECT FROM "{table}" r WHERE r."{model._meta.pk.column}" = e.pgh_obj_id)
            GROUP BY 1 HAVING count(*) FILTER (WHERE pgh_label = 'delete') <> 1
            OR count(*) FILTER (WHERE pgh_label = 'insert') <> 1
            """,
            f"{audit} tells of %s, which is not there",
        )
    return wrong


@rule
def every_change_names_its_doorway(now: datetime) -> Findings:
    """Outside of migrations nothing changes without a context saying who and from where."""
    from zhiyin.cases.models import Case
    from zhiyin.kit.audit import events_of

    opened = Case.objects.order_by("opened_at").values_list("audit__pgh_created_at", flat=True)
    begun = min(opened, default=None)
    if begun is None:
        return []
    return [
        f"{model._meta.db_table} {event.pgh_obj_id} was changed by nobody"
        for model in tracked()
        for event in events_of(model).objects.filter(pgh_created_at__gt=begun, pgh_context__isnull=True)
    ]


@rule
def every_clock_had_its_effect_once(now: datetime) -> Findings:
    """A line for each warning and each breach, and one of each for what fell due while it ran."""
    from zhiyin.cases.models import CaseEvent, Clock

    wrong = []
    for kind, mark in (("clock_soon", "warned_at"), ("clock_over", "breached_at")):
        for case_id, text, lines, marks in (
            (
                c["case_id"],
                c["kind"],
                CaseEvent.objects.filter(case_id=c["case_id"], kind=kind, text=c["kind"]).count(),
                c["n"],
            )
            for c in Clock.objects.values("case_id", "kind").annotate(
                n=Count("pk", filter=Q(**{f"{mark}__isnull": False}))
            )
        ):
            if lines != marks:
                wrong.append(f"case {case_id}: {lines} lines {kind} {text} for {marks} clocks")
    running = Clock.objects.filter(state="running")
    wrong += [
        f"clock {c.pk} ran out unseen" for c in running.filter(due_at__lt=now, breached_at__isnull=True)
    ]
    unwarned = running.filter(warn_at__lt=now, due_at__gt=now, warned_at__isnull=True)
    return wrong + [f"clock {c.pk} was not warned of" for c in unwarned]


@rule
def every_promise_had_its_effect_once(now: datetime) -> Findings:
    """The audit shows how often a promise was reminded of and broken."""
    from zhiyin.kit.audit import history
    from zhiyin.promises.models import Promise

    wrong = []
    for promise in Promise.objects.all():
        changes = [
            field
            for change in history(Promise, promise.pk)
            if change.sort == "update"
            for field in change.fields
        ]
        for name, done in (
            ("reminded_at", promise.reminded_at is not None),
            ("state", promise.state != "open"),
        ):
            times = sum(field.name == name for field in changes)
            if times != int(done):
                wrong.append(f"promise {promise.pk}: {name} changed {times} times")
        if promise.state == "open" and promise.due_at < now:
            wrong.append(f"promise {promise.pk} ran out unseen")
        if promise.state == "open" and promise.remind_at < now and promise.reminded_at is None:
            wrong.append(f"promise {promise.pk} was not reminded of")
    return wrong


@rule
def every_letter_has_left(now: datetime) -> Findings:
    from zhiyin.conversations.models import Delivery

    wrong = [f"delivery {d.pk} is {d.state}" for d in Delivery.objects.exclude(state="sent")]
    renamed = Delivery.objects.exclude(message__external_id=F("envelope_id"))
    return wrong + [f"delivery {d.pk} has another name than its message" for d in renamed]


@rule
def nobody_is_acknowledged_twice(now: datetime) -> Findings:
    from zhiyin.conversations.models import Conversation

    told = Count("messages", filter=Q(messages__kind="acknowledgement"))
    twice = Conversation.objects.annotate(told=told).filter(told__gt=1)
    return [f"conversation {one.pk} was acknowledged {one.told} times" for one in twice]


@rule
def every_case_can_be_found(now: datetime) -> Findings:
    from zhiyin.cases.models import Case
    from zhiyin.kit.models import SearchEntry

    entries = SearchEntry.objects.filter(kind="case", object_id=OuterRef("pk"))
    lost = Case.objects.filter(~Exists(entries)).values_list("number", flat=True)
    stray = SearchEntry.objects.filter(kind="case").exclude(object_id__in=Case.objects.values("pk"))
    return [f"{number} cannot be found" for number in lost] + [f"entry {s.pk} finds nothing" for s in stray]


@rule
def every_file_is_whole_and_somebodys(now: datetime) -> Findings:
    from django.core.files.storage import default_storage

    from zhiyin.cases.models import CaseFile
    from zhiyin.conversations.models import Attachment
    from zhiyin.kit import files
    from zhiyin.kit.models import StoredFile

    wrong = []
    for file in StoredFile.objects.all():
        path = files.path_of(file)
        if not default_storage.exists(path):
            wrong.append(f"file {file.pk} has no bytes")
        elif hashlib.sha256(default_storage.open(path).read()).hexdigest() != file.sha256:
            wrong.append(f"file {file.pk} has other bytes")
        if not any(holder.objects.filter(file=file).exists() for holder in (Attachment, CaseFile)):
            wrong.append(f"file {file.pk} belongs to nothing")
    return wrong


def _tables(model: type[models.Model]) -> tuple[str, str, list[str]]:
    from zhiyin.kit.audit import events_of

    audit = events_of(model)
    kept = {field.column for field in audit._meta.concrete_fields}
    columns = [field.column for field in model._meta.concrete_fields if field.column in kept]
    return model._meta.db_table, audit._meta.db_table, columns


def _asked(query: str, words: str) -> Findings:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [words % row[0] for row in cursor.fetchall()]


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(verdict(datetime.fromisoformat(sys.argv[1])), ensure_ascii=False))
