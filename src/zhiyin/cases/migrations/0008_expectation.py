import django.db.models.deletion
import pgtrigger.compiler
import zhiyin.kit.triggers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_colleagues'),
        ('people', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Expectation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.PositiveSmallIntegerField()),
                ('stated', models.TextField(verbose_name="what is expected, in the customer's words")),
                ('genuine', models.CharField(choices=[('yes', 'This is what is really expected'), ('unsure', 'Not sure; something else may stand behind it')], max_length=24, verbose_name='is it what is really expected?')),
                ('genuine_reason', models.TextField(blank=True, verbose_name='why it seems so')),
                ('practical_need', models.TextField(blank=True, verbose_name='practical need')),
                ('welcomed', models.BooleanField(default=False, verbose_name='to be welcomed')),
                ('understood', models.BooleanField(default=False, verbose_name='to be understood')),
                ('respected', models.BooleanField(default=False, verbose_name='to be respected')),
                ('psychological_need', models.TextField(blank=True, verbose_name='how that shows')),
                ('uncertainty', models.TextField(blank=True, verbose_name='what is uncertain')),
                ('uncertainty_told_at', models.DateTimeField(blank=True, null=True, verbose_name='told when')),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ('case', '-edition'),
            },
        ),
        migrations.CreateModel(
            name='ExpectationAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('edition', models.PositiveSmallIntegerField()),
                ('stated', models.TextField(verbose_name="what is expected, in the customer's words")),
                ('genuine', models.CharField(choices=[('yes', 'This is what is really expected'), ('unsure', 'Not sure; something else may stand behind it')], max_length=24, verbose_name='is it what is really expected?')),
                ('genuine_reason', models.TextField(blank=True, verbose_name='why it seems so')),
                ('practical_need', models.TextField(blank=True, verbose_name='practical need')),
                ('welcomed', models.BooleanField(default=False, verbose_name='to be welcomed')),
                ('understood', models.BooleanField(default=False, verbose_name='to be understood')),
                ('respected', models.BooleanField(default=False, verbose_name='to be respected')),
                ('psychological_need', models.TextField(blank=True, verbose_name='how that shows')),
                ('uncertainty', models.TextField(blank=True, verbose_name='what is uncertain')),
                ('uncertainty_told_at', models.DateTimeField(blank=True, null=True, verbose_name='told when')),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExpectationOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('who', models.CharField(choices=[('me', 'I can'), ('us', 'We can'), ('rule', 'A changed rule could')], max_length=24)),
                ('text', models.TextField(verbose_name='what could be done')),
                ('cost', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='rough cost')),
                ('effect', models.CharField(blank=True, choices=[('1', 'A little of it'), ('2', 'Much of it'), ('3', 'All of it')], default='', max_length=24, verbose_name='how much of it that would meet')),
            ],
            options={
                'ordering': ('expectation', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ExpectationOptionAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('who', models.CharField(choices=[('me', 'I can'), ('us', 'We can'), ('rule', 'A changed rule could')], max_length=24)),
                ('text', models.TextField(verbose_name='what could be done')),
                ('cost', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='rough cost')),
                ('effect', models.CharField(blank=True, choices=[('1', 'A little of it'), ('2', 'Much of it'), ('3', 'All of it')], default='', max_length=24, verbose_name='how much of it that would meet')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='caseevent',
            name='caseevent_kind_known',
        ),
        migrations.AlterField(
            model_name='caseevent',
            name='kind',
            field=models.CharField(choices=[('opened', 'Received'), ('acknowledged', 'Acknowledged'), ('taken', 'Taken on'), ('helped', 'Help was given'), ('judged', 'Judged'), ('explained', 'Explained and closed'), ('offered', 'Passed to the department'), ('accepted', 'Accepted by the department'), ('refused', 'Refused by the department'), ('agreed', 'Time agreed with the customer'), ('investigated', 'Investigated'), ('proposed', 'Proposal made'), ('withdrawn', 'Proposal withdrawn'), ('submitted', 'Proposals handed to the supervisor'), ('approved', 'Proposals approved'), ('sent_back', 'Proposals sent back'), ('chosen', 'The customer chose'), ('none_fits', 'The customer found none of them fitting'), ('remedied', 'Carried out'), ('confirmed', 'Confirmed'), ('reopened', 'Reopened'), ('closed', 'Closed'), ('archived', 'Archived'), ('escalated', 'Escalated'), ('linked', 'Linked with another case'), ('merged', 'Merged'), ('unmerged', 'Merge undone'), ('noted', 'Note'), ('reassigned', 'Handed over'), ('corrected', 'Details corrected'), ('link_sent', 'Link sent to the customer'), ('link_opened', 'The customer opened the link'), ('promised', 'Promised'), ('expected', 'Expectation written down'), ('transferred', 'Sent to us by an authority'), ('transfer_accepted', 'Transfer accepted'), ('transfer_refused', 'Transfer not accepted'), ('transfer_extended', 'Return deadline extended'), ('letter_issued', 'Formal letter issued'), ('transfer_replied', 'Authority answered'), ('transfer_closed', 'Transfer closed by the authority'), ('duty_soon', 'A statutory deadline is near'), ('duty_over', 'A statutory deadline has passed'), ('clock_soon', 'Time is getting short'), ('clock_over', 'Time has run out')], max_length=24),
        ),
        migrations.AlterField(
            model_name='caseeventaudit',
            name='kind',
            field=models.CharField(choices=[('opened', 'Received'), ('acknowledged', 'Acknowledged'), ('taken', 'Taken on'), ('helped', 'Help was given'), ('judged', 'Judged'), ('explained', 'Explained and closed'), ('offered', 'Passed to the department'), ('accepted', 'Accepted by the department'), ('refused', 'Refused by the department'), ('agreed', 'Time agreed with the customer'), ('investigated', 'Investigated'), ('proposed', 'Proposal made'), ('withdrawn', 'Proposal withdrawn'), ('submitted', 'Proposals handed to the supervisor'), ('approved', 'Proposals approved'), ('sent_back', 'Proposals sent back'), ('chosen', 'The customer chose'), ('none_fits', 'The customer found none of them fitting'), ('remedied', 'Carried out'), ('confirmed', 'Confirmed'), ('reopened', 'Reopened'), ('closed', 'Closed'), ('archived', 'Archived'), ('escalated', 'Escalated'), ('linked', 'Linked with another case'), ('merged', 'Merged'), ('unmerged', 'Merge undone'), ('noted', 'Note'), ('reassigned', 'Handed over'), ('corrected', 'Details corrected'), ('link_sent', 'Link sent to the customer'), ('link_opened', 'The customer opened the link'), ('promised', 'Promised'), ('expected', 'Expectation written down'), ('transferred', 'Sent to us by an authority'), ('transfer_accepted', 'Transfer accepted'), ('transfer_refused', 'Transfer not accepted'), ('transfer_extended', 'Return deadline extended'), ('letter_issued', 'Formal letter issued'), ('transfer_replied', 'Authority answered'), ('transfer_closed', 'Transfer closed by the authority'), ('duty_soon', 'A statutory deadline is near'), ('duty_over', 'A statutory deadline has passed'), ('clock_soon', 'Time is getting short'), ('clock_over', 'Time has run out')], max_length=24),
        ),
        migrations.AddConstraint(
            model_name='caseevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['opened', 'acknowledged', 'taken', 'helped', 'judged', 'explained', 'offered', 'accepted', 'refused', 'agreed', 'investigated', 'proposed', 'withdrawn', 'submitted', 'approved', 'sent_back', 'chosen', 'none_fits', 'remedied', 'confirmed', 'reopened', 'closed', 'archived', 'escalated', 'linked', 'merged', 'unmerged', 'noted', 'reassigned', 'corrected', 'link_sent', 'link_opened', 'promised', 'expected', 'transferred', 'transfer_accepted', 'transfer_refused', 'transfer_extended', 'letter_issued', 'transfer_replied', 'transfer_closed', 'duty_soon', 'duty_over', 'clock_soon', 'clock_over'])), name='caseevent_kind_known'),
        ),
        migrations.AddField(
            model_name='expectation',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='expectation',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expectations', to='cases.case'),
        ),
        migrations.AddField(
            model_name='expectationaudit',
            name='by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='expectationaudit',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='expectationaudit',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='expectationaudit',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='cases.expectation'),
        ),
        migrations.AddField(
            model_name='expectationoption',
            name='expectation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='cases.expectation'),
        ),
        migrations.AddField(
            model_name='expectationoptionaudit',
            name='expectation',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.expectation'),
        ),
        migrations.AddField(
            model_name='expectationoptionaudit',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='expectationoptionaudit',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='cases.expectationoption'),
        ),
        migrations.AddConstraint(
            model_name='expectation',
            constraint=models.CheckConstraint(condition=models.Q(('genuine__in', ['yes', 'unsure'])), name='expectation_genuine_known'),
        ),
        migrations.AddConstraint(
            model_name='expectation',
            constraint=models.UniqueConstraint(fields=('case', 'edition'), name='expectation_edition'),
        ),
        migrations.AddConstraint(
            model_name='expectation',
            constraint=models.CheckConstraint(condition=models.Q(('stated', ''), _negated=True), name='expectation_stated'),
        ),
        migrations.AddConstraint(
            model_name='expectation',
            constraint=models.CheckConstraint(condition=models.Q(('uncertainty_told_at__isnull', True), models.Q(('uncertainty', ''), _negated=True), _connector='OR'), name='expectation_told_what'),
        ),
        migrations.AddIndex(
            model_name='expectationoption',
            index=models.Index(condition=models.Q(('who', 'rule')), fields=['-id'], name='expectationoption_rules'),
        ),
        migrations.AddConstraint(
            model_name='expectationoption',
            constraint=models.CheckConstraint(condition=models.Q(('who__in', ['me', 'us', 'rule'])), name='expectationoption_who_known'),
        ),
        migrations.AddConstraint(
            model_name='expectationoption',
            constraint=models.CheckConstraint(condition=models.Q(('effect__in', ['1', '2', '3', ''])), name='expectationoption_effect_known'),
        ),
        migrations.AddConstraint(
            model_name='expectationoption',
            constraint=models.UniqueConstraint(fields=('expectation', 'who'), name='expectationoption_once'),
        ),
        migrations.AddConstraint(
            model_name='expectationoption',
            constraint=models.CheckConstraint(condition=models.Q(('cost__isnull', True), ('cost__gte', 0), _connector='OR'), name='expectationoption_cost'),
        ),
        migrations.AddConstraint(
            model_name='expectationoption',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='expectationoption_text'),
        ),
        zhiyin.kit.triggers.AddTriggers(
            triggers=[('expectation', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ef31c8f8efefd25da70071e903c6e186e7049870', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ba151', table='cases_expectation', when='BEFORE'))), ('expectation', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_expectationaudit" ("at", "by_id", "case_id", "edition", "genuine", "genuine_reason", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practical_need", "psychological_need", "respected", "stated", "uncertainty", "uncertainty_told_at", "understood", "welcomed") VALUES (NEW."at", NEW."by_id", NEW."case_id", NEW."edition", NEW."genuine", NEW."genuine_reason", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."practical_need", NEW."psychological_need", NEW."respected", NEW."stated", NEW."uncertainty", NEW."uncertainty_told_at", NEW."understood", NEW."welcomed"); RETURN NULL;', hash='d4a4adaae995c79e32edcc95a026ee88c2f4e89c', operation='INSERT', pgid='pgtrigger_insert_insert_4f231', table='cases_expectation', when='AFTER'))), ('expectation', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_expectationaudit" ("at", "by_id", "case_id", "edition", "genuine", "genuine_reason", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practical_need", "psychological_need", "respected", "stated", "uncertainty", "uncertainty_told_at", "understood", "welcomed") VALUES (NEW."at", NEW."by_id", NEW."case_id", NEW."edition", NEW."genuine", NEW."genuine_reason", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."practical_need", NEW."psychological_need", NEW."respected", NEW."stated", NEW."uncertainty", NEW."uncertainty_told_at", NEW."understood", NEW."welcomed"); RETURN NULL;', hash='27b830c6f712eef61a71dcf7dc5ef817f3202730', operation='UPDATE', pgid='pgtrigger_update_update_1c587', table='cases_expectation', when='AFTER'))), ('expectation', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_expectationaudit" ("at", "by_id", "case_id", "edition", "genuine", "genuine_reason", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practical_need", "psychological_need", "respected", "stated", "uncertainty", "uncertainty_told_at", "understood", "welcomed") VALUES (OLD."at", OLD."by_id", OLD."case_id", OLD."edition", OLD."genuine", OLD."genuine_reason", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."practical_need", OLD."psychological_need", OLD."respected", OLD."stated", OLD."uncertainty", OLD."uncertainty_told_at", OLD."understood", OLD."welcomed"); RETURN NULL;', hash='fa59b6b646fa8622f506d0680f41367f7c5e53c4', operation='DELETE', pgid='pgtrigger_delete_delete_266c7', table='cases_expectation', when='AFTER'))), ('expectationaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='5b6420e2fcbd88b23ff3565dc9ac919c2cb42b3c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_5e617', table='cases_expectationaudit', when='BEFORE'))), ('expectationaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8f36b397626c4592250fb8aa29a3b8b0d905b426', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2971c', table='cases_expectationaudit', when='BEFORE'))), ('expectationoption', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='951d81f49c32fc68ed964ae0932797c0d3e42df6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_715b2', table='cases_expectationoption', when='BEFORE'))), ('expectationoption', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_expectationoptionaudit" ("cost", "effect", "expectation_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "who") VALUES (NEW."cost", NEW."effect", NEW."expectation_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text", NEW."who"); RETURN NULL;', hash='68f747bef3c49df02d503f3803f890a6c68ba94a', operation='INSERT', pgid='pgtrigger_insert_insert_f9a81', table='cases_expectationoption', when='AFTER'))), ('expectationoption', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_expectationoptionaudit" ("cost", "effect", "expectation_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "who") VALUES (NEW."cost", NEW."effect", NEW."expectation_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text", NEW."who"); RETURN NULL;', hash='dbfea35396c8700badee394550ca37f2a4602ef5', operation='UPDATE', pgid='pgtrigger_update_update_7cccf', table='cases_expectationoption', when='AFTER'))), ('expectationoption', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_expectationoptionaudit" ("cost", "effect", "expectation_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "who") VALUES (OLD."cost", OLD."effect", OLD."expectation_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."text", OLD."who"); RETURN NULL;', hash='c6fa40e0e09aa1bbe23fa2fe10ec89b4f62989cf', operation='DELETE', pgid='pgtrigger_delete_delete_70de0', table='cases_expectationoption', when='AFTER'))), ('expectationoptionaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='1a0230a73ae91e3f79afbb4b48f23b0cf5d5896c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_d5154', table='cases_expectationoptionaudit', when='BEFORE'))), ('expectationoptionaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e27879e1c95f04d2a42ce3eff8f19d98328a3141', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9678d', table='cases_expectationoptionaudit', when='BEFORE')))],
        ),
    ]
