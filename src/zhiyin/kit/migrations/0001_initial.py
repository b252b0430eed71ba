import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import uuid
import zhiyin.kit.migrating
import zhiyin.kit.triggers
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        zhiyin.kit.migrating.InOneStep(
            operations=[
                migrations.CreateModel(
                    name='DeadLetter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('job_id', models.BigIntegerField(unique=True)),
                        ('task', models.CharField(max_length=200)),
                        ('arguments', models.JSONField()),
                        ('kills', models.PositiveSmallIntegerField()),
                        ('buried_at', models.DateTimeField()),
                        ('revived_at', models.DateTimeField(blank=True, null=True)),
                        ('revived_by', models.BigIntegerField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ('-buried_at', '-pk'),
                    },
                ),
                migrations.CreateModel(
                    name='KilledJob',
                    fields=[
                        ('job_id', models.BigIntegerField(primary_key=True, serialize=False)),
                        ('kills', models.PositiveSmallIntegerField()),
                        ('killed_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Redaction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('table', models.CharField(max_length=100)),
                        ('object_id', models.CharField(max_length=60)),
                        ('columns', models.TextField()),
                        ('ground', models.TextField()),
                        ('by', models.BigIntegerField()),
                        ('at', models.DateTimeField()),
                        ('rows', models.PositiveIntegerField()),
                    ],
                    options={
                        'ordering': ('-at', '-pk'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('ground', ''), _negated=True), name='redaction_ground')],
                    },
                ),
                migrations.CreateModel(
                    name='RedactionAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('table', models.CharField(max_length=100)),
                        ('object_id', models.CharField(max_length=60)),
                        ('columns', models.TextField()),
                        ('ground', models.TextField()),
                        ('by', models.BigIntegerField()),
                        ('at', models.DateTimeField()),
                        ('rows', models.PositiveIntegerField()),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='kit.redaction')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='SearchEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=24)),
                        ('object_id', models.BigIntegerField()),
                        ('chunk', models.PositiveSmallIntegerField(default=0)),
                        ('terms', django.contrib.postgres.search.SearchVectorField()),
                    ],
                    options={
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['terms'], name='searchentry_terms')],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'object_id', 'chunk'), name='searchentry_once')],
                    },
                ),
                migrations.CreateModel(
                    name='StoredFile',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('content_type', models.CharField(max_length=100)),
                        ('size', models.PositiveBigIntegerField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('uploaded_by', models.BigIntegerField(blank=True, null=True)),
                        ('created_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ('created_at', 'id'),
                    },
                ),
                migrations.CreateModel(
                    name='StoredFileAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('content_type', models.CharField(max_length=100)),
                        ('size', models.PositiveBigIntegerField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('uploaded_by', models.BigIntegerField(blank=True, null=True)),
                        ('created_at', models.DateTimeField()),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='kit.storedfile')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='TimerState',
                    fields=[
                        ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                        ('looked_at', models.DateTimeField()),
                        ('failures', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ('name',),
                    },
                ),
                zhiyin.kit.triggers.AddTriggers(
                    triggers=[('redaction', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "kit_redactionaudit" ("at", "by", "columns", "ground", "id", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "table") VALUES (NEW."at", NEW."by", NEW."columns", NEW."ground", NEW."id", NEW."object_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rows", NEW."table"); RETURN NULL;', hash='009bdc831b53eba67b4953a1174c5c1f1893ea4c', operation='INSERT', pgid='pgtrigger_insert_insert_26682', table='kit_redaction', when='AFTER'))), ('redaction', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "kit_redactionaudit" ("at", "by", "columns", "ground", "id", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "table") VALUES (NEW."at", NEW."by", NEW."columns", NEW."ground", NEW."id", NEW."object_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rows", NEW."table"); RETURN NULL;', hash='b5e0cbfad03a6c0eb0509c6ad05b4aec3f1faaa1', operation='UPDATE', pgid='pgtrigger_update_update_34271', table='kit_redaction', when='AFTER'))), ('redaction', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "kit_redactionaudit" ("at", "by", "columns", "ground", "id", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "table") VALUES (OLD."at", OLD."by", OLD."columns", OLD."ground", OLD."id", OLD."object_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rows", OLD."table"); RETURN NULL;', hash='59987868e7d8e065823ee5801064ba07ebf6a4b2', operation='DELETE', pgid='pgtrigger_delete_delete_58fb3', table='kit_redaction', when='AFTER'))), ('redactionaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='b9617bbe875afaac20fca08ff2df8ee8a0af3176', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e18c5', table='kit_redactionaudit', when='BEFORE'))), ('redactionaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='232b0d911bc93862fea1a92b8907891274410e26', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ae622', table='kit_redactionaudit', when='BEFORE'))), ('storedfile', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "kit_storedfileaudit" ("content_type", "created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "uploaded_by") VALUES (NEW."content_type", NEW."created_at", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sha256", NEW."size", NEW."uploaded_by"); RETURN NULL;', hash='272f97b9c096dbfe687b6906590f78b3e1e7ae72', operation='INSERT', pgid='pgtrigger_insert_insert_05324', table='kit_storedfile', when='AFTER'))), ('storedfile', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "kit_storedfileaudit" ("content_type", "created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "uploaded_by") VALUES (NEW."content_type", NEW."created_at", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sha256", NEW."size", NEW."uploaded_by"); RETURN NULL;', hash='94d52f4f27fd232feab98e9e0790bb4fecd0be1d', operation='UPDATE', pgid='pgtrigger_update_update_52c1e', table='kit_storedfile', when='AFTER'))), ('storedfile', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "kit_storedfileaudit" ("content_type", "created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "uploaded_by") VALUES (OLD."content_type", OLD."created_at", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sha256", OLD."size", OLD."uploaded_by"); RETURN NULL;', hash='81073116e2bbf4ed3fe001a6e3cc72c0694fe2a2', operation='DELETE', pgid='pgtrigger_delete_delete_9110e', table='kit_storedfile', when='AFTER'))), ('storedfileaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='4dc0d0846f7ae6659e9c4c0f1acdccd8f2d979b9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_78875', table='kit_storedfileaudit', when='BEFORE'))), ('storedfileaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bc7d3eee978648d913f1de421d135d8ecb317517', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2cc96', table='kit_storedfileaudit', when='BEFORE')))],
                ),
            ],
        ),
    ]
