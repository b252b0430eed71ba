import django.db.models.deletion
import pgtrigger.compiler
import zhiyin.kit.triggers
import zhiyin.catalogue.rules.words
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Touchpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='place in the order')),
                ('key_factors', models.TextField(blank=True, verbose_name='what decides here, one line each')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ('position', 'name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='TouchpointAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='place in the order')),
                ('key_factors', models.TextField(blank=True, verbose_name='what decides here, one line each')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Guarantee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True, unique=True)),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('intro', models.TextField(blank=True, verbose_name='first words')),
                ('closing', models.TextField(blank=True, verbose_name='how to complain, one line a step')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('withdrawn', 'Withdrawn before it held')], default=zhiyin.catalogue.rules.words.GuaranteeState['DRAFT'], max_length=24, verbose_name='state')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='holds from')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-effective_on', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('heading', models.CharField(blank=True, max_length=40, verbose_name='under the heading')),
                ('title', models.CharField(max_length=80, verbose_name='in one line')),
                ('text', models.TextField(blank=True, verbose_name='in one or two sentences more')),
                ('measure', models.CharField(blank=True, choices=[('acknowledge', 'Told that it was received'), ('respond', 'First answer by a person'), ('judge', 'Told whose responsibility it is'), ('resolve', 'Settled for the customer'), ('help', 'Help on the spot, where something is in danger')], default='', max_length=24, verbose_name='measured by')),
                ('minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='within, minutes')),
                ('covers_all', models.BooleanField(default=False, verbose_name='holds for every case')),
                ('remedy', models.CharField(blank=True, max_length=200, verbose_name='what the customer gets when it is not kept')),
                ('remedy_amount', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='worth')),
                ('calendar', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.calendar', verbose_name='working hours')),
                ('guarantee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='catalogue.guarantee')),
            ],
            options={
                'ordering': ('guarantee', 'position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='GuaranteeAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('intro', models.TextField(blank=True, verbose_name='first words')),
                ('closing', models.TextField(blank=True, verbose_name='how to complain, one line a step')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('withdrawn', 'Withdrawn before it held')], default=zhiyin.catalogue.rules.words.GuaranteeState['DRAFT'], max_length=24, verbose_name='state')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='holds from')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='catalogue.guarantee')),
                ('published_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Procedure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('steps', models.TextField(verbose_name='steps, one line each')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='what is different, and why')),
                ('effective_on', models.DateField(verbose_name='holds from')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('item', '-effective_on', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='ServiceItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('level', models.CharField(choices=[('duty', 'Duty'), ('extra', 'Extra'), ('beyond', 'Beyond expectation')], default=zhiyin.catalogue.rules.words.Level['DUTY'], max_length=24, verbose_name='level')),
                ('standard', models.TextField(blank=True, verbose_name='hard standard, in words')),
                ('soft_side', models.TextField(blank=True, verbose_name='soft side')),
                ('measure', models.CharField(blank=True, choices=[('acknowledge', 'Told that it was received'), ('respond', 'First answer by a person'), ('judge', 'Told whose responsibility it is'), ('resolve', 'Settled for the customer'), ('help', 'Help on the spot, where something is in danger')], default='', max_length=24, verbose_name='measured by')),
                ('minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='within, minutes')),
                ('covers_all', models.BooleanField(default=False, verbose_name='holds for every case')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('version', models.PositiveIntegerField(default=1)),
                ('calendar', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.calendar', verbose_name='working hours')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department', verbose_name='responsible department')),
                ('touchpoint', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='catalogue.touchpoint', verbose_name='touchpoint')),
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ProcedureAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField()),
                ('steps', models.TextField(verbose_name='steps, one line each')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='what is different, and why')),
                ('effective_on', models.DateField(verbose_name='holds from')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='catalogue.procedure')),
                ('item', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.serviceitem')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='procedure',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='procedures', to='catalogue.serviceitem'),
        ),
        migrations.CreateModel(
            name='ClauseAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('heading', models.CharField(blank=True, max_length=40, verbose_name='under the heading')),
                ('title', models.CharField(max_length=80, verbose_name='in one line')),
                ('text', models.TextField(blank=True, verbose_name='in one or two sentences more')),
                ('measure', models.CharField(blank=True, choices=[('acknowledge', 'Told that it was received'), ('respond', 'First answer by a person'), ('judge', 'Told whose responsibility it is'), ('resolve', 'Settled for the customer'), ('help', 'Help on the spot, where something is in danger')], default='', max_length=24, verbose_name='measured by')),
                ('minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='within, minutes')),
                ('covers_all', models.BooleanField(default=False, verbose_name='holds for every case')),
                ('remedy', models.CharField(blank=True, max_length=200, verbose_name='what the customer gets when it is not kept')),
                ('remedy_amount', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='worth')),
                ('calendar', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.calendar', verbose_name='working hours')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='catalogue.clause')),
                ('guarantee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.guarantee')),
                ('item', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.serviceitem', verbose_name='service')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='clause',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.serviceitem', verbose_name='service'),
        ),
        migrations.CreateModel(
            name='ServiceItemAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('level', models.CharField(choices=[('duty', 'Duty'), ('extra', 'Extra'), ('beyond', 'Beyond expectation')], default=zhiyin.catalogue.rules.words.Level['DUTY'], max_length=24, verbose_name='level')),
                ('standard', models.TextField(blank=True, verbose_name='hard standard, in words')),
                ('soft_side', models.TextField(blank=True, verbose_name='soft side')),
                ('measure', models.CharField(blank=True, choices=[('acknowledge', 'Told that it was received'), ('respond', 'First answer by a person'), ('judge', 'Told whose responsibility it is'), ('resolve', 'Settled for the customer'), ('help', 'Help on the spot, where something is in danger')], default='', max_length=24, verbose_name='measured by')),
                ('minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='within, minutes')),
                ('covers_all', models.BooleanField(default=False, verbose_name='holds for every case')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('version', models.PositiveIntegerField(default=1)),
                ('calendar', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.calendar', verbose_name='working hours')),
                ('department', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.department', verbose_name='responsible department')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='catalogue.serviceitem')),
                ('touchpoint', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.touchpoint', verbose_name='touchpoint')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='touchpointaudit',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='touchpointaudit',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='catalogue.touchpoint'),
        ),
        migrations.AddConstraint(
            model_name='guarantee',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'withdrawn'])), name='guarantee_state_known'),
        ),
        migrations.AddConstraint(
            model_name='guarantee',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('effective_on',), name='guarantee_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='guarantee',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('state',), name='guarantee_one_draft'),
        ),
        migrations.AddConstraint(
            model_name='guarantee',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', True), ('published_at__isnull', True), ('state', zhiyin.catalogue.rules.words.GuaranteeState['DRAFT'])), models.Q(('effective_on__isnull', False), ('number__isnull', False), ('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='guarantee_published_whole'),
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=models.UniqueConstraint(fields=('item', 'number'), name='procedure_number'),
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=models.UniqueConstraint(fields=('item', 'effective_on'), name='procedure_day'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.CheckConstraint(condition=models.Q(('measure__in', ['acknowledge', 'respond', 'judge', 'resolve', 'help', ''])), name='clause_measure_known'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('calendar__isnull', True), ('measure', ''), ('minutes__isnull', True)), models.Q(models.Q(('measure', ''), _negated=True), ('minutes__gte', 1)), _connector='OR'), name='clause_target'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.CheckConstraint(condition=models.Q(('remedy_amount__isnull', True), ('remedy_amount__gte', 0), _connector='OR'), name='clause_amount'),
        ),
        migrations.AddIndex(
            model_name='serviceitem',
            index=models.Index(fields=['is_active', 'level', 'name', 'id'], name='serviceitem_listing'),
        ),
        migrations.AddConstraint(
            model_name='serviceitem',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['duty', 'extra', 'beyond'])), name='serviceitem_level_known'),
        ),
        migrations.AddConstraint(
            model_name='serviceitem',
            constraint=models.CheckConstraint(condition=models.Q(('measure__in', ['acknowledge', 'respond', 'judge', 'resolve', 'help', ''])), name='serviceitem_measure_known'),
        ),
        migrations.AddConstraint(
            model_name='serviceitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('calendar__isnull', True), ('measure', ''), ('minutes__isnull', True)), models.Q(models.Q(('measure', ''), _negated=True), ('minutes__gte', 1)), _connector='OR'), name='serviceitem_target'),
        ),
        zhiyin.kit.triggers.AddTriggers(
            triggers=[('touchpoint', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_touchpointaudit" ("id", "is_active", "key_factors", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version") VALUES (NEW."id", NEW."is_active", NEW."key_factors", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."version"); RETURN NULL;', hash='692e393ea7251ff2d7218e924eb94e1932363602', operation='INSERT', pgid='pgtrigger_insert_insert_333c7', table='catalogue_touchpoint', when='AFTER'))), ('touchpoint', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_touchpointaudit" ("id", "is_active", "key_factors", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version") VALUES (NEW."id", NEW."is_active", NEW."key_factors", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."version"); RETURN NULL;', hash='8d0bbe29249a93d71d8ab38f01b1b8332ec4c359', operation='UPDATE', pgid='pgtrigger_update_update_60d29', table='catalogue_touchpoint', when='AFTER'))), ('touchpoint', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_touchpointaudit" ("id", "is_active", "key_factors", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version") VALUES (OLD."id", OLD."is_active", OLD."key_factors", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."version"); RETURN NULL;', hash='2a1ccc8793285beda7a596d80101209af6e9ff40', operation='DELETE', pgid='pgtrigger_delete_delete_066e8', table='catalogue_touchpoint', when='AFTER'))), ('guarantee', pgtrigger.compiler.Trigger(name='published_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IN (\'published\', \'withdrawn\') AND (OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."intro" IS DISTINCT FROM (NEW."intro") OR OLD."closing" IS DISTINCT FROM (NEW."closing") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."effective_on" IS DISTINCT FROM (NEW."effective_on") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR NEW."state" = \'draft\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='034c6f27c5ea449c49a9f64613e966ac412b34d6', operation='UPDATE', pgid='pgtrigger_published_stays_45040', table='catalogue_guarantee', when='BEFORE'))), ('guarantee', pgtrigger.compiler.Trigger(name='published_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IN (\'published\', \'withdrawn\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='05847d9a3f7eab2dbba2f2725ae61e040e180aaf', operation='DELETE', pgid='pgtrigger_published_is_kept_67301', table='catalogue_guarantee', when='BEFORE'))), ('guarantee', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_guaranteeaudit" ("closing", "created_at", "created_by_id", "effective_on", "id", "intro", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "state", "title", "version") VALUES (NEW."closing", NEW."created_at", NEW."created_by_id", NEW."effective_on", NEW."id", NEW."intro", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."state", NEW."title", NEW."version"); RETURN NULL;', hash='cd3b843aae02ae8867a7d2edf5694b99f662e03a', operation='INSERT', pgid='pgtrigger_insert_insert_a7285', table='catalogue_guarantee', when='AFTER'))), ('guarantee', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_guaranteeaudit" ("closing", "created_at", "created_by_id", "effective_on", "id", "intro", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "state", "title", "version") VALUES (NEW."closing", NEW."created_at", NEW."created_by_id", NEW."effective_on", NEW."id", NEW."intro", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."state", NEW."title", NEW."version"); RETURN NULL;', hash='317a9d40949f1e47eaf6e4b305b797a7203a0904', operation='UPDATE', pgid='pgtrigger_update_update_46687', table='catalogue_guarantee', when='AFTER'))), ('guarantee', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_guaranteeaudit" ("closing", "created_at", "created_by_id", "effective_on", "id", "intro", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "state", "title", "version") VALUES (OLD."closing", OLD."created_at", OLD."created_by_id", OLD."effective_on", OLD."id", OLD."intro", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."published_by_id", OLD."state", OLD."title", OLD."version"); RETURN NULL;', hash='cf0bf8bf1088eb752c8498f33c5ff8a92724a3b5', operation='DELETE', pgid='pgtrigger_delete_delete_459cb', table='catalogue_guarantee', when='AFTER'))), ('guaranteeaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='04f5fe773c64b23aac82efa608c20cd78af84d5c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_6b011', table='catalogue_guaranteeaudit', when='BEFORE'))), ('guaranteeaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1d129af44f98adae3ebdf4599bfb47bc49a425e0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_934f8', table='catalogue_guaranteeaudit', when='BEFORE'))), ('procedureaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='d42ed9a613301cc91cad0dc8f864bd38e63fc7f2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f25ac', table='catalogue_procedureaudit', when='BEFORE'))), ('procedureaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4196acf7c822ca8354c37d994ef523cd106d431f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7100e', table='catalogue_procedureaudit', when='BEFORE'))), ('procedure', pgtrigger.compiler.Trigger(name='stays_once_in_force', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."effective_on" <= CURRENT_DATE)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='acc7ae3c64d0f1999407f9b60e3cc68222917c9b', operation='UPDATE', pgid='pgtrigger_stays_once_in_force_783ef', table='catalogue_procedure', when='BEFORE'))), ('procedure', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_procedureaudit" ("at", "by_id", "effective_on", "id", "item_id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "steps") VALUES (NEW."at", NEW."by_id", NEW."effective_on", NEW."id", NEW."item_id", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."steps"); RETURN NULL;', hash='b2412edbab18ea1eb5ea10e6fe59317655328fd3', operation='INSERT', pgid='pgtrigger_insert_insert_e82df', table='catalogue_procedure', when='AFTER'))), ('procedure', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_procedureaudit" ("at", "by_id", "effective_on", "id", "item_id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "steps") VALUES (NEW."at", NEW."by_id", NEW."effective_on", NEW."id", NEW."item_id", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."steps"); RETURN NULL;', hash='2f09faa5f6c1de2f8f983633a42017f249b61a82', operation='UPDATE', pgid='pgtrigger_update_update_f0ef1', table='catalogue_procedure', when='AFTER'))), ('procedure', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_procedureaudit" ("at", "by_id", "effective_on", "id", "item_id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "steps") VALUES (OLD."at", OLD."by_id", OLD."effective_on", OLD."id", OLD."item_id", OLD."note", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."steps"); RETURN NULL;', hash='efb21fdb5fcbd781e6fc596b9bdbeb5596d4e0fb', operation='DELETE', pgid='pgtrigger_delete_delete_a0561', table='catalogue_procedure', when='AFTER'))), ('clauseaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='45762d4d7655c2e6ec45996f445700748646232c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_c75ab', table='catalogue_clauseaudit', when='BEFORE'))), ('clauseaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='61fe5e938ad939d500e223ea4a37a15ccad207da', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b4af0', table='catalogue_clauseaudit', when='BEFORE'))), ('clause', pgtrigger.compiler.Trigger(name='frozen_new', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM catalogue_guarantee\n        WHERE id = NEW.guarantee_id AND state <> 'draft'\n    ) THEN\n        RAISE EXCEPTION 'pgtrigger: Cannot change the clauses of a published guarantee';\n    END IF;\n    RETURN NEW;\n", hash='1db2e421e6d65ebadaea1c2dd0f014f646c3156c', operation='INSERT OR UPDATE', pgid='pgtrigger_frozen_new_5d385', table='catalogue_clause', when='BEFORE'))), ('clause', pgtrigger.compiler.Trigger(name='frozen_old', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM catalogue_guarantee\n        WHERE id = OLD.guarantee_id AND state <> 'draft'\n    ) THEN\n        RAISE EXCEPTION 'pgtrigger: Cannot change the clauses of a published guarantee';\n    END IF;\n    RETURN OLD;\n", hash='3d89a330f63c682607d3f6ea58871a21c04dded0', operation='DELETE', pgid='pgtrigger_frozen_old_14da4', table='catalogue_clause', when='BEFORE'))), ('clause', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_clauseaudit" ("calendar_id", "covers_all", "guarantee_id", "heading", "id", "item_id", "measure", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "remedy", "remedy_amount", "text", "title") VALUES (NEW."calendar_id", NEW."covers_all", NEW."guarantee_id", NEW."heading", NEW."id", NEW."item_id", NEW."measure", NEW."minutes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."remedy", NEW."remedy_amount", NEW."text", NEW."title"); RETURN NULL;', hash='e744eccf1637c4200b39ff51750ae0afc8786901', operation='INSERT', pgid='pgtrigger_insert_insert_faa45', table='catalogue_clause', when='AFTER'))), ('clause', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_clauseaudit" ("calendar_id", "covers_all", "guarantee_id", "heading", "id", "item_id", "measure", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "remedy", "remedy_amount", "text", "title") VALUES (NEW."calendar_id", NEW."covers_all", NEW."guarantee_id", NEW."heading", NEW."id", NEW."item_id", NEW."measure", NEW."minutes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."remedy", NEW."remedy_amount", NEW."text", NEW."title"); RETURN NULL;', hash='67048d61dd26b1b7bee4cf327645a835b28ba145', operation='UPDATE', pgid='pgtrigger_update_update_22210', table='catalogue_clause', when='AFTER'))), ('clause', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_clauseaudit" ("calendar_id", "covers_all", "guarantee_id", "heading", "id", "item_id", "measure", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "remedy", "remedy_amount", "text", "title") VALUES (OLD."calendar_id", OLD."covers_all", OLD."guarantee_id", OLD."heading", OLD."id", OLD."item_id", OLD."measure", OLD."minutes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."remedy", OLD."remedy_amount", OLD."text", OLD."title"); RETURN NULL;', hash='368569b1c1c0c9ab5b36c624af567423126dc890', operation='DELETE', pgid='pgtrigger_delete_delete_c6a3e', table='catalogue_clause', when='AFTER'))), ('serviceitemaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='076240d8e6f3167b8278f0987944f5364b051939', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_752b7', table='catalogue_serviceitemaudit', when='BEFORE'))), ('serviceitemaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e0ff188b0c9c81f6f8c6a9ef3fa1c45317a241c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6b68a', table='catalogue_serviceitemaudit', when='BEFORE'))), ('serviceitem', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_serviceitemaudit" ("calendar_id", "covers_all", "department_id", "id", "is_active", "level", "measure", "minutes", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "soft_side", "standard", "touchpoint_id", "version") VALUES (NEW."calendar_id", NEW."covers_all", NEW."department_id", NEW."id", NEW."is_active", NEW."level", NEW."measure", NEW."minutes", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."soft_side", NEW."standard", NEW."touchpoint_id", NEW."version"); RETURN NULL;', hash='d36835eef8dd4c5fa6ca7a862cbbc8bcc026a867', operation='INSERT', pgid='pgtrigger_insert_insert_d6182', table='catalogue_serviceitem', when='AFTER'))), ('serviceitem', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_serviceitemaudit" ("calendar_id", "covers_all", "department_id", "id", "is_active", "level", "measure", "minutes", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "soft_side", "standard", "touchpoint_id", "version") VALUES (NEW."calendar_id", NEW."covers_all", NEW."department_id", NEW."id", NEW."is_active", NEW."level", NEW."measure", NEW."minutes", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."soft_side", NEW."standard", NEW."touchpoint_id", NEW."version"); RETURN NULL;', hash='850a1ed3d536f3a503def54547ad478032c7e97c', operation='UPDATE', pgid='pgtrigger_update_update_8602f', table='catalogue_serviceitem', when='AFTER'))), ('serviceitem', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_serviceitemaudit" ("calendar_id", "covers_all", "department_id", "id", "is_active", "level", "measure", "minutes", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "soft_side", "standard", "touchpoint_id", "version") VALUES (OLD."calendar_id", OLD."covers_all", OLD."department_id", OLD."id", OLD."is_active", OLD."level", OLD."measure", OLD."minutes", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."soft_side", OLD."standard", OLD."touchpoint_id", OLD."version"); RETURN NULL;', hash='2f185a24f2bf5103f6892182b0d0abc21e9d5e3b', operation='DELETE', pgid='pgtrigger_delete_delete_08c0a', table='catalogue_serviceitem', when='AFTER'))), ('touchpointaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='d185320c78de72421e9f076a2c416533d4dbb003', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0de9f', table='catalogue_touchpointaudit', when='BEFORE'))), ('touchpointaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d29eaba8db3d768ca45b316d6a074a2d169c19bb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_96f08', table='catalogue_touchpointaudit', when='BEFORE')))],
        ),
    ]
