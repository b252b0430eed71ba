"""The clocks a new house starts with: its own targets, to be changed in the settings. Minutes of working time."""

import datetime

from django.db import migrations

START = datetime.date(2026, 1, 1)
HOUSE = "House default"
RULES = (
    # clock, kind, severity, minutes
    ("acknowledge", "", "", 30),
    ("judge", "", "", 480),
    ("judge", "", "3", 240),
    ("respond", "", "", 120),
    ("respond", "", "3", 60),
    ("resolve", "complaint", "", 2400),
    ("resolve", "complaint", "3", 1440),
    ("resolve", "request", "", 960),
    ("resolve", "enquiry", "", 480),
    ("resolve", "suggestion", "", 4800),
    ("resolve", "praise", "", 1440),
)


def add(apps, schema_editor):
    rule = apps.get_model("cases", "ClockRule")
    rule.objects.bulk_create(
        rule(clock=clock, kind=kind, severity=severity, minutes=minutes, effective_from=START, source=HOUSE)
        for clock, kind, severity, minutes in RULES
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
