import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import zhiyin.facts.rules.words
import zhiyin.kit.triggers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0002_facts_link'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Column',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('kind', models.CharField(choices=[('time', 'Date or time'), ('place', 'Place or room'), ('yesno', 'Yes/no'), ('category', 'Category'), ('number', 'Amount')], max_length=24, verbose_name='kind')),
                ('unit', models.CharField(blank=True, max_length=12, verbose_name='unit')),
                ('options', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('is_outcome', models.BooleanField(default=False)),
                ('asked', models.BooleanField(default=True, verbose_name='asked of the customer')),
                ('wording', models.CharField(blank=True, max_length=120, verbose_name='as the customer reads it')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('table', 'position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='FactTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='what it is about')),
                ('request', models.CharField(blank=True, max_length=300, verbose_name='what we ask of the customer')),
                ('created_at', models.DateTimeField()),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-created_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='ColumnAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('kind', models.CharField(choices=[('time', 'Date or time'), ('place', 'Place or room'), ('yesno', 'Yes/no'), ('category', 'Category'), ('number', 'Amount')], max_length=24, verbose_name='kind')),
                ('unit', models.CharField(blank=True, max_length=12, verbose_name='unit')),
                ('options', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('is_outcome', models.BooleanField(default=False)),
                ('asked', models.BooleanField(default=True, verbose_name='asked of the customer')),
                ('wording', models.CharField(blank=True, max_length=120, verbose_name='as the customer reads it')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='facts.column')),
                ('table', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='facts.facttable')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='column',
            name='table',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='columns', to='facts.facttable'),
        ),
        migrations.CreateModel(
            name='FactTableAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=60, verbose_name='what it is about')),
                ('request', models.CharField(blank=True, max_length=300, verbose_name='what we ask of the customer')),
                ('created_at', models.DateTimeField()),
                ('created_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='facts.facttable')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('joined_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('joined_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('left_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='facts.facttable')),
            ],
            options={
                'ordering': ('table', 'joined_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='MemberAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('joined_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('joined_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('left_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='facts.member')),
                ('table', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='facts.facttable')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('failed', models.BooleanField(verbose_name='failed')),
                ('cells', models.JSONField(blank=True, default=dict)),
                ('version', models.PositiveIntegerField(default=1)),
                ('entered_at', models.DateTimeField()),
                ('client_token', models.UUIDField(blank=True, null=True, unique=True)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='observations', to='facts.facttable')),
            ],
            options={
                'ordering': ('table', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ObservationAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('failed', models.BooleanField(verbose_name='failed')),
                ('cells', models.JSONField(blank=True, default=dict)),
                ('version', models.PositiveIntegerField(default=1)),
                ('entered_at', models.DateTimeField()),
                ('client_token', models.UUIDField(blank=True, null=True)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='facts.observation')),
                ('removed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('table', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='facts.facttable')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='column',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['time', 'place', 'yesno', 'category', 'number'])), name='column_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='column',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('table', 'name'), name='column_name_once'),
        ),
        migrations.AddConstraint(
            model_name='column',
            constraint=models.UniqueConstraint(condition=models.Q(('is_outcome', True)), fields=('table',), name='column_one_outcome'),
        ),
        migrations.AddConstraint(
            model_name='column',
            constraint=models.CheckConstraint(condition=models.Q(('is_outcome', False), models.Q(('asked', True), ('kind', zhiyin.facts.rules.words.Kind['YESNO']), ('removed_at__isnull', True)), _connector='OR'), name='column_outcome_yesno'),
        ),
        migrations.AddConstraint(
            model_name='column',
            constraint=models.CheckConstraint(condition=models.Q(('unit', ''), ('kind', zhiyin.facts.rules.words.Kind['NUMBER']), _connector='OR'), name='column_unit_of_number'),
        ),
        migrations.AddConstraint(
            model_name='column',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='column_named'),
        ),
        migrations.AddIndex(
            model_name='member',
            index=models.Index(condition=models.Q(('left_at__isnull', True)), fields=['table', 'joined_at', 'id'], name='member_table'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('case',), name='member_one_table_a_case'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('left_at__isnull', True), ('left_by__isnull', True)), models.Q(('left_at__isnull', False), ('left_by__isnull', False)), _connector='OR'), name='member_left_by'),
        ),
        migrations.AddIndex(
            model_name='observation',
            index=models.Index(condition=models.Q(('removed_at__isnull', True)), fields=['table', 'id'], name='observation_table'),
        ),
        migrations.AddIndex(
            model_name='observation',
            index=models.Index(fields=['case', 'id'], name='observation_case'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('removed_by__isnull', True), ('removed_at__isnull', False), _connector='OR'), name='observation_removed_when'),
        ),
        zhiyin.kit.triggers.AddTriggers(
            triggers=[
                ('facttable', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facts_facttableaudit" ("created_at", "created_by_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."request"); RETURN NULL;', hash='cee710b41be2b594cc0f3206268378dbea61eea8', operation='INSERT', pgid='pgtrigger_insert_insert_9592e', table='facts_facttable', when='AFTER'))),
                ('facttable', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "facts_facttableaudit" ("created_at", "created_by_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."request"); RETURN NULL;', hash='e80b9c3d2ad9de1fcd78471881c377e53c55b316', operation='UPDATE', pgid='pgtrigger_update_update_1e423', table='facts_facttable', when='AFTER'))),
                ('facttable', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facts_facttableaudit" ("created_at", "created_by_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request") VALUES (OLD."created_at", OLD."created_by_id", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."request"); RETURN NULL;', hash='69ab04c5899cd1c2e5ecbb7d2e4a09b301194502', operation='DELETE', pgid='pgtrigger_delete_delete_0bf6a', table='facts_facttable', when='AFTER'))),
                ('columnaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='6765d3af4bc3220ce851a83613bda0aaf3db73bc', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_73bcc', table='facts_columnaudit', when='BEFORE'))),
                ('columnaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='804142438b198e7a9b9426184b3307d27f97c294', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f9ba2', table='facts_columnaudit', when='BEFORE'))),
                ('column', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facts_columnaudit" ("asked", "id", "is_outcome", "kind", "name", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "removed_at", "table_id", "unit", "wording") VALUES (NEW."asked", NEW."id", NEW."is_outcome", NEW."kind", NEW."name", NEW."options", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."removed_at", NEW."table_id", NEW."unit", NEW."wording"); RETURN NULL;', hash='ce33cab834e90c26afb76ba780bf38f28a0ded03', operation='INSERT', pgid='pgtrigger_insert_insert_c28dc', table='facts_column', when='AFTER'))),
                ('column', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "facts_columnaudit" ("asked", "id", "is_outcome", "kind", "name", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "removed_at", "table_id", "unit", "wording") VALUES (NEW."asked", NEW."id", NEW."is_outcome", NEW."kind", NEW."name", NEW."options", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."removed_at", NEW."table_id", NEW."unit", NEW."wording"); RETURN NULL;', hash='191cffddc937e8a7113f417a42323dedb4e758bc', operation='UPDATE', pgid='pgtrigger_update_update_f3dc8', table='facts_column', when='AFTER'))),
                ('column', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facts_columnaudit" ("asked", "id", "is_outcome", "kind", "name", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "removed_at", "table_id", "unit", "wording") VALUES (OLD."asked", OLD."id", OLD."is_outcome", OLD."kind", OLD."name", OLD."options", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."removed_at", OLD."table_id", OLD."unit", OLD."wording"); RETURN NULL;', hash='e365d65b48ea2553c240a281568d3151d53fa9d2', operation='DELETE', pgid='pgtrigger_delete_delete_a1ed1', table='facts_column', when='AFTER'))),
                ('facttableaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='179668b241b6744dc9d89036a1cbbb68e4fcdb64', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_31e37', table='facts_facttableaudit', when='BEFORE'))),
                ('facttableaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8f9f18554a86568d58ac3ebd861e0e31947a0da8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9fbda', table='facts_facttableaudit', when='BEFORE'))),
                ('member', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facts_memberaudit" ("case_id", "id", "joined_at", "joined_by_id", "left_at", "left_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "table_id") VALUES (NEW."case_id", NEW."id", NEW."joined_at", NEW."joined_by_id", NEW."left_at", NEW."left_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."table_id"); RETURN NULL;', hash='fc16735adef72f8afc6346f6a0c017d712b32f5f', operation='INSERT', pgid='pgtrigger_insert_insert_ef34f', table='facts_member', when='AFTER'))),
                ('member', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "facts_memberaudit" ("case_id", "id", "joined_at", "joined_by_id", "left_at", "left_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "table_id") VALUES (NEW."case_id", NEW."id", NEW."joined_at", NEW."joined_by_id", NEW."left_at", NEW."left_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."table_id"); RETURN NULL;', hash='15514ddc3317618bb823d494a2c05c804d2bff2d', operation='UPDATE', pgid='pgtrigger_update_update_f9fef', table='facts_member', when='AFTER'))),
                ('member', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facts_memberaudit" ("case_id", "id", "joined_at", "joined_by_id", "left_at", "left_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "table_id") VALUES (OLD."case_id", OLD."id", OLD."joined_at", OLD."joined_by_id", OLD."left_at", OLD."left_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."table_id"); RETURN NULL;', hash='c3f911032d9d3fb960630c277669bdfaa504ab23', operation='DELETE', pgid='pgtrigger_delete_delete_10626', table='facts_member', when='AFTER'))),
                ('memberaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='c41266f22faa5fc362480e5676b758ce6bf13a26', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_d122a', table='facts_memberaudit', when='BEFORE'))),
                ('memberaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2064a8c97136d560bbada2290461dfe557ba96cc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b4e04', table='facts_memberaudit', when='BEFORE'))),
                ('observation', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facts_observationaudit" ("case_id", "cells", "client_token", "entered_at", "entered_by_id", "failed", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "removed_by_id", "table_id", "version") VALUES (NEW."case_id", NEW."cells", NEW."client_token", NEW."entered_at", NEW."entered_by_id", NEW."failed", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."removed_at", NEW."removed_by_id", NEW."table_id", NEW."version"); RETURN NULL;', hash='ddf340fad824962ae21d0627723dc2426e218e98', operation='INSERT', pgid='pgtrigger_insert_insert_1d1e8', table='facts_observation', when='AFTER'))),
                ('observation', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "facts_observationaudit" ("case_id", "cells", "client_token", "entered_at", "entered_by_id", "failed", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "removed_by_id", "table_id", "version") VALUES (NEW."case_id", NEW."cells", NEW."client_token", NEW."entered_at", NEW."entered_by_id", NEW."failed", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."removed_at", NEW."removed_by_id", NEW."table_id", NEW."version"); RETURN NULL;', hash='6028df1f3a39561dccbb744c2192856d72235235', operation='UPDATE', pgid='pgtrigger_update_update_24d5b', table='facts_observation', when='AFTER'))),
                ('observation', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facts_observationaudit" ("case_id", "cells", "client_token", "entered_at", "entered_by_id", "failed", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "removed_by_id", "table_id", "version") VALUES (OLD."case_id", OLD."cells", OLD."client_token", OLD."entered_at", OLD."entered_by_id", OLD."failed", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."removed_at", OLD."removed_by_id", OLD."table_id", OLD."version"); RETURN NULL;', hash='c33af18012bc9cd34089dac911f3774104f5c1ae', operation='DELETE', pgid='pgtrigger_delete_delete_5c303', table='facts_observation', when='AFTER'))),
                ('observationaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='c5d7bdfe45f0753a084177b97492fe538de467b8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_03d56', table='facts_observationaudit', when='BEFORE'))),
                ('observationaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4c1694739f871512341fac553a761e4c08c3ed2b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_689f6', table='facts_observationaudit', when='BEFORE'))),
            ],
        ),
    ]
