"""Undertakings by round; that the customer knows follows from what left, what she read, or what was said."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import zhiyin.guarantees.rules
from django.conf import settings
from django.db import migrations, models

from zhiyin.kit.triggers import AddTriggers


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0006_expense_kinds'),
        ('catalogue', '0001_initial'),
        ('conversations', '0002_touchpoint'),
        ('guarantees', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='breach',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='breach',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='breach',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='undertaking',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='undertaking',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='undertaking',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='undertaking',
            name='undertaking_once',
        ),
        migrations.AddField(
            model_name='breach',
            name='expense',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.expense'),
        ),
        migrations.AddField(
            model_name='breach',
            name='message',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conversations.message'),
        ),
        migrations.AddField(
            model_name='breach',
            name='seen_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='breach',
            name='told',
            field=models.CharField(blank=True, choices=[('written', 'In writing'), ('voice', 'By voice')], default='', max_length=24),
        ),
        migrations.AddField(
            model_name='breachaudit',
            name='expense',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.expense'),
        ),
        migrations.AddField(
            model_name='breachaudit',
            name='message',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='conversations.message'),
        ),
        migrations.AddField(
            model_name='breachaudit',
            name='seen_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='breachaudit',
            name='told',
            field=models.CharField(blank=True, choices=[('written', 'In writing'), ('voice', 'By voice')], default='', max_length=24),
        ),
        migrations.AddField(
            model_name='undertaking',
            name='round',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='undertakingaudit',
            name='round',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        # Until now whoever told a customer only said so.
        migrations.RunSQL(
            "UPDATE guarantees_breach SET told = 'voice' WHERE told_at IS NOT NULL", migrations.RunSQL.noop
        ),
        AddTriggers(
            triggers=[
                ('breach', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "guarantees_breachaudit" ("cost", "expense_id", "found_at", "given", "id", "lifted_at", "made_good_at", "made_good_by_id", "message_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_at", "told", "told_at", "told_by_id", "undertaking_id") VALUES (NEW."cost", NEW."expense_id", NEW."found_at", NEW."given", NEW."id", NEW."lifted_at", NEW."made_good_at", NEW."made_good_by_id", NEW."message_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."seen_at", NEW."told", NEW."told_at", NEW."told_by_id", NEW."undertaking_id"); RETURN NULL;', hash='4041d0a6627c7d49dadd37dfe7dad7e416e6c9fe', operation='INSERT', pgid='pgtrigger_insert_insert_e808d', table='guarantees_breach', when='AFTER'))),
                ('breach', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "guarantees_breachaudit" ("cost", "expense_id", "found_at", "given", "id", "lifted_at", "made_good_at", "made_good_by_id", "message_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_at", "told", "told_at", "told_by_id", "undertaking_id") VALUES (NEW."cost", NEW."expense_id", NEW."found_at", NEW."given", NEW."id", NEW."lifted_at", NEW."made_good_at", NEW."made_good_by_id", NEW."message_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."seen_at", NEW."told", NEW."told_at", NEW."told_by_id", NEW."undertaking_id"); RETURN NULL;', hash='5a99078ee7ee517df203cbf6aa6c5b28503e341d', operation='UPDATE', pgid='pgtrigger_update_update_2733d', table='guarantees_breach', when='AFTER'))),
                ('breach', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "guarantees_breachaudit" ("cost", "expense_id", "found_at", "given", "id", "lifted_at", "made_good_at", "made_good_by_id", "message_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_at", "told", "told_at", "told_by_id", "undertaking_id") VALUES (OLD."cost", OLD."expense_id", OLD."found_at", OLD."given", OLD."id", OLD."lifted_at", OLD."made_good_at", OLD."made_good_by_id", OLD."message_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."seen_at", OLD."told", OLD."told_at", OLD."told_by_id", OLD."undertaking_id"); RETURN NULL;', hash='1113011ed6eac227fb7f40c5ffee6b2966576057', operation='DELETE', pgid='pgtrigger_delete_delete_9ca0c', table='guarantees_breach', when='AFTER'))),
                ('undertaking', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "guarantees_undertakingaudit" ("case_id", "clause_id", "due_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round", "settled_at", "state") VALUES (NEW."case_id", NEW."clause_id", NEW."due_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."round", NEW."settled_at", NEW."state"); RETURN NULL;', hash='b615bd34c97937ac27f6bceba94dc24381af5712', operation='INSERT', pgid='pgtrigger_insert_insert_09c28', table='guarantees_undertaking', when='AFTER'))),
                ('undertaking', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "guarantees_undertakingaudit" ("case_id", "clause_id", "due_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round", "settled_at", "state") VALUES (NEW."case_id", NEW."clause_id", NEW."due_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."round", NEW."settled_at", NEW."state"); RETURN NULL;', hash='cf3dcda4fecf02bb05327f2f28a852fa26a99cd0', operation='UPDATE', pgid='pgtrigger_update_update_9f35e', table='guarantees_undertaking', when='AFTER'))),
                ('undertaking', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "guarantees_undertakingaudit" ("case_id", "clause_id", "due_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round", "settled_at", "state") VALUES (OLD."case_id", OLD."clause_id", OLD."due_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."round", OLD."settled_at", OLD."state"); RETURN NULL;', hash='0ccfd831c7cdac9455d6c4c2007a5c9c9ccf35c8', operation='DELETE', pgid='pgtrigger_delete_delete_62047', table='guarantees_undertaking', when='AFTER'))),
            ],
        ),
        migrations.AddConstraint(
            model_name='breach',
            constraint=models.CheckConstraint(condition=models.Q(('told__in', ['written', 'voice', ''])), name='breach_told_known'),
        ),
        migrations.AddConstraint(
            model_name='breach',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('told', ''), ('told_at__isnull', True)), models.Q(models.Q(('told', ''), _negated=True), ('told_at__isnull', False)), _connector='OR'), name='breach_told_when'),
        ),
        migrations.AddConstraint(
            model_name='breach',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('told', zhiyin.guarantees.rules.Told['WRITTEN']), _negated=True), ('message__isnull', False), _connector='OR'), name='breach_written_where'),
        ),
        migrations.AddConstraint(
            model_name='undertaking',
            constraint=models.UniqueConstraint(fields=('case', 'clause', 'round'), name='undertaking_once_a_round'),
        ),
    ]
