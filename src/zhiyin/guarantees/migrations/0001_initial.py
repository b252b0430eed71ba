import django.db.models.deletion
import pgtrigger.compiler
import zhiyin.kit.triggers
import zhiyin.guarantees.rules
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0003_catalogue'),
        ('catalogue', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
            options={
                'ordering': ('-found_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Undertaking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Still within its time'), ('kept', 'Honoured'), ('broken', 'Not honoured'), ('dropped', 'No longer asked for')], default=zhiyin.guarantees.rules.State['OPEN'], max_length=24)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.clause')),
            ],
            options={
                'ordering': ('case', 'pk'),
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
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='breach',
            name='undertaking',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='breach', to='guarantees.undertaking'),
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
        migrations.AddIndex(
            model_name='undertaking',
            index=models.Index(fields=['clause', 'state', 'settled_at'], name='undertaking_clause'),
        ),
        migrations.AddIndex(
            model_name='undertaking',
            index=models.Index(fields=['settled_at', 'state'], name='undertaking_settled'),
        ),
        migrations.AddConstraint(
            model_name='undertaking',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'kept', 'broken', 'dropped'])), name='undertaking_state_known'),
        ),
        migrations.AddConstraint(
            model_name='undertaking',
            constraint=models.UniqueConstraint(fields=('case', 'clause'), name='undertaking_once'),
        ),
        migrations.AddConstraint(
            model_name='undertaking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', [zhiyin.guarantees.rules.State['KEPT'], zhiyin.guarantees.rules.State['BROKEN']]), _negated=True), ('settled_at__isnull', False), _connector='OR'), name='undertaking_settled_when'),
        ),
        migrations.AddIndex(
            model_name='breach',
            index=models.Index(condition=models.Q(('lifted_at__isnull', True)), fields=['-found_at', '-id'], name='breach_newest'),
        ),
        migrations.AddConstraint(
            model_name='breach',
            constraint=models.CheckConstraint(condition=models.Q(('made_good_at__isnull', True), models.Q(models.Q(('given', ''), _negated=True), ('made_good_by__isnull', False)), _connector='OR'), name='breach_made_good'),
        ),
        migrations.AddConstraint(
            model_name='breach',
            constraint=models.CheckConstraint(condition=models.Q(('cost__gte', 0)), name='breach_cost'),
        ),
        zhiyin.kit.triggers.AddTriggers(
            triggers=[('undertaking', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "guarantees_undertakingaudit" ("case_id", "clause_id", "due_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "state") VALUES (NEW."case_id", NEW."clause_id", NEW."due_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."settled_at", NEW."state"); RETURN NULL;', hash='906bf94334d100a80addf04714f87906b3cfec30', operation='INSERT', pgid='pgtrigger_insert_insert_09c28', table='guarantees_undertaking', when='AFTER'))), ('undertaking', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "guarantees_undertakingaudit" ("case_id", "clause_id", "due_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "state") VALUES (NEW."case_id", NEW."clause_id", NEW."due_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."settled_at", NEW."state"); RETURN NULL;', hash='aed0adcbf041997e0b9df27f408bf5db60d9d27f', operation='UPDATE', pgid='pgtrigger_update_update_9f35e', table='guarantees_undertaking', when='AFTER'))), ('undertaking', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "guarantees_undertakingaudit" ("case_id", "clause_id", "due_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "state") VALUES (OLD."case_id", OLD."clause_id", OLD."due_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."settled_at", OLD."state"); RETURN NULL;', hash='b66a6019585d8c95d5085468429df83da8fe2077', operation='DELETE', pgid='pgtrigger_delete_delete_62047', table='guarantees_undertaking', when='AFTER'))), ('breachaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='95017373e4402ba726675b020372b6b9d6bc4a4a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_86c9d', table='guarantees_breachaudit', when='BEFORE'))), ('breachaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e608445989ed98184cce7b0df3c4db0e3a085749', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ddb58', table='guarantees_breachaudit', when='BEFORE'))), ('breach', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "guarantees_breachaudit" ("cost", "found_at", "given", "id", "lifted_at", "made_good_at", "made_good_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_at", "told_by_id", "undertaking_id") VALUES (NEW."cost", NEW."found_at", NEW."given", NEW."id", NEW."lifted_at", NEW."made_good_at", NEW."made_good_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."told_at", NEW."told_by_id", NEW."undertaking_id"); RETURN NULL;', hash='30683d2dcc7c64bac2e26b4f40f25f5dc3f4310c', operation='INSERT', pgid='pgtrigger_insert_insert_e808d', table='guarantees_breach', when='AFTER'))), ('breach', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "guarantees_breachaudit" ("cost", "found_at", "given", "id", "lifted_at", "made_good_at", "made_good_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_at", "told_by_id", "undertaking_id") VALUES (NEW."cost", NEW."found_at", NEW."given", NEW."id", NEW."lifted_at", NEW."made_good_at", NEW."made_good_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."told_at", NEW."told_by_id", NEW."undertaking_id"); RETURN NULL;', hash='165cde47f415d43e82707561e2c2dca6dd9eddc1', operation='UPDATE', pgid='pgtrigger_update_update_2733d', table='guarantees_breach', when='AFTER'))), ('breach', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "guarantees_breachaudit" ("cost", "found_at", "given", "id", "lifted_at", "made_good_at", "made_good_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_at", "told_by_id", "undertaking_id") VALUES (OLD."cost", OLD."found_at", OLD."given", OLD."id", OLD."lifted_at", OLD."made_good_at", OLD."made_good_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."told_at", OLD."told_by_id", OLD."undertaking_id"); RETURN NULL;', hash='f10b40402d479eb55a5693a705864df11ee8960d', operation='DELETE', pgid='pgtrigger_delete_delete_9ca0c', table='guarantees_breach', when='AFTER'))), ('undertakingaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='c964028beee89f779fe1406ead6f365748f4be2d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e5b4c', table='guarantees_undertakingaudit', when='BEFORE'))), ('undertakingaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d0340a53e8441636e65987362fe478b1b68fd447', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_54772', table='guarantees_undertakingaudit', when='BEFORE')))],
        ),
    ]
