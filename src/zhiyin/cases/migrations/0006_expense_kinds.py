"""The kinds of expense and the limits a new house starts with, to be changed in the settings; and what remedies have
cost until now, so that the figures are whole from the first day."""

from decimal import Decimal

from django.db import migrations
from django.utils import timezone

# Names are kept in English and shown in the reader's language until the house gives its own.
KINDS = (
    ("Repair or redo", "remedy"),
    ("Compensation", "remedy"),
    ("Discount", "goodwill"),
    ("Gift", "goodwill"),
    ("Visit to apologise", "goodwill"),
    ("Extra service", "goodwill"),
)
LIMITS = (("agent", Decimal(200)), ("handler", Decimal(2000)), ("supervisor", Decimal(1000)))


def add(apps, schema_editor):
    kind = apps.get_model("cases", "ExpenseKind")
    kind.objects.bulk_create(
        kind(name=name, nature=nature, position=place) for place, (name, nature) in enumerate(KINDS, 1)
    )
    limit = apps.get_model("cases", "ExpenseLimit")
    limit.objects.bulk_create(limit(role=role, amount=amount) for role, amount in LIMITS)


def book(apps, schema_editor):
    remedies = apps.get_model("cases", "Remedy").objects.filter(cost__gt=0).select_related("case").order_by("pk")
    repair = apps.get_model("cases", "ExpenseKind").objects.get(name="Repair or redo")
    expense = apps.get_model("cases", "Expense")
    expense.objects.bulk_create(
        (
            expense(
                case_id=remedy.case_id,
                round=remedy.round,
                kind=repair,
                nature="remedy",
                remedy=remedy,
                amount=remedy.cost,
                text=remedy.text,
                department_id=remedy.case.department_id,
                team_id=remedy.case.team_id,
                state="spent",
                asked_by_id=remedy.by_id,
                asked_at=remedy.at,
                booked_on=timezone.localdate(remedy.at),
            )
            for remedy in remedies.iterator(chunk_size=2000)
        ),
        batch_size=2000,
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_depth")]
    operations = [
        migrations.RunPython(add, migrations.RunPython.noop),
        migrations.RunPython(book, migrations.RunPython.noop),
    ]
