import django.db.models.deletion
import pgtrigger.compiler
import zhiyin.kit.migrating
import zhiyin.kit.triggers
import zhiyin.promises.rules
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('conversations', '0001_initial'),
        ('customers', '0001_initial'),
        ('people', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        zhiyin.kit.migrating.InOneStep(
            operations=[
                migrations.CreateModel(
                    name='Promise',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.CharField(max_length=300, verbose_name='what was promised')),
                        ('weight', models.CharField(choices=[('hard', 'By a stated time'), ('soft', 'Without a stated time')], default=zhiyin.promises.rules.Weight['HARD'], max_length=24)),
                        ('made_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField(verbose_name='by')),
                        ('remind_at', models.DateTimeField(blank=True, null=True)),
                        ('reminded_at', models.DateTimeField(blank=True, null=True)),
                        ('state', models.CharField(choices=[('open', 'To be kept'), ('kept', 'Fulfilled'), ('broken', 'Broken'), ('released', 'Released by the customer')], default=zhiyin.promises.rules.State['OPEN'], max_length=24, verbose_name='state')),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('settled_note', models.CharField(blank=True, max_length=300)),
                        ('made_good_at', models.DateTimeField(blank=True, null=True)),
                        ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer', verbose_name='customer')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conversations.message')),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kept by')),
                        ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='promises.promise')),
                        ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ('due_at', 'pk'),
                        'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['due_at', 'id'], name='promise_due'), models.Index(condition=models.Q(('reminded_at__isnull', True), ('state', 'open')), fields=['remind_at', 'id'], name='promise_remind'), models.Index(condition=models.Q(('state', 'open')), fields=['owner', 'due_at', 'id'], name='promise_owner'), models.Index(fields=['customer', '-made_at', '-id'], name='promise_customer')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('weight__in', ['hard', 'soft'])), name='promise_weight_known'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'kept', 'broken', 'released'])), name='promise_state_known'), models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('made_at'))), name='promise_after_made'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('state', zhiyin.promises.rules.State['OPEN'])), models.Q(models.Q(('state', zhiyin.promises.rules.State['OPEN']), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='promise_settled'), models.CheckConstraint(condition=models.Q(('made_good_at__isnull', True), ('state', zhiyin.promises.rules.State['BROKEN']), _connector='OR'), name='promise_made_good'), models.UniqueConstraint(fields=('replaces',), name='promise_replaced_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PromiseAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('text', models.CharField(max_length=300, verbose_name='what was promised')),
                        ('weight', models.CharField(choices=[('hard', 'By a stated time'), ('soft', 'Without a stated time')], default=zhiyin.promises.rules.Weight['HARD'], max_length=24)),
                        ('made_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField(verbose_name='by')),
                        ('remind_at', models.DateTimeField(blank=True, null=True)),
                        ('reminded_at', models.DateTimeField(blank=True, null=True)),
                        ('state', models.CharField(choices=[('open', 'To be kept'), ('kept', 'Fulfilled'), ('broken', 'Broken'), ('released', 'Released by the customer')], default=zhiyin.promises.rules.State['OPEN'], max_length=24, verbose_name='state')),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('settled_note', models.CharField(blank=True, max_length=300)),
                        ('made_good_at', models.DateTimeField(blank=True, null=True)),
                        ('customer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='customers.customer', verbose_name='customer')),
                        ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('message', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='conversations.message')),
                        ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kept by')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='promises.promise')),
                        ('replaces', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='promises.promise')),
                        ('settled_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                zhiyin.kit.triggers.AddTriggers(
                    triggers=[('promise', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promises_promiseaudit" ("customer_id", "due_at", "id", "made_at", "made_by_id", "made_good_at", "message_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remind_at", "reminded_at", "replaces_id", "settled_at", "settled_by_id", "settled_note", "state", "text", "weight") VALUES (NEW."customer_id", NEW."due_at", NEW."id", NEW."made_at", NEW."made_by_id", NEW."made_good_at", NEW."message_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."remind_at", NEW."reminded_at", NEW."replaces_id", NEW."settled_at", NEW."settled_by_id", NEW."settled_note", NEW."state", NEW."text", NEW."weight"); RETURN NULL;', hash='334ba1b0b7dc70d4c6606eb4d522a10d79e06fb9', operation='INSERT', pgid='pgtrigger_insert_insert_d75e2', table='promises_promise', when='AFTER'))), ('promise', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "promises_promiseaudit" ("customer_id", "due_at", "id", "made_at", "made_by_id", "made_good_at", "message_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remind_at", "reminded_at", "replaces_id", "settled_at", "settled_by_id", "settled_note", "state", "text", "weight") VALUES (NEW."customer_id", NEW."due_at", NEW."id", NEW."made_at", NEW."made_by_id", NEW."made_good_at", NEW."message_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."remind_at", NEW."reminded_at", NEW."replaces_id", NEW."settled_at", NEW."settled_by_id", NEW."settled_note", NEW."state", NEW."text", NEW."weight"); RETURN NULL;', hash='3d3667c3d22028695fd9a87f16b64a1b791356ba', operation='UPDATE', pgid='pgtrigger_update_update_b4df0', table='promises_promise', when='AFTER'))), ('promise', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promises_promiseaudit" ("customer_id", "due_at", "id", "made_at", "made_by_id", "made_good_at", "message_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remind_at", "reminded_at", "replaces_id", "settled_at", "settled_by_id", "settled_note", "state", "text", "weight") VALUES (OLD."customer_id", OLD."due_at", OLD."id", OLD."made_at", OLD."made_by_id", OLD."made_good_at", OLD."message_id", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."remind_at", OLD."reminded_at", OLD."replaces_id", OLD."settled_at", OLD."settled_by_id", OLD."settled_note", OLD."state", OLD."text", OLD."weight"); RETURN NULL;', hash='930e18de7122148263cd630f3e320eef66a7be54', operation='DELETE', pgid='pgtrigger_delete_delete_838c0', table='promises_promise', when='AFTER'))), ('promiseaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='dfa5d4b5adf487c39c2732c90faeae8f16988390', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_15f30', table='promises_promiseaudit', when='BEFORE'))), ('promiseaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d25e46cb6218222bd6e0e528be2768e5a2badfab', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dd1dd', table='promises_promiseaudit', when='BEFORE')))],
                ),
            ],
        ),
    ]
