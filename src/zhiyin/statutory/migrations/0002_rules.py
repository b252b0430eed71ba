"""The statutory times a new house starts with: see `data/rules.toml`."""

from django.db import migrations

from zhiyin.statutory import shipped


def add(apps, schema_editor):
    shipped.load(apps.get_model("statutory", "StatutoryRule"))


class Migration(migrations.Migration):
    dependencies = [("statutory", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
