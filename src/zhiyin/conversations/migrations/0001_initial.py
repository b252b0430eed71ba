import django.db.models.deletion
import pgtrigger.compiler
import zhiyin.conversations.rules
import zhiyin.kit.migrating
import zhiyin.kit.triggers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('customers', '0001_initial'),
        ('kit', '0001_initial'),
        ('people', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        zhiyin.kit.migrating.InOneStep(
            operations=[
                migrations.CreateModel(
                    name='Conversation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('channel', models.CharField(choices=[('portal', 'Portal'), ('email', 'E-mail'), ('phone', 'Telephone'), ('counter', 'Counter'), ('letter', 'Letter'), ('night', 'Night call'), ('chat', 'Web chat'), ('wechat', 'WeChat')], max_length=24, verbose_name='channel')),
                        ('address', models.CharField(blank=True, max_length=200)),
                        ('subject', models.CharField(blank=True, max_length=200, verbose_name='subject')),
                        ('state', models.CharField(choices=[('open', 'In progress'), ('waiting', 'Waiting for the customer'), ('done', 'Finished')], default=zhiyin.conversations.rules.State['OPEN'], max_length=24, verbose_name='state')),
                        ('created_at', models.DateTimeField()),
                        ('last_message_at', models.DateTimeField(blank=True, null=True)),
                        ('waiting_since', models.DateTimeField(blank=True, null=True)),
                        ('snoozed_until', models.DateTimeField(blank=True, null=True)),
                        ('message_count', models.PositiveIntegerField(default=0)),
                        ('preview', models.CharField(blank=True, max_length=200)),
                        ('is_history', models.BooleanField(default=False)),
                        ('source', models.CharField(blank=True, max_length=120)),
                        ('external_id', models.CharField(blank=True, max_length=120)),
                        ('satisfaction', models.CharField(blank=True, choices=[('0', 'Dissatisfied'), ('1', 'Neutral'), ('2', 'Satisfied')], default='', max_length=24, verbose_name='satisfaction')),
                        ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                        ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer', verbose_name='customer')),
                        ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team', verbose_name='team')),
                    ],
                    options={
                        'ordering': ('-last_message_at', '-pk'),
                        'indexes': [models.Index(fields=['team', 'state', '-last_message_at', '-id'], name='conversation_team_state'), models.Index(fields=['assignee', 'state', '-last_message_at', '-id'], name='conversation_assignee'), models.Index(fields=['customer', '-last_message_at', '-id'], name='conversation_customer'), models.Index(condition=models.Q(('is_history', False)), fields=['state', 'waiting_since', 'id'], name='conversation_waiting'), models.Index(condition=models.Q(('is_history', False)), fields=['-last_message_at', '-id'], name='conversation_newest'), models.Index(condition=models.Q(('is_history', True)), fields=['-id'], include=('team',), name='conversation_history')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('channel__in', ['portal', 'email', 'phone', 'counter', 'letter', 'night', 'chat', 'wechat'])), name='conversation_channel_known'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'waiting', 'done'])), name='conversation_state_known'), models.CheckConstraint(condition=models.Q(('satisfaction__in', ['0', '1', '2', ''])), name='conversation_satisfaction_known'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('source', 'external_id'), name='conversation_external')],
                    },
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveIntegerField()),
                        ('author', models.CharField(choices=[('customer', 'Customer'), ('staff', 'Us'), ('system', 'Automatic')], max_length=24)),
                        ('kind', models.CharField(choices=[('message', 'Message'), ('acknowledgement', 'Acknowledgement'), ('notice', 'Notice of progress'), ('note', 'Internal note')], default=zhiyin.conversations.rules.MessageKind['MESSAGE'], max_length=24)),
                        ('channel', models.CharField(choices=[('portal', 'Portal'), ('email', 'E-mail'), ('phone', 'Telephone'), ('counter', 'Counter'), ('letter', 'Letter'), ('night', 'Night call'), ('chat', 'Web chat'), ('wechat', 'WeChat')], max_length=24)),
                        ('text', models.TextField()),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('satisfaction', models.CharField(blank=True, choices=[('0', 'Dissatisfied'), ('1', 'Neutral'), ('2', 'Satisfied')], default='', max_length=24)),
                        ('auto_submitted', models.BooleanField(default=False)),
                        ('external_id', models.CharField(blank=True, max_length=300)),
                        ('client_token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='conversations.conversation')),
                        ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ('conversation', 'position'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('author__in', ['customer', 'staff', 'system'])), name='message_author_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['message', 'acknowledgement', 'notice', 'note'])), name='message_kind_known'), models.CheckConstraint(condition=models.Q(('channel__in', ['portal', 'email', 'phone', 'counter', 'letter', 'night', 'chat', 'wechat'])), name='message_channel_known'), models.CheckConstraint(condition=models.Q(('satisfaction__in', ['0', '1', '2', ''])), name='message_satisfaction_known'), models.UniqueConstraint(fields=('conversation', 'position'), name='message_position'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('external_id',), name='message_external'), models.UniqueConstraint(condition=models.Q(('kind', zhiyin.conversations.rules.MessageKind['ACKNOWLEDGEMENT'])), fields=('conversation',), name='message_acknowledged_once'), models.CheckConstraint(condition=models.Q(models.Q(('author', zhiyin.conversations.rules.Author['STAFF']), _negated=True), ('staff__isnull', False), ('sent_at__isnull', True), _connector='OR'), name='message_staff_named')],
                    },
                ),
                migrations.CreateModel(
                    name='Delivery',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('transport', models.CharField(max_length=24)),
                        ('address', models.CharField(max_length=200)),
                        ('envelope_id', models.CharField(max_length=200, unique=True)),
                        ('state', models.CharField(choices=[('queued', 'Waiting to be sent'), ('sent', 'Sent'), ('failed', 'Could not be delivered')], default=zhiyin.conversations.rules.DeliveryState['QUEUED'], max_length=24)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('claim', models.PositiveIntegerField(default=1)),
                        ('queued_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField()),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('trouble', models.CharField(blank=True, choices=[('unconfigured', 'Sending is not set up yet'), ('unreachable', 'The mail server did not answer'), ('sign_in', 'The mail server did not accept our sign-in'), ('busy', 'The receiving server asks us to try later'), ('refused', 'The receiving server does not take it'), ('bounced', 'It came back'), ('unexpected', 'Something unexpected happened while sending')], default='', max_length=24)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='delivery', to='conversations.message')),
                    ],
                    options={
                        'ordering': ('due_at', 'pk'),
                        'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['due_at', 'id'], name='delivery_due'), models.Index(condition=models.Q(('state', 'failed')), fields=['message'], name='delivery_failed')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sent', 'failed'])), name='delivery_state_known'), models.CheckConstraint(condition=models.Q(('trouble__in', ['unconfigured', 'unreachable', 'sign_in', 'busy', 'refused', 'bounced', 'unexpected', ''])), name='delivery_trouble_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', zhiyin.conversations.rules.DeliveryState['SENT']), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='delivery_sent_when')],
                    },
                ),
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.storedfile')),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='conversations.message')),
                    ],
                    options={
                        'ordering': ('message', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='ConversationAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('channel', models.CharField(choices=[('portal', 'Portal'), ('email', 'E-mail'), ('phone', 'Telephone'), ('counter', 'Counter'), ('letter', 'Letter'), ('night', 'Night call'), ('chat', 'Web chat'), ('wechat', 'WeChat')], max_length=24, verbose_name='channel')),
                        ('address', models.CharField(blank=True, max_length=200)),
                        ('subject', models.CharField(blank=True, max_length=200, verbose_name='subject')),
                        ('state', models.CharField(choices=[('open', 'In progress'), ('waiting', 'Waiting for the customer'), ('done', 'Finished')], default=zhiyin.conversations.rules.State['OPEN'], max_length=24, verbose_name='state')),
                        ('created_at', models.DateTimeField()),
                        ('last_message_at', models.DateTimeField(blank=True, null=True)),
                        ('waiting_since', models.DateTimeField(blank=True, null=True)),
                        ('snoozed_until', models.DateTimeField(blank=True, null=True)),
                        ('message_count', models.PositiveIntegerField(default=0)),
                        ('preview', models.CharField(blank=True, max_length=200)),
                        ('is_history', models.BooleanField(default=False)),
                        ('source', models.CharField(blank=True, max_length=120)),
                        ('external_id', models.CharField(blank=True, max_length=120)),
                        ('satisfaction', models.CharField(blank=True, choices=[('0', 'Dissatisfied'), ('1', 'Neutral'), ('2', 'Satisfied')], default='', max_length=24, verbose_name='satisfaction')),
                        ('assignee', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                        ('customer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='customers.customer', verbose_name='customer')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='conversations.conversation')),
                        ('team', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.team', verbose_name='team')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='DeliveryAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('transport', models.CharField(max_length=24)),
                        ('address', models.CharField(max_length=200)),
                        ('envelope_id', models.CharField(max_length=200)),
                        ('state', models.CharField(choices=[('queued', 'Waiting to be sent'), ('sent', 'Sent'), ('failed', 'Could not be delivered')], default=zhiyin.conversations.rules.DeliveryState['QUEUED'], max_length=24)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('claim', models.PositiveIntegerField(default=1)),
                        ('queued_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField()),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('trouble', models.CharField(blank=True, choices=[('unconfigured', 'Sending is not set up yet'), ('unreachable', 'The mail server did not answer'), ('sign_in', 'The mail server did not accept our sign-in'), ('busy', 'The receiving server asks us to try later'), ('refused', 'The receiving server does not take it'), ('bounced', 'It came back'), ('unexpected', 'Something unexpected happened while sending')], default='', max_length=24)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='conversations.delivery')),
                        ('message', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='conversations.message')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='AttachmentAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('file', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kit.storedfile')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='conversations.attachment')),
                        ('message', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='conversations.message')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='MessageAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('position', models.PositiveIntegerField()),
                        ('author', models.CharField(choices=[('customer', 'Customer'), ('staff', 'Us'), ('system', 'Automatic')], max_length=24)),
                        ('kind', models.CharField(choices=[('message', 'Message'), ('acknowledgement', 'Acknowledgement'), ('notice', 'Notice of progress'), ('note', 'Internal note')], default=zhiyin.conversations.rules.MessageKind['MESSAGE'], max_length=24)),
                        ('channel', models.CharField(choices=[('portal', 'Portal'), ('email', 'E-mail'), ('phone', 'Telephone'), ('counter', 'Counter'), ('letter', 'Letter'), ('night', 'Night call'), ('chat', 'Web chat'), ('wechat', 'WeChat')], max_length=24)),
                        ('text', models.TextField()),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('satisfaction', models.CharField(blank=True, choices=[('0', 'Dissatisfied'), ('1', 'Neutral'), ('2', 'Satisfied')], default='', max_length=24)),
                        ('auto_submitted', models.BooleanField(default=False)),
                        ('external_id', models.CharField(blank=True, max_length=300)),
                        ('client_token', models.UUIDField(blank=True, null=True)),
                        ('conversation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='conversations.conversation')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='conversations.message')),
                        ('staff', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                zhiyin.kit.triggers.AddTriggers(
                    triggers=[('conversation', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "conversations_conversationaudit" ("address", "assignee_id", "channel", "created_at", "customer_id", "external_id", "id", "is_history", "last_message_at", "message_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preview", "satisfaction", "snoozed_until", "source", "state", "subject", "team_id", "waiting_since") VALUES (NEW."address", NEW."assignee_id", NEW."channel", NEW."created_at", NEW."customer_id", NEW."external_id", NEW."id", NEW."is_history", NEW."last_message_at", NEW."message_count", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."preview", NEW."satisfaction", NEW."snoozed_until", NEW."source", NEW."state", NEW."subject", NEW."team_id", NEW."waiting_since"); RETURN NULL;', hash='dd6a70137c55f07f56451cd381d6ea0573d2816b', operation='INSERT', pgid='pgtrigger_insert_insert_dbf94', table='conversations_conversation', when='AFTER'))), ('conversation', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "conversations_conversationaudit" ("address", "assignee_id", "channel", "created_at", "customer_id", "external_id", "id", "is_history", "last_message_at", "message_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preview", "satisfaction", "snoozed_until", "source", "state", "subject", "team_id", "waiting_since") VALUES (NEW."address", NEW."assignee_id", NEW."channel", NEW."created_at", NEW."customer_id", NEW."external_id", NEW."id", NEW."is_history", NEW."last_message_at", NEW."message_count", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."preview", NEW."satisfaction", NEW."snoozed_until", NEW."source", NEW."state", NEW."subject", NEW."team_id", NEW."waiting_since"); RETURN NULL;', hash='56ebc7160b52c5f4a8f706d5568f6ed6ea58e148', operation='UPDATE', pgid='pgtrigger_update_update_d4c71', table='conversations_conversation', when='AFTER'))), ('conversation', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "conversations_conversationaudit" ("address", "assignee_id", "channel", "created_at", "customer_id", "external_id", "id", "is_history", "last_message_at", "message_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preview", "satisfaction", "snoozed_until", "source", "state", "subject", "team_id", "waiting_since") VALUES (OLD."address", OLD."assignee_id", OLD."channel", OLD."created_at", OLD."customer_id", OLD."external_id", OLD."id", OLD."is_history", OLD."last_message_at", OLD."message_count", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."preview", OLD."satisfaction", OLD."snoozed_until", OLD."source", OLD."state", OLD."subject", OLD."team_id", OLD."waiting_since"); RETURN NULL;', hash='50a45443d7d4eec409ec8d842dfbc956bcd37c30', operation='DELETE', pgid='pgtrigger_delete_delete_f422c', table='conversations_conversation', when='AFTER'))), ('message', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "conversations_messageaudit" ("author", "auto_submitted", "channel", "client_token", "conversation_id", "external_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "satisfaction", "sent_at", "staff_id", "text") VALUES (NEW."author", NEW."auto_submitted", NEW."channel", NEW."client_token", NEW."conversation_id", NEW."external_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."satisfaction", NEW."sent_at", NEW."staff_id", NEW."text"); RETURN NULL;', hash='fc17f2c85e0f5071a05fd5cdaea5fb09c6efc1b1', operation='INSERT', pgid='pgtrigger_insert_insert_f7a85', table='conversations_message', when='AFTER'))), ('message', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "conversations_messageaudit" ("author", "auto_submitted", "channel", "client_token", "conversation_id", "external_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "satisfaction", "sent_at", "staff_id", "text") VALUES (NEW."author", NEW."auto_submitted", NEW."channel", NEW."client_token", NEW."conversation_id", NEW."external_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."satisfaction", NEW."sent_at", NEW."staff_id", NEW."text"); RETURN NULL;', hash='74792ef1e764ef9f2042ad584bef1291d8cebc06', operation='UPDATE', pgid='pgtrigger_update_update_30850', table='conversations_message', when='AFTER'))), ('message', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "conversations_messageaudit" ("author", "auto_submitted", "channel", "client_token", "conversation_id", "external_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "satisfaction", "sent_at", "staff_id", "text") VALUES (OLD."author", OLD."auto_submitted", OLD."channel", OLD."client_token", OLD."conversation_id", OLD."external_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."satisfaction", OLD."sent_at", OLD."staff_id", OLD."text"); RETURN NULL;', hash='b177c019b37888f5d8e9cc6db9146d807c15193a', operation='DELETE', pgid='pgtrigger_delete_delete_eec60', table='conversations_message', when='AFTER'))), ('delivery', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "conversations_deliveryaudit" ("address", "attempts", "claim", "due_at", "envelope_id", "id", "message_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "queued_at", "reason", "sent_at", "state", "transport", "trouble") VALUES (NEW."address", NEW."attempts", NEW."claim", NEW."due_at", NEW."envelope_id", NEW."id", NEW."message_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."queued_at", NEW."reason", NEW."sent_at", NEW."state", NEW."transport", NEW."trouble"); RETURN NULL;', hash='be281f3dd08cf85125543b96e3a2666847b711f1', operation='INSERT', pgid='pgtrigger_insert_insert_68353', table='conversations_delivery', when='AFTER'))), ('delivery', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "conversations_deliveryaudit" ("address", "attempts", "claim", "due_at", "envelope_id", "id", "message_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "queued_at", "reason", "sent_at", "state", "transport", "trouble") VALUES (NEW."address", NEW."attempts", NEW."claim", NEW."due_at", NEW."envelope_id", NEW."id", NEW."message_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."queued_at", NEW."reason", NEW."sent_at", NEW."state", NEW."transport", NEW."trouble"); RETURN NULL;', hash='63a9b87fe793a08536c56676d67909fa79661354', operation='UPDATE', pgid='pgtrigger_update_update_0c5bc', table='conversations_delivery', when='AFTER'))), ('delivery', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "conversations_deliveryaudit" ("address", "attempts", "claim", "due_at", "envelope_id", "id", "message_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "queued_at", "reason", "sent_at", "state", "transport", "trouble") VALUES (OLD."address", OLD."attempts", OLD."claim", OLD."due_at", OLD."envelope_id", OLD."id", OLD."message_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."queued_at", OLD."reason", OLD."sent_at", OLD."state", OLD."transport", OLD."trouble"); RETURN NULL;', hash='7ade837bc151a2c6668f6fa674fde0242bf88cac', operation='DELETE', pgid='pgtrigger_delete_delete_70bb1', table='conversations_delivery', when='AFTER'))), ('attachment', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "conversations_attachmentaudit" ("file_id", "id", "message_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."file_id", NEW."id", NEW."message_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='030bd7c598b50517e3411799e5568b2125204d8d', operation='INSERT', pgid='pgtrigger_insert_insert_dd29d', table='conversations_attachment', when='AFTER'))), ('attachment', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "conversations_attachmentaudit" ("file_id", "id", "message_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."file_id", NEW."id", NEW."message_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='ddc3065764a8c6614f5468138543cd2cdb06dc4e', operation='UPDATE', pgid='pgtrigger_update_update_b15aa', table='conversations_attachment', when='AFTER'))), ('attachment', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "conversations_attachmentaudit" ("file_id", "id", "message_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."file_id", OLD."id", OLD."message_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='db7b0b2012342ca11563884e916be64cda616ba9', operation='DELETE', pgid='pgtrigger_delete_delete_65018', table='conversations_attachment', when='AFTER'))), ('conversationaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='067a56f42b0990e0918a1a87c154894a1cffef52', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e56c9', table='conversations_conversationaudit', when='BEFORE'))), ('conversationaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7841083d70dbff47d97ec64a0aef3211bdbeba9a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9341c', table='conversations_conversationaudit', when='BEFORE'))), ('deliveryaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='6a8f19b833e696f811af224150dcd9b88246a0f0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e8d9f', table='conversations_deliveryaudit', when='BEFORE'))), ('deliveryaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d047bfefbd6c91ada7798bd5eb704feb8ad4727a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c4352', table='conversations_deliveryaudit', when='BEFORE'))), ('attachmentaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='cd18d5c9edd26a0f5083bf484c19f1cd37138475', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_46d6a', table='conversations_attachmentaudit', when='BEFORE'))), ('attachmentaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='98d9f0b060e2a645726c93ade84a97158131849d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_def8a', table='conversations_attachmentaudit', when='BEFORE'))), ('messageaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='c866367533aa1ed69dff02284c7c6e83a05a4d7a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_19b05', table='conversations_messageaudit', when='BEFORE'))), ('messageaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='341976d480afb39ff35a9ead9b49b942c31123f2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8f59e', table='conversations_messageaudit', when='BEFORE')))],
                ),
            ],
        ),
    ]
