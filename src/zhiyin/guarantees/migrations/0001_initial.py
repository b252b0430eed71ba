import django.db.models.deletion
import pgtrigger.compiler
import zhiyin.guarantees.rules
import zhiyin.kit.migrating
import zhiyin.kit.triggers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0003_depth'),
        ('catalogue', '0001_initial'),
        ('conversations', '0002_touchpoint'),
        ('people', '0002_accounts'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        zhiyin.kit.migrating.InOneStep(
            operations=[
                migrations.CreateModel(
                    name='Undertaking',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('open', 'Still within its time'), ('kept', 'Honoured'), ('broken', 'Not honoured'), ('dropped', 'No longer asked for')], default=zhiyin.guarantees.rules.State['OPEN'], max_length=24)),
                        ('due_at', models.DateTimeField(blank=True, null=True)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                        ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.clause')),
                        ('round', models.PositiveSmallIntegerField(default=1)),
                    ],
                    options={
                        'ordering': ('case', 'pk'),
                        'indexes': [models.Index(fields=['clause', 'state', 'settled_at'], name='undertaking_clause'), models.Index(fields=['settled_at', 'state'], name='undertaking_settled')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'kept', 'broken', 'dropped'])), name='undertaking_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', [zhiyin.guarantees.rules.State['KEPT'], zhiyin.guarantees.rules.State['BROKEN']]), _negated=True), ('settled_at__isnull', False), _connector='OR'), name='undertaking_settled_when'), models.UniqueConstraint(fields=('case', 'clause', 'round'), name='undertaking_once_a_round')],
                    },
                ),
                migrations.CreateModel(
                    name='Breach',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('found_at', models.DateTimeField()),
                        ('lifted_at', models.DateTimeField(blank=True, null=True)),
                        ('told_at', models.DateTimeField(blank=True, null=True)),
                        ('made_good_at', models.DateTimeField(blank=True, null=True)),
                        ('given', models.CharField(blank=True, max_length=200, verbose_name='what was given')),
                        ('cost', models.DecimalField(decimal_places=2, default=0, max_digits=9, verbose_name='what it cost us')),
                        ('made_good_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('undertaking', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='breach', to='guarantees.undertaking')),
                        ('expense', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.expense')),
                        ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conversations.message')),
                        ('seen_at', models.DateTimeField(blank=True, null=True)),
                        ('told', models.CharField(blank=True, choices=[('written', 'In writing'), ('voice', 'By voice')], default='', max_length=24)),
                    ],
                    options={
                        'ordering': ('-found_at', '-pk'),
                        'indexes': [models.Index(condition=models.Q(('lifted_at__isnull', True)), fields=['-found_at', '-id'], name='breach_newest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('made_good_at__isnull', True), models.Q(models.Q(('given', ''), _negated=True), ('made_good_by__isnull', False)), _connector='OR'), name='breach_made_good'), models.CheckConstraint(condition=models.Q(('cost__gte', 0)), name='breach_cost'), models.CheckConstraint(condition=models.Q(('told__in', ['written', 'voice', ''])), name='breach_told_known'), models.CheckConstraint(condition=models.Q(models.Q(('told', ''), ('told_at__isnull', True)), models.Q(models.Q(('told', ''), _negated=True), ('told_at__isnull', False)), _connector='OR'), name='breach_told_when'), models.CheckConstraint(condition=models.Q(models.Q(('told', zhiyin.guarantees.rules.Told['WRITTEN']), _negated=True), ('message__isnull', False), _connector='OR'), name='breach_written_where')],
                    },
                ),
                migrations.CreateModel(
                    name='BreachAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('found_at', models.DateTimeField()),
                        ('lifted_at', models.DateTimeField(blank=True, null=True)),
                        ('told_at', models.DateTimeField(blank=True, null=True)),
                        ('made_good_at', models.DateTimeField(blank=True, null=True)),
                        ('given', models.CharField(blank=True, max_length=200, verbose_name='what was given')),
                        ('cost', models.DecimalField(decimal_places=2, default=0, max_digits=9, verbose_name='what it cost us')),
                        ('made_good_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='guarantees.breach')),
                        ('told_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('undertaking', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='guarantees.undertaking')),
                        ('expense', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.expense')),
                        ('message', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='conversations.message')),
                        ('seen_at', models.DateTimeField(blank=True, null=True)),
                        ('told', models.CharField(blank=True, choices=[('written', 'In writing'), ('voice', 'By voice')], default='', max_length=24)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='UndertakingAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('state', models.CharField(choices=[('open', 'Still within its time'), ('kept', 'Honoured'), ('broken', 'Not honoured'), ('dropped', 'No longer asked for')], default=zhiyin.guarantees.rules.State['OPEN'], max_length=24)),
                        ('due_at', models.DateTimeField(blank=True, null=True)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                        ('clause', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.clause')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='guarantees.undertaking')),
                        ('round', models.PositiveSmallIntegerField(default=1)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Reckoning',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('look_at', models.DateTimeField(blank=True, null=True)),
                        ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                    ],
                    options={
                        'ordering': ('look_at', 'pk'),
                        'indexes': [models.Index(condition=models.Q(('look_at__isnull', False)), fields=['look_at', 'id'], name='reckoning_due')],
                    },
                ),
                zhiyin.kit.triggers.AddTriggers(
                    triggers=[('undertaking', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "guarantees_undertakingaudit" ("case_id", "clause_id", "due_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round", "settled_at", "state") VALUES (NEW."case_id", NEW."clause_id", NEW."due_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."round", NEW."settled_at", NEW."state"); RETURN NULL;', hash='b615bd34c97937ac27f6bceba94dc24381af5712', operation='INSERT', pgid='pgtrigger_insert_insert_09c28', table='guarantees_undertaking', when='AFTER'))), ('undertaking', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "guarantees_undertakingaudit" ("case_id", "clause_id", "due_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round", "settled_at", "state") VALUES (NEW."case_id", NEW."clause_id", NEW."due_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."round", NEW."settled_at", NEW."state"); RETURN NULL;', hash='cf3dcda4fecf02bb05327f2f28a852fa26a99cd0', operation='UPDATE', pgid='pgtrigger_update_update_9f35e', table='guarantees_undertaking', when='AFTER'))), ('undertaking', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "guarantees_undertakingaudit" ("case_id", "clause_id", "due_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round", "settled_at", "state") VALUES (OLD."case_id", OLD."clause_id", OLD."due_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."round", OLD."settled_at", OLD."state"); RETURN NULL;', hash='0ccfd831c7cdac9455d6c4c2007a5c9c9ccf35c8', operation='DELETE', pgid='pgtrigger_delete_delete_62047', table='guarantees_undertaking', when='AFTER'))), ('breach', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "guarantees_breachaudit" ("cost", "expense_id", "found_at", "given", "id", "lifted_at", "made_good_at", "made_good_by_id", "message_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_at", "told", "told_at", "told_by_id", "undertaking_id") VALUES (NEW."cost", NEW."expense_id", NEW."found_at", NEW."given", NEW."id", NEW."lifted_at", NEW."made_good_at", NEW."made_good_by_id", NEW."message_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."seen_at", NEW."told", NEW."told_at", NEW."told_by_id", NEW."undertaking_id"); RETURN NULL;', hash='4041d0a6627c7d49dadd37dfe7dad7e416e6c9fe', operation='INSERT', pgid='pgtrigger_insert_insert_e808d', table='guarantees_breach', when='AFTER'))), ('breach', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "guarantees_breachaudit" ("cost", "expense_id", "found_at", "given", "id", "lifted_at", "made_good_at", "made_good_by_id", "message_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_at", "told", "told_at", "told_by_id", "undertaking_id") VALUES (NEW."cost", NEW."expense_id", NEW."found_at", NEW."given", NEW."id", NEW."lifted_at", NEW."made_good_at", NEW."made_good_by_id", NEW."message_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."seen_at", NEW."told", NEW."told_at", NEW."told_by_id", NEW."undertaking_id"); RETURN NULL;', hash='5a99078ee7ee517df203cbf6aa6c5b28503e341d', operation='UPDATE', pgid='pgtrigger_update_update_2733d', table='guarantees_breach', when='AFTER'))), ('breach', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "guarantees_breachaudit" ("cost", "expense_id", "found_at", "given", "id", "lifted_at", "made_good_at", "made_good_by_id", "message_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_at", "told", "told_at", "told_by_id", "undertaking_id") VALUES (OLD."cost", OLD."expense_id", OLD."found_at", OLD."given", OLD."id", OLD."lifted_at", OLD."made_good_at", OLD."made_good_by_id", OLD."message_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."seen_at", OLD."told", OLD."told_at", OLD."told_by_id", OLD."undertaking_id"); RETURN NULL;', hash='1113011ed6eac227fb7f40c5ffee6b2966576057', operation='DELETE', pgid='pgtrigger_delete_delete_9ca0c', table='guarantees_breach', when='AFTER'))), ('breachaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='95017373e4402ba726675b020372b6b9d6bc4a4a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_86c9d', table='guarantees_breachaudit', when='BEFORE'))), ('breachaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e608445989ed98184cce7b0df3c4db0e3a085749', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ddb58', table='guarantees_breachaudit', when='BEFORE'))), ('undertakingaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='c964028beee89f779fe1406ead6f365748f4be2d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e5b4c', table='guarantees_undertakingaudit', when='BEFORE'))), ('undertakingaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d0340a53e8441636e65987362fe478b1b68fd447', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_54772', table='guarantees_undertakingaudit', when='BEFORE')))],
                ),
            ],
        ),
    ]
