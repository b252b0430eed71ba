import django.db.models.deletion
import pgtrigger.compiler
import zhiyin.customers.rules.words
import zhiyin.kit.migrating
import zhiyin.kit.triggers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        zhiyin.kit.migrating.InOneStep(
            operations=[
                migrations.CreateModel(
                    name='Customer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('salutation', models.CharField(blank=True, max_length=40, verbose_name='form of address')),
                        ('initials', models.CharField(blank=True, editable=False, max_length=60)),
                        ('sort_key', models.CharField(blank=True, editable=False, max_length=400)),
                        ('nature', models.CharField(choices=[('person', 'Person'), ('organisation', 'Organisation')], default=zhiyin.customers.rules.words.Nature['PERSON'], max_length=24, verbose_name='nature')),
                        ('side', models.CharField(choices=[('external', 'External customer'), ('internal', 'Internal customer')], default=zhiyin.customers.rules.words.Side['EXTERNAL'], max_length=24, verbose_name='side')),
                        ('is_member', models.BooleanField(default=False, verbose_name='member')),
                        ('preferred_channel', models.CharField(blank=True, choices=[('portal', 'Portal'), ('email', 'E-mail'), ('phone', 'Telephone'), ('counter', 'Counter'), ('letter', 'Letter'), ('night', 'Night call'), ('chat', 'Web chat'), ('wechat', 'WeChat')], default='', max_length=24, verbose_name='preferred channel')),
                        ('since', models.DateField(blank=True, null=True, verbose_name='customer since')),
                        ('note', models.TextField(blank=True, verbose_name='worth knowing')),
                        ('is_placeholder', models.BooleanField(default=False)),
                        ('source', models.CharField(blank=True, max_length=120)),
                        ('external_id', models.CharField(blank=True, max_length=120)),
                        ('created_at', models.DateTimeField()),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department', verbose_name='department')),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='looked after by')),
                        ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team', verbose_name='team')),
                    ],
                    options={
                        'ordering': ('sort_key', 'pk'),
                        'indexes': [models.Index(fields=['sort_key', 'id'], name='customer_by_sound'), models.Index(fields=['team', 'sort_key', 'id'], name='customer_team_by_sound'), models.Index(fields=['owner', 'sort_key', 'id'], name='customer_owner_by_sound')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('nature__in', ['person', 'organisation'])), name='customer_nature_known'), models.CheckConstraint(condition=models.Q(('side__in', ['external', 'internal'])), name='customer_side_known'), models.CheckConstraint(condition=models.Q(('preferred_channel__in', ['portal', 'email', 'phone', 'counter', 'letter', 'night', 'chat', 'wechat', ''])), name='customer_preferred_channel_known'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('source', 'external_id'), name='customer_external'), models.CheckConstraint(condition=models.Q(models.Q(('department__isnull', True), ('side', zhiyin.customers.rules.words.Side['EXTERNAL'])), models.Q(('department__isnull', False), ('side', zhiyin.customers.rules.words.Side['INTERNAL'])), _connector='OR'), name='customer_internal_department')],
                    },
                ),
                migrations.CreateModel(
                    name='ContactPoint',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('phone', 'Telephone'), ('email', 'E-mail'), ('wechat', 'WeChat'), ('post', 'Postal address')], max_length=24, verbose_name='kind')),
                        ('value', models.CharField(max_length=200, verbose_name='value')),
                        ('label', models.CharField(blank=True, max_length=40, verbose_name='label')),
                        ('is_primary', models.BooleanField(default=False, verbose_name='first choice')),
                        ('is_confirmed', models.BooleanField(default=True, verbose_name='confirmed')),
                        ('created_at', models.DateTimeField()),
                        ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_points', to='customers.customer')),
                    ],
                    options={
                        'ordering': ('customer', '-is_primary', 'pk'),
                        'indexes': [models.Index(fields=['kind', 'value'], name='contactpoint_value')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['phone', 'email', 'wechat', 'post'])), name='contactpoint_kind_known'), models.UniqueConstraint(fields=('customer', 'kind', 'value'), name='contactpoint_once'), models.UniqueConstraint(condition=models.Q(('is_primary', True)), fields=('customer', 'kind'), name='contactpoint_one_first')],
                    },
                ),
                migrations.CreateModel(
                    name='ServiceObject',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('room', 'Room'), ('vehicle', 'Vehicle'), ('parking', 'Parking space'), ('order', 'Purchase order'), ('contract', 'Contract'), ('device', 'Device'), ('place', 'Shared place')], max_length=24, verbose_name='kind')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('code', models.CharField(max_length=60, unique=True, verbose_name='code')),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                    ],
                    options={
                        'ordering': ('name', 'pk'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['room', 'vehicle', 'parking', 'order', 'contract', 'device', 'place'])), name='serviceobject_kind_known')],
                    },
                ),
                migrations.CreateModel(
                    name='ServiceObjectAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('kind', models.CharField(choices=[('room', 'Room'), ('vehicle', 'Vehicle'), ('parking', 'Parking space'), ('order', 'Purchase order'), ('contract', 'Contract'), ('device', 'Device'), ('place', 'Shared place')], max_length=24, verbose_name='kind')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('code', models.CharField(max_length=60, verbose_name='code')),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='customers.serviceobject')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Consent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('purpose', models.CharField(choices=[('service', 'Contact about service'), ('survey', 'Satisfaction surveys'), ('marketing', 'News and offers'), ('sensitive', 'Sensitive details for emergency help')], max_length=24, verbose_name='purpose')),
                        ('text_version', models.CharField(max_length=40, verbose_name='version of the text')),
                        ('given_at', models.DateTimeField(verbose_name='given')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                        ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='customers.customer')),
                    ],
                    options={
                        'ordering': ('customer', 'purpose', '-given_at'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['service', 'survey', 'marketing', 'sensitive'])), name='consent_purpose_known'), models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('customer', 'purpose'), name='consent_one_in_force'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('withdrawn_at__gte', models.F('given_at')), _connector='OR'), name='consent_order')],
                    },
                ),
                migrations.CreateModel(
                    name='ContactReveal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('contact_point', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reveals', to='customers.contactpoint')),
                        ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reveals', to='customers.customer')),
                    ],
                    options={
                        'ordering': ('-at', '-pk'),
                    },
                ),
                migrations.CreateModel(
                    name='ContactRevealAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('at', models.DateTimeField()),
                        ('contact_point', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='customers.contactpoint')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='customers.contactreveal')),
                        ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('customer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='customers.customer')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ContactPointAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('kind', models.CharField(choices=[('phone', 'Telephone'), ('email', 'E-mail'), ('wechat', 'WeChat'), ('post', 'Postal address')], max_length=24, verbose_name='kind')),
                        ('value', models.CharField(max_length=200, verbose_name='value')),
                        ('label', models.CharField(blank=True, max_length=40, verbose_name='label')),
                        ('is_primary', models.BooleanField(default=False, verbose_name='first choice')),
                        ('is_confirmed', models.BooleanField(default=True, verbose_name='confirmed')),
                        ('created_at', models.DateTimeField()),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='customers.contactpoint')),
                        ('customer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='customers.customer')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ConsentAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('purpose', models.CharField(choices=[('service', 'Contact about service'), ('survey', 'Satisfaction surveys'), ('marketing', 'News and offers'), ('sensitive', 'Sensitive details for emergency help')], max_length=24, verbose_name='purpose')),
                        ('text_version', models.CharField(max_length=40, verbose_name='version of the text')),
                        ('given_at', models.DateTimeField(verbose_name='given')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='customers.consent')),
                        ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('customer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='customers.customer')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CustomerAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('salutation', models.CharField(blank=True, max_length=40, verbose_name='form of address')),
                        ('nature', models.CharField(choices=[('person', 'Person'), ('organisation', 'Organisation')], default=zhiyin.customers.rules.words.Nature['PERSON'], max_length=24, verbose_name='nature')),
                        ('side', models.CharField(choices=[('external', 'External customer'), ('internal', 'Internal customer')], default=zhiyin.customers.rules.words.Side['EXTERNAL'], max_length=24, verbose_name='side')),
                        ('is_member', models.BooleanField(default=False, verbose_name='member')),
                        ('preferred_channel', models.CharField(blank=True, choices=[('portal', 'Portal'), ('email', 'E-mail'), ('phone', 'Telephone'), ('counter', 'Counter'), ('letter', 'Letter'), ('night', 'Night call'), ('chat', 'Web chat'), ('wechat', 'WeChat')], default='', max_length=24, verbose_name='preferred channel')),
                        ('since', models.DateField(blank=True, null=True, verbose_name='customer since')),
                        ('note', models.TextField(blank=True, verbose_name='worth knowing')),
                        ('is_placeholder', models.BooleanField(default=False)),
                        ('source', models.CharField(blank=True, max_length=120)),
                        ('external_id', models.CharField(blank=True, max_length=120)),
                        ('created_at', models.DateTimeField()),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('department', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.department', verbose_name='department')),
                        ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='looked after by')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='customers.customer')),
                        ('team', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.team', verbose_name='team')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ObjectRelation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('relation', models.CharField(choices=[('owner', 'Owner'), ('tenant', 'Tenant'), ('family', 'Family'), ('user', 'User')], max_length=24, verbose_name='relation')),
                        ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                        ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                        ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='object_relations', to='customers.customer')),
                        ('object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='customers.serviceobject')),
                    ],
                    options={
                        'ordering': ('customer', 'pk'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('relation__in', ['owner', 'tenant', 'family', 'user'])), name='objectrelation_relation_known'), models.UniqueConstraint(fields=('customer', 'object', 'relation'), name='objectrelation_once'), models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='objectrelation_order')],
                    },
                ),
                migrations.CreateModel(
                    name='RestPeriod',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('start', models.PositiveSmallIntegerField(verbose_name='from')),
                        ('end', models.PositiveSmallIntegerField(verbose_name='to')),
                        ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rest_periods', to='customers.customer')),
                    ],
                    options={
                        'ordering': ('customer', 'start'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('end__lte', 1440), ('start__lt', 1440), models.Q(('start', models.F('end')), _negated=True)), name='restperiod_order')],
                    },
                ),
                migrations.CreateModel(
                    name='RestPeriodAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('start', models.PositiveSmallIntegerField(verbose_name='from')),
                        ('end', models.PositiveSmallIntegerField(verbose_name='to')),
                        ('customer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='customers.customer')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='customers.restperiod')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ObjectRelationAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('relation', models.CharField(choices=[('owner', 'Owner'), ('tenant', 'Tenant'), ('family', 'Family'), ('user', 'User')], max_length=24, verbose_name='relation')),
                        ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                        ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                        ('customer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='customers.customer')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='customers.objectrelation')),
                        ('object', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='customers.serviceobject')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                zhiyin.kit.triggers.AddTriggers(
                    triggers=[('customer', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_customeraudit" ("created_at", "department_id", "external_id", "id", "is_member", "is_placeholder", "name", "nature", "note", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_channel", "salutation", "side", "since", "source", "team_id", "version") VALUES (NEW."created_at", NEW."department_id", NEW."external_id", NEW."id", NEW."is_member", NEW."is_placeholder", NEW."name", NEW."nature", NEW."note", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."preferred_channel", NEW."salutation", NEW."side", NEW."since", NEW."source", NEW."team_id", NEW."version"); RETURN NULL;', hash='ef337bd83bc040d5355da519ae22efd625ee687c', operation='INSERT', pgid='pgtrigger_insert_insert_a36e0', table='customers_customer', when='AFTER'))), ('customer', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."department_id" IS DISTINCT FROM (NEW."department_id") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_member" IS DISTINCT FROM (NEW."is_member") OR OLD."is_placeholder" IS DISTINCT FROM (NEW."is_placeholder") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."nature" IS DISTINCT FROM (NEW."nature") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."preferred_channel" IS DISTINCT FROM (NEW."preferred_channel") OR OLD."salutation" IS DISTINCT FROM (NEW."salutation") OR OLD."side" IS DISTINCT FROM (NEW."side") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "customers_customeraudit" ("created_at", "department_id", "external_id", "id", "is_member", "is_placeholder", "name", "nature", "note", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_channel", "salutation", "side", "since", "source", "team_id", "version") VALUES (NEW."created_at", NEW."department_id", NEW."external_id", NEW."id", NEW."is_member", NEW."is_placeholder", NEW."name", NEW."nature", NEW."note", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."preferred_channel", NEW."salutation", NEW."side", NEW."since", NEW."source", NEW."team_id", NEW."version"); RETURN NULL;', hash='625169e440e522b24a9655514f6bef382fdd156a', operation='UPDATE', pgid='pgtrigger_update_update_ca86d', table='customers_customer', when='AFTER'))), ('customer', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_customeraudit" ("created_at", "department_id", "external_id", "id", "is_member", "is_placeholder", "name", "nature", "note", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_channel", "salutation", "side", "since", "source", "team_id", "version") VALUES (OLD."created_at", OLD."department_id", OLD."external_id", OLD."id", OLD."is_member", OLD."is_placeholder", OLD."name", OLD."nature", OLD."note", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."preferred_channel", OLD."salutation", OLD."side", OLD."since", OLD."source", OLD."team_id", OLD."version"); RETURN NULL;', hash='36c2fe7a76e942a829eb43eaa6da734bee027b82', operation='DELETE', pgid='pgtrigger_delete_delete_939ca', table='customers_customer', when='AFTER'))), ('contactpoint', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_contactpointaudit" ("created_at", "customer_id", "id", "is_confirmed", "is_primary", "kind", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") VALUES (NEW."created_at", NEW."customer_id", NEW."id", NEW."is_confirmed", NEW."is_primary", NEW."kind", NEW."label", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."value"); RETURN NULL;', hash='8022328a7dc728f6483c0ae60325e4b62ca32b6a', operation='INSERT', pgid='pgtrigger_insert_insert_c947a', table='customers_contactpoint', when='AFTER'))), ('contactpoint', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "customers_contactpointaudit" ("created_at", "customer_id", "id", "is_confirmed", "is_primary", "kind", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") VALUES (NEW."created_at", NEW."customer_id", NEW."id", NEW."is_confirmed", NEW."is_primary", NEW."kind", NEW."label", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."value"); RETURN NULL;', hash='254e95a5613a915f77cbdd35a59c10381f1dd235', operation='UPDATE', pgid='pgtrigger_update_update_90fab', table='customers_contactpoint', when='AFTER'))), ('contactpoint', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_contactpointaudit" ("created_at", "customer_id", "id", "is_confirmed", "is_primary", "kind", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") VALUES (OLD."created_at", OLD."customer_id", OLD."id", OLD."is_confirmed", OLD."is_primary", OLD."kind", OLD."label", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."value"); RETURN NULL;', hash='b124a6066efc836b40e91ddca37cfecaa96bf4a4', operation='DELETE', pgid='pgtrigger_delete_delete_f627e', table='customers_contactpoint', when='AFTER'))), ('serviceobject', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_serviceobjectaudit" ("code", "id", "kind", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."kind", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='1579a37ea11191c615102b2aa89978190a835ff8', operation='INSERT', pgid='pgtrigger_insert_insert_4a2c2', table='customers_serviceobject', when='AFTER'))), ('serviceobject', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "customers_serviceobjectaudit" ("code", "id", "kind", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."kind", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='770bc5689c9333afc25b1149b082dce4cf887f8b', operation='UPDATE', pgid='pgtrigger_update_update_62550', table='customers_serviceobject', when='AFTER'))), ('serviceobject', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_serviceobjectaudit" ("code", "id", "kind", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."id", OLD."kind", OLD."name", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='40894e9770b2f860f4cdbf44bc52b01d528c697e', operation='DELETE', pgid='pgtrigger_delete_delete_c86ad', table='customers_serviceobject', when='AFTER'))), ('serviceobjectaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='16a3d8fd8595c6d502965156d9fb9a169290e769', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_1c630', table='customers_serviceobjectaudit', when='BEFORE'))), ('serviceobjectaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e48b7ab80f866839844a5376e16e36a051bd812b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e50a6', table='customers_serviceobjectaudit', when='BEFORE'))), ('consent', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_consentaudit" ("customer_id", "given_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recorded_by_id", "text_version", "withdrawn_at") VALUES (NEW."customer_id", NEW."given_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."recorded_by_id", NEW."text_version", NEW."withdrawn_at"); RETURN NULL;', hash='81d88dadb774ecd936a32715db1a3011f4a0c653', operation='INSERT', pgid='pgtrigger_insert_insert_e6f8e', table='customers_consent', when='AFTER'))), ('consent', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "customers_consentaudit" ("customer_id", "given_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recorded_by_id", "text_version", "withdrawn_at") VALUES (NEW."customer_id", NEW."given_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."recorded_by_id", NEW."text_version", NEW."withdrawn_at"); RETURN NULL;', hash='6bd09b2c7ae3791f2d1a58d149dcf921ce5a3aad', operation='UPDATE', pgid='pgtrigger_update_update_4fa64', table='customers_consent', when='AFTER'))), ('consent', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_consentaudit" ("customer_id", "given_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recorded_by_id", "text_version", "withdrawn_at") VALUES (OLD."customer_id", OLD."given_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose", OLD."recorded_by_id", OLD."text_version", OLD."withdrawn_at"); RETURN NULL;', hash='fee45eed07f7db95de65c04da73780b4175a265d', operation='DELETE', pgid='pgtrigger_delete_delete_6ecc6', table='customers_consent', when='AFTER'))), ('contactreveal', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_contactrevealaudit" ("at", "contact_point_id", "customer_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id") VALUES (NEW."at", NEW."contact_point_id", NEW."customer_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."staff_id"); RETURN NULL;', hash='a871cbde540dcf1184182db40fc671047c8040f7', operation='INSERT', pgid='pgtrigger_insert_insert_e2a5e', table='customers_contactreveal', when='AFTER'))), ('contactreveal', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "customers_contactrevealaudit" ("at", "contact_point_id", "customer_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id") VALUES (NEW."at", NEW."contact_point_id", NEW."customer_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."staff_id"); RETURN NULL;', hash='4e7558c9160b5b80235cc658707bfd3726ca3450', operation='UPDATE', pgid='pgtrigger_update_update_c03e5', table='customers_contactreveal', when='AFTER'))), ('contactreveal', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_contactrevealaudit" ("at", "contact_point_id", "customer_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id") VALUES (OLD."at", OLD."contact_point_id", OLD."customer_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."staff_id"); RETURN NULL;', hash='3c2d480e8c0b4d206e14fb9ba1c74bc1485e7492', operation='DELETE', pgid='pgtrigger_delete_delete_1d100', table='customers_contactreveal', when='AFTER'))), ('contactrevealaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='ee9223d8e1fe960adfffb133d303a796885c3dfb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_2b0d0', table='customers_contactrevealaudit', when='BEFORE'))), ('contactrevealaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fcf17600100732202fbceba058d01f4b5327094a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_15059', table='customers_contactrevealaudit', when='BEFORE'))), ('contactpointaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='9b988b74e46d2d117eb0263b9739c1e96833d0c2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_8b84d', table='customers_contactpointaudit', when='BEFORE'))), ('contactpointaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1e332f519094efe091f7e50ac1b8832eb5789371', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a8e54', table='customers_contactpointaudit', when='BEFORE'))), ('consentaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='12ec364e50a555d8433f5ecd640a85e3acfbf7ce', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_80e4b', table='customers_consentaudit', when='BEFORE'))), ('consentaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='71187fe1dc0412811b7463571b2d71ff8968015a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6f24d', table='customers_consentaudit', when='BEFORE'))), ('customeraudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='a559aebf69bd6b7260f7d05b3cf381940b129e75', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0f7bd', table='customers_customeraudit', when='BEFORE'))), ('customeraudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='efb84972102b033f6c3ca1ca51558b56d45fa176', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bffc9', table='customers_customeraudit', when='BEFORE'))), ('objectrelation', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_objectrelationaudit" ("customer_id", "id", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "since", "until") VALUES (NEW."customer_id", NEW."id", NEW."object_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."relation", NEW."since", NEW."until"); RETURN NULL;', hash='7b34223192d811a057b1e9eb73369addb2123fa8', operation='INSERT', pgid='pgtrigger_insert_insert_a22cb', table='customers_objectrelation', when='AFTER'))), ('objectrelation', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "customers_objectrelationaudit" ("customer_id", "id", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "since", "until") VALUES (NEW."customer_id", NEW."id", NEW."object_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."relation", NEW."since", NEW."until"); RETURN NULL;', hash='460ba31323035ba45c55571d965d22c0862cfe47', operation='UPDATE', pgid='pgtrigger_update_update_8b7f5', table='customers_objectrelation', when='AFTER'))), ('objectrelation', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_objectrelationaudit" ("customer_id", "id", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "since", "until") VALUES (OLD."customer_id", OLD."id", OLD."object_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."relation", OLD."since", OLD."until"); RETURN NULL;', hash='75917cdb800c19af4001aa8331b2b45f6018d191', operation='DELETE', pgid='pgtrigger_delete_delete_4a503', table='customers_objectrelation', when='AFTER'))), ('restperiod', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_restperiodaudit" ("customer_id", "end", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start") VALUES (NEW."customer_id", NEW."end", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."start"); RETURN NULL;', hash='017052c4888488dce9daf65c1e4623827d2540fa', operation='INSERT', pgid='pgtrigger_insert_insert_d29e6', table='customers_restperiod', when='AFTER'))), ('restperiod', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "customers_restperiodaudit" ("customer_id", "end", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start") VALUES (NEW."customer_id", NEW."end", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."start"); RETURN NULL;', hash='223dd205a2f8bd4506632e53b5af100dd2984c58', operation='UPDATE', pgid='pgtrigger_update_update_fc531', table='customers_restperiod', when='AFTER'))), ('restperiod', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "customers_restperiodaudit" ("customer_id", "end", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start") VALUES (OLD."customer_id", OLD."end", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."start"); RETURN NULL;', hash='9b217c19fc8bcd8fe1fd93a879daa2637f6cc613', operation='DELETE', pgid='pgtrigger_delete_delete_cd9a0', table='customers_restperiod', when='AFTER'))), ('restperiodaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='469d7e7f0e5c085df0bd6cf29aa5ff2af5c08bf5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_4f42d', table='customers_restperiodaudit', when='BEFORE'))), ('restperiodaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7f5b9c5f36c0beb24f058ba014d6cc1d1aaf8e65', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c895d', table='customers_restperiodaudit', when='BEFORE'))), ('objectrelationaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='a420d1feafc599435b21ef0351f4036a7bf3408c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_bd1ff', table='customers_objectrelationaudit', when='BEFORE'))), ('objectrelationaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e8bc0cd29e9da0aef07a809f944d9905ce2de81e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_991c5', table='customers_objectrelationaudit', when='BEFORE')))],
                ),
            ],
        ),
    ]
