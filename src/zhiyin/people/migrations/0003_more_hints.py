from django.db import migrations, models


class Migration(migrations.Migration):
    """Three more places say once what they are for."""

    dependencies = [("people", "0002_accounts")]

    operations = [
        migrations.RemoveConstraint(model_name="staff", name="staff_hints_known"),
        migrations.AddConstraint(
            model_name="staff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "hints_done__contained_by",
                        [
                            "today",
                            "inbox",
                            "composer",
                            "case",
                            "board",
                            "facts",
                            "guarantee",
                            "security",
                            "colleagues",
                            "incidents",
                            "insight",
                        ],
                    )
                ),
                name="staff_hints_known",
            ),
        ),
    ]
