import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0001_initial'),
        ('conversations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='message',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='message',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='message',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='message',
            name='touchpoint',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.touchpoint', verbose_name='touchpoint'),
        ),
        migrations.AddField(
            model_name='messageaudit',
            name='touchpoint',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.touchpoint', verbose_name='touchpoint'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('touchpoint__isnull', False)), fields=['touchpoint', '-sent_at', '-id'], name='message_touchpoint'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "conversations_messageaudit" ("author", "auto_submitted", "channel", "client_token", "conversation_id", "external_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "satisfaction", "sent_at", "staff_id", "text", "touchpoint_id") VALUES (NEW."author", NEW."auto_submitted", NEW."channel", NEW."client_token", NEW."conversation_id", NEW."external_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."satisfaction", NEW."sent_at", NEW."staff_id", NEW."text", NEW."touchpoint_id"); RETURN NULL;', hash='8cd25468c6ff9e96ddf6afd12f27d0065510e1bc', operation='INSERT', pgid='pgtrigger_insert_insert_f7a85', table='conversations_message', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "conversations_messageaudit" ("author", "auto_submitted", "channel", "client_token", "conversation_id", "external_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "satisfaction", "sent_at", "staff_id", "text", "touchpoint_id") VALUES (NEW."author", NEW."auto_submitted", NEW."channel", NEW."client_token", NEW."conversation_id", NEW."external_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."satisfaction", NEW."sent_at", NEW."staff_id", NEW."text", NEW."touchpoint_id"); RETURN NULL;', hash='1a3be8dd2a1946d286fef35abe3a40b9b8ff0363', operation='UPDATE', pgid='pgtrigger_update_update_30850', table='conversations_message', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "conversations_messageaudit" ("author", "auto_submitted", "channel", "client_token", "conversation_id", "external_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "satisfaction", "sent_at", "staff_id", "text", "touchpoint_id") VALUES (OLD."author", OLD."auto_submitted", OLD."channel", OLD."client_token", OLD."conversation_id", OLD."external_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."satisfaction", OLD."sent_at", OLD."staff_id", OLD."text", OLD."touchpoint_id"); RETURN NULL;', hash='57fdd062194ed9ddb8941f91469f414d8df85a7d', operation='DELETE', pgid='pgtrigger_delete_delete_eec60', table='conversations_message', when='AFTER')),
        ),
    ]
