import zhiyin.kit.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_depth'),
        ('catalogue', '0001_initial'),
        ('conversations', '0002_touchpoint'),
        ('customers', '0001_initial'),
        ('facts', '0001_initial'),
        ('kit', '0002_guards'),
        ('people', '0002_accounts'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        zhiyin.kit.migrating.InOneStep(
            operations=[
                migrations.AlterField(
                    model_name='column',
                    name='kind',
                    field=models.CharField(choices=[('time', 'Date or time'), ('place', 'Place or room'), ('yesno', 'Yes/no'), ('category', 'Category'), ('number', 'A quantity')], max_length=24, verbose_name='kind'),
                ),
                migrations.AlterField(
                    model_name='columnaudit',
                    name='kind',
                    field=models.CharField(choices=[('time', 'Date or time'), ('place', 'Place or room'), ('yesno', 'Yes/no'), ('category', 'Category'), ('number', 'A quantity')], max_length=24, verbose_name='kind'),
                ),
            ],
        ),
    ]
