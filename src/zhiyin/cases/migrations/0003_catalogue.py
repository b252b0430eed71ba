import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_facts_link'),
        ('catalogue', '0001_initial'),
        ('conversations', '0002_touchpoint'),
        ('customers', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='case',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='case',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='case',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='caseevent',
            name='caseevent_kind_known',
        ),
        migrations.AddField(
            model_name='case',
            name='service_item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.serviceitem', verbose_name='service'),
        ),
        migrations.AddField(
            model_name='case',
            name='touchpoint',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.touchpoint', verbose_name='touchpoint'),
        ),
        migrations.AddField(
            model_name='caseaudit',
            name='service_item',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.serviceitem', verbose_name='service'),
        ),
        migrations.AddField(
            model_name='caseaudit',
            name='touchpoint',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.touchpoint', verbose_name='touchpoint'),
        ),
        migrations.AlterField(
            model_name='caseevent',
            name='kind',
            field=models.CharField(choices=[('opened', 'Received'), ('acknowledged', 'Acknowledged'), ('taken', 'Taken on'), ('helped', 'Help was given'), ('judged', 'Judged'), ('explained', 'Explained and closed'), ('offered', 'Passed to the department'), ('accepted', 'Accepted by the department'), ('refused', 'Refused by the department'), ('agreed', 'Time agreed with the customer'), ('investigated', 'Investigated'), ('proposed', 'Proposal made'), ('withdrawn', 'Proposal withdrawn'), ('submitted', 'Proposals handed to the supervisor'), ('approved', 'Proposals approved'), ('sent_back', 'Proposals sent back'), ('chosen', 'The customer chose'), ('none_fits', 'The customer found none of them fitting'), ('remedied', 'Carried out'), ('confirmed', 'Confirmed'), ('reopened', 'Reopened'), ('closed', 'Closed'), ('archived', 'Archived'), ('escalated', 'Escalated'), ('linked', 'Linked with another case'), ('merged', 'Merged'), ('unmerged', 'Merge undone'), ('noted', 'Note'), ('reassigned', 'Handed over'), ('corrected', 'Details corrected'), ('link_sent', 'Link sent to the customer'), ('link_opened', 'The customer opened the link'), ('promised', 'Promised'), ('placed', 'Put to a service and a touchpoint'), ('guarantee_broken', 'The guarantee was not kept'), ('made_good', 'What the guarantee promises was given'), ('clock_soon', 'Time is getting short'), ('clock_over', 'Time has run out')], max_length=24),
        ),
        migrations.AlterField(
            model_name='caseeventaudit',
            name='kind',
            field=models.CharField(choices=[('opened', 'Received'), ('acknowledged', 'Acknowledged'), ('taken', 'Taken on'), ('helped', 'Help was given'), ('judged', 'Judged'), ('explained', 'Explained and closed'), ('offered', 'Passed to the department'), ('accepted', 'Accepted by the department'), ('refused', 'Refused by the department'), ('agreed', 'Time agreed with the customer'), ('investigated', 'Investigated'), ('proposed', 'Proposal made'), ('withdrawn', 'Proposal withdrawn'), ('submitted', 'Proposals handed to the supervisor'), ('approved', 'Proposals approved'), ('sent_back', 'Proposals sent back'), ('chosen', 'The customer chose'), ('none_fits', 'The customer found none of them fitting'), ('remedied', 'Carried out'), ('confirmed', 'Confirmed'), ('reopened', 'Reopened'), ('closed', 'Closed'), ('archived', 'Archived'), ('escalated', 'Escalated'), ('linked', 'Linked with another case'), ('merged', 'Merged'), ('unmerged', 'Merge undone'), ('noted', 'Note'), ('reassigned', 'Handed over'), ('corrected', 'Details corrected'), ('link_sent', 'Link sent to the customer'), ('link_opened', 'The customer opened the link'), ('promised', 'Promised'), ('placed', 'Put to a service and a touchpoint'), ('guarantee_broken', 'The guarantee was not kept'), ('made_good', 'What the guarantee promises was given'), ('clock_soon', 'Time is getting short'), ('clock_over', 'Time has run out')], max_length=24),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['touchpoint', '-opened_at', '-id'], name='case_touchpoint'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['service_item', '-opened_at', '-id'], name='case_service_item'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_caseaudit" ("archived_at", "channel", "client_token", "conversation_id", "cost", "customer_id", "department_id", "description", "duplicate_of_id", "emotion", "follows_id", "gap", "handler_id", "handovers", "helped_at", "id", "in_danger", "intensity", "kind", "number", "opened_at", "opened_by_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remedy_sought", "resolved_at", "root_cause", "round", "service_item_id", "service_object_id", "severity", "stage", "stage_since", "subject", "team_id", "touchpoint_id", "version") VALUES (NEW."archived_at", NEW."channel", NEW."client_token", NEW."conversation_id", NEW."cost", NEW."customer_id", NEW."department_id", NEW."description", NEW."duplicate_of_id", NEW."emotion", NEW."follows_id", NEW."gap", NEW."handler_id", NEW."handovers", NEW."helped_at", NEW."id", NEW."in_danger", NEW."intensity", NEW."kind", NEW."number", NEW."opened_at", NEW."opened_by_id", NEW."outcome", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."remedy_sought", NEW."resolved_at", NEW."root_cause", NEW."round", NEW."service_item_id", NEW."service_object_id", NEW."severity", NEW."stage", NEW."stage_since", NEW."subject", NEW."team_id", NEW."touchpoint_id", NEW."version"); RETURN NULL;', hash='d1b5a39a2c62114bc070ed1a0bcf6d4d2790f6bf', operation='INSERT', pgid='pgtrigger_insert_insert_0b483', table='cases_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_caseaudit" ("archived_at", "channel", "client_token", "conversation_id", "cost", "customer_id", "department_id", "description", "duplicate_of_id", "emotion", "follows_id", "gap", "handler_id", "handovers", "helped_at", "id", "in_danger", "intensity", "kind", "number", "opened_at", "opened_by_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remedy_sought", "resolved_at", "root_cause", "round", "service_item_id", "service_object_id", "severity", "stage", "stage_since", "subject", "team_id", "touchpoint_id", "version") VALUES (NEW."archived_at", NEW."channel", NEW."client_token", NEW."conversation_id", NEW."cost", NEW."customer_id", NEW."department_id", NEW."description", NEW."duplicate_of_id", NEW."emotion", NEW."follows_id", NEW."gap", NEW."handler_id", NEW."handovers", NEW."helped_at", NEW."id", NEW."in_danger", NEW."intensity", NEW."kind", NEW."number", NEW."opened_at", NEW."opened_by_id", NEW."outcome", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."remedy_sought", NEW."resolved_at", NEW."root_cause", NEW."round", NEW."service_item_id", NEW."service_object_id", NEW."severity", NEW."stage", NEW."stage_since", NEW."subject", NEW."team_id", NEW."touchpoint_id", NEW."version"); RETURN NULL;', hash='3d351a687bc1cddd964f2e31c1d294f1c93b522a', operation='UPDATE', pgid='pgtrigger_update_update_f5146', table='cases_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_caseaudit" ("archived_at", "channel", "client_token", "conversation_id", "cost", "customer_id", "department_id", "description", "duplicate_of_id", "emotion", "follows_id", "gap", "handler_id", "handovers", "helped_at", "id", "in_danger", "intensity", "kind", "number", "opened_at", "opened_by_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remedy_sought", "resolved_at", "root_cause", "round", "service_item_id", "service_object_id", "severity", "stage", "stage_since", "subject", "team_id", "touchpoint_id", "version") VALUES (OLD."archived_at", OLD."channel", OLD."client_token", OLD."conversation_id", OLD."cost", OLD."customer_id", OLD."department_id", OLD."description", OLD."duplicate_of_id", OLD."emotion", OLD."follows_id", OLD."gap", OLD."handler_id", OLD."handovers", OLD."helped_at", OLD."id", OLD."in_danger", OLD."intensity", OLD."kind", OLD."number", OLD."opened_at", OLD."opened_by_id", OLD."outcome", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."remedy_sought", OLD."resolved_at", OLD."root_cause", OLD."round", OLD."service_item_id", OLD."service_object_id", OLD."severity", OLD."stage", OLD."stage_since", OLD."subject", OLD."team_id", OLD."touchpoint_id", OLD."version"); RETURN NULL;', hash='c6604478aeeb994a396e5486953cf8943ed72730', operation='DELETE', pgid='pgtrigger_delete_delete_8d49e', table='cases_case', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='caseevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['opened', 'acknowledged', 'taken', 'helped', 'judged', 'explained', 'offered', 'accepted', 'refused', 'agreed', 'investigated', 'proposed', 'withdrawn', 'submitted', 'approved', 'sent_back', 'chosen', 'none_fits', 'remedied', 'confirmed', 'reopened', 'closed', 'archived', 'escalated', 'linked', 'merged', 'unmerged', 'noted', 'reassigned', 'corrected', 'link_sent', 'link_opened', 'promised', 'placed', 'guarantee_broken', 'made_good', 'clock_soon', 'clock_over'])), name='caseevent_kind_known'),
        ),
    ]
