"""Money: kinds of expense, limits, budgets, expenses; and the indexes the three measures are read by."""

import django.db.models.deletion
import pgtrigger.compiler
import zhiyin.cases.rules.money
import zhiyin.cases.rules.words
import zhiyin.kit.triggers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_catalogue'),
        ('conversations', '0001_initial'),
        ('customers', '0001_initial'),
        ('people', '0001_initial'),
        ('people', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Budget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(choices=[('month', 'Month'), ('quarter', 'Quarter'), ('year', 'Calendar year')], max_length=24, verbose_name='period')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='to')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                ('warn_share', models.PositiveSmallIntegerField(default=80, verbose_name='warn when this share is used, %')),
            ],
            options={
                'ordering': ('-starts_on', 'period', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='BudgetAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('period', models.CharField(choices=[('month', 'Month'), ('quarter', 'Quarter'), ('year', 'Calendar year')], max_length=24, verbose_name='period')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='to')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                ('warn_share', models.PositiveSmallIntegerField(default=80, verbose_name='warn when this share is used, %')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Expense',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('nature', models.CharField(choices=[('remedy', 'Making good'), ('goodwill', 'Goodwill')], max_length=24)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                ('text', models.TextField(verbose_name='what for')),
                ('state', models.CharField(choices=[('waiting', 'Waits for approval'), ('approved', 'Approved, not spent yet'), ('spent', 'Spent'), ('used', 'Went into the remedy'), ('refused', 'Not approved'), ('withdrawn', 'Taken back')], max_length=24)),
                ('asked_at', models.DateTimeField()),
                ('booked_on', models.DateField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_limit', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('is_over_budget', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ('case', 'asked_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ExpenseAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('round', models.PositiveSmallIntegerField()),
                ('nature', models.CharField(choices=[('remedy', 'Making good'), ('goodwill', 'Goodwill')], max_length=24)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                ('text', models.TextField(verbose_name='what for')),
                ('state', models.CharField(choices=[('waiting', 'Waits for approval'), ('approved', 'Approved, not spent yet'), ('spent', 'Spent'), ('used', 'Went into the remedy'), ('refused', 'Not approved'), ('withdrawn', 'Taken back')], max_length=24)),
                ('asked_at', models.DateTimeField()),
                ('booked_on', models.DateField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_limit', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('is_over_budget', models.BooleanField(default=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExpenseKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='name')),
                ('nature', models.CharField(choices=[('remedy', 'Making good'), ('goodwill', 'Goodwill')], max_length=24, verbose_name='remedy or goodwill')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place in the list')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ExpenseKindAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('nature', models.CharField(choices=[('remedy', 'Making good'), ('goodwill', 'Goodwill')], max_length=24, verbose_name='remedy or goodwill')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place in the list')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExpenseLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('agent', 'Customer service agent'), ('supervisor', 'Customer service supervisor'), ('handler', 'Department handler'), ('quality', 'Quality manager'), ('researcher', 'Satisfaction researcher'), ('administrator', 'Administrator')], max_length=24, verbose_name='role')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='for each act')),
            ],
            options={
                'ordering': ('role', 'kind', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ExpenseLimitAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('agent', 'Customer service agent'), ('supervisor', 'Customer service supervisor'), ('handler', 'Department handler'), ('quality', 'Quality manager'), ('researcher', 'Satisfaction researcher'), ('administrator', 'Administrator')], max_length=24, verbose_name='role')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='for each act')),
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
            field=models.CharField(choices=[('opened', 'Received'), ('acknowledged', 'Acknowledged'), ('taken', 'Taken on'), ('helped', 'Help was given'), ('judged', 'Judged'), ('explained', 'Explained and closed'), ('offered', 'Passed to the department'), ('accepted', 'Accepted by the department'), ('refused', 'Refused by the department'), ('agreed', 'Time agreed with the customer'), ('investigated', 'Investigated'), ('proposed', 'Proposal made'), ('withdrawn', 'Proposal withdrawn'), ('submitted', 'Proposals handed to the supervisor'), ('approved', 'Proposals approved'), ('sent_back', 'Proposals sent back'), ('chosen', 'The customer chose'), ('none_fits', 'The customer found none of them fitting'), ('remedied', 'Carried out'), ('confirmed', 'Confirmed'), ('reopened', 'Reopened'), ('closed', 'Closed'), ('archived', 'Archived'), ('escalated', 'Escalated'), ('linked', 'Linked with another case'), ('merged', 'Merged'), ('unmerged', 'Merge undone'), ('noted', 'Note'), ('reassigned', 'Handed over'), ('corrected', 'Details corrected'), ('link_sent', 'Link sent to the customer'), ('link_opened', 'The customer opened the link'), ('promised', 'Promised'), ('money_asked', 'Money asked for'), ('money_spent', 'Money spent'), ('money_approved', 'Money approved'), ('money_refused', 'Money not approved'), ('money_back', 'No more money needed'), ('clock_soon', 'Time is getting short'), ('clock_over', 'Time has run out')], max_length=24),
        ),
        migrations.AlterField(
            model_name='caseeventaudit',
            name='kind',
            field=models.CharField(choices=[('opened', 'Received'), ('acknowledged', 'Acknowledged'), ('taken', 'Taken on'), ('helped', 'Help was given'), ('judged', 'Judged'), ('explained', 'Explained and closed'), ('offered', 'Passed to the department'), ('accepted', 'Accepted by the department'), ('refused', 'Refused by the department'), ('agreed', 'Time agreed with the customer'), ('investigated', 'Investigated'), ('proposed', 'Proposal made'), ('withdrawn', 'Proposal withdrawn'), ('submitted', 'Proposals handed to the supervisor'), ('approved', 'Proposals approved'), ('sent_back', 'Proposals sent back'), ('chosen', 'The customer chose'), ('none_fits', 'The customer found none of them fitting'), ('remedied', 'Carried out'), ('confirmed', 'Confirmed'), ('reopened', 'Reopened'), ('closed', 'Closed'), ('archived', 'Archived'), ('escalated', 'Escalated'), ('linked', 'Linked with another case'), ('merged', 'Merged'), ('unmerged', 'Merge undone'), ('noted', 'Note'), ('reassigned', 'Handed over'), ('corrected', 'Details corrected'), ('link_sent', 'Link sent to the customer'), ('link_opened', 'The customer opened the link'), ('promised', 'Promised'), ('money_asked', 'Money asked for'), ('money_spent', 'Money spent'), ('money_approved', 'Money approved'), ('money_refused', 'Money not approved'), ('money_back', 'No more money needed'), ('clock_soon', 'Time is getting short'), ('clock_over', 'Time has run out')], max_length=24),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('resolved_at__isnull', False)), fields=['resolved_at', 'id'], name='case_settled'),
        ),
        migrations.AddIndex(
            model_name='caseevent',
            index=models.Index(condition=models.Q(('stage_before', zhiyin.cases.rules.words.Stage['APPROVED']), ('stage_after', zhiyin.cases.rules.words.Stage['APPROVED']), _connector='OR'), fields=['case', 'at'], name='caseevent_choice'),
        ),
        migrations.AddConstraint(
            model_name='caseevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['opened', 'acknowledged', 'taken', 'helped', 'judged', 'explained', 'offered', 'accepted', 'refused', 'agreed', 'investigated', 'proposed', 'withdrawn', 'submitted', 'approved', 'sent_back', 'chosen', 'none_fits', 'remedied', 'confirmed', 'reopened', 'closed', 'archived', 'escalated', 'linked', 'merged', 'unmerged', 'noted', 'reassigned', 'corrected', 'link_sent', 'link_opened', 'promised', 'money_asked', 'money_spent', 'money_approved', 'money_refused', 'money_back', 'clock_soon', 'clock_over'])), name='caseevent_kind_known'),
        ),
        migrations.AddField(
            model_name='budget',
            name='department',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department', verbose_name='department'),
        ),
        migrations.AddField(
            model_name='budget',
            name='team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team', verbose_name='team'),
        ),
        migrations.AddField(
            model_name='budgetaudit',
            name='department',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.department', verbose_name='department'),
        ),
        migrations.AddField(
            model_name='budgetaudit',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='budgetaudit',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='cases.budget'),
        ),
        migrations.AddField(
            model_name='budgetaudit',
            name='team',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.team', verbose_name='team'),
        ),
        migrations.AddField(
            model_name='expense',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='expense',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expenses', to='cases.case'),
        ),
        migrations.AddField(
            model_name='expense',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='expense',
            name='department',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department'),
        ),
        migrations.AddField(
            model_name='expense',
            name='remedy',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='expense', to='cases.remedy'),
        ),
        migrations.AddField(
            model_name='expense',
            name='team',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team'),
        ),
        migrations.AddField(
            model_name='expenseaudit',
            name='asked_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='expenseaudit',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='expenseaudit',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='expenseaudit',
            name='department',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.department'),
        ),
        migrations.AddField(
            model_name='expenseaudit',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='expenseaudit',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='cases.expense'),
        ),
        migrations.AddField(
            model_name='expenseaudit',
            name='remedy',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.remedy'),
        ),
        migrations.AddField(
            model_name='expenseaudit',
            name='team',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.team'),
        ),
        migrations.AddConstraint(
            model_name='expensekind',
            constraint=models.CheckConstraint(condition=models.Q(('nature__in', ['remedy', 'goodwill'])), name='expensekind_nature_known'),
        ),
        migrations.AddField(
            model_name='expenseaudit',
            name='kind',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.expensekind', verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='expense',
            name='kind',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.expensekind', verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='budgetaudit',
            name='kind',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.expensekind', verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='budget',
            name='kind',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.expensekind', verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='expensekindaudit',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='expensekindaudit',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='cases.expensekind'),
        ),
        migrations.AddField(
            model_name='expenselimit',
            name='kind',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='limits', to='cases.expensekind', verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='expenselimitaudit',
            name='kind',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.expensekind', verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='expenselimitaudit',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='expenselimitaudit',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='cases.expenselimit'),
        ),
        migrations.AddIndex(
            model_name='expense',
            index=models.Index(fields=['case', 'asked_at'], name='expense_case'),
        ),
        migrations.AddIndex(
            model_name='expense',
            index=models.Index(fields=['booked_on', 'state'], name='expense_booked'),
        ),
        migrations.AddIndex(
            model_name='expense',
            index=models.Index(condition=models.Q(('state', zhiyin.cases.rules.money.ExpenseState['WAITING'])), fields=['asked_at', 'id'], name='expense_waiting'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(('nature__in', ['remedy', 'goodwill'])), name='expense_nature_known'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'approved', 'spent', 'used', 'refused', 'withdrawn'])), name='expense_state_known'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='expense_amount'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', models.F('asked_by')), _negated=True), name='expense_never_ones_own'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', zhiyin.cases.rules.money.ExpenseState['APPROVED']), _negated=True), ('decided_by__isnull', False), _connector='OR'), name='expense_approved_by'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(('decision_limit__isnull', True), ('state', zhiyin.cases.rules.money.ExpenseState['REFUSED']), ('decision_limit__gte', models.F('amount')), _connector='OR'), name='expense_within_limit'),
        ),
        migrations.AddIndex(
            model_name='budget',
            index=models.Index(fields=['starts_on', 'ends_on'], name='budget_period'),
        ),
        migrations.AddConstraint(
            model_name='budget',
            constraint=models.CheckConstraint(condition=models.Q(('period__in', ['month', 'quarter', 'year'])), name='budget_period_known'),
        ),
        migrations.AddConstraint(
            model_name='budget',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='budget_amount'),
        ),
        migrations.AddConstraint(
            model_name='budget',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__lt', models.F('ends_on'))), name='budget_order'),
        ),
        migrations.AddConstraint(
            model_name='budget',
            constraint=models.CheckConstraint(condition=models.Q(('warn_share__gte', 1), ('warn_share__lte', 99)), name='budget_warn_share'),
        ),
        migrations.AddConstraint(
            model_name='budget',
            constraint=models.CheckConstraint(condition=models.Q(('department__isnull', True), ('team__isnull', True), _connector='OR'), name='budget_one_place'),
        ),
        migrations.AddConstraint(
            model_name='budget',
            constraint=models.UniqueConstraint(fields=('kind', 'department', 'team', 'period', 'starts_on'), name='budget_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='expenselimit',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['agent', 'supervisor', 'handler', 'quality', 'researcher', 'administrator'])), name='expenselimit_role_known'),
        ),
        migrations.AddConstraint(
            model_name='expenselimit',
            constraint=models.UniqueConstraint(fields=('role', 'kind'), name='expenselimit_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='expenselimit',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='expenselimit_amount'),
        ),
        migrations.AddIndex(
            model_name='confirmation',
            index=models.Index(condition=models.Q(('reached', True)), fields=['at', 'case'], name='confirmation_answered'),
        ),
        migrations.AddIndex(
            model_name='confirmation',
            index=models.Index(condition=models.Q(('reached', True)), fields=['case', 'at'], name='confirmation_first'),
        ),
        zhiyin.kit.triggers.AddTriggers(
            triggers=[('expensekind', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_expensekindaudit" ("id", "is_active", "name", "nature", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."id", NEW."is_active", NEW."name", NEW."nature", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position"); RETURN NULL;', hash='5ac32dfde611589ab2c1d6d62740400edbe9a0d5', operation='INSERT', pgid='pgtrigger_insert_insert_834ad', table='cases_expensekind', when='AFTER'))), ('expensekind', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_expensekindaudit" ("id", "is_active", "name", "nature", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."id", NEW."is_active", NEW."name", NEW."nature", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position"); RETURN NULL;', hash='8ff0b841de0b055180e8b66f692087efb12cbb08', operation='UPDATE', pgid='pgtrigger_update_update_99860', table='cases_expensekind', when='AFTER'))), ('expensekind', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_expensekindaudit" ("id", "is_active", "name", "nature", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (OLD."id", OLD."is_active", OLD."name", OLD."nature", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position"); RETURN NULL;', hash='9f9b0d0fc7dd0615e597ee0f13915a08f2db2830', operation='DELETE', pgid='pgtrigger_delete_delete_4f5f1', table='cases_expensekind', when='AFTER'))), ('expenseaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='1623da268118fcf689c5582340583e15293c243a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_86d7a', table='cases_expenseaudit', when='BEFORE'))), ('expenseaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e6ac9a6927b2d5f6e62ccd8696c772a9666a9033', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8f3f7', table='cases_expenseaudit', when='BEFORE'))), ('expense', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_expenseaudit" ("amount", "asked_at", "asked_by_id", "booked_on", "case_id", "decided_at", "decided_by_id", "decision_limit", "department_id", "id", "is_over_budget", "kind_id", "nature", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "remedy_id", "round", "state", "team_id", "text") VALUES (NEW."amount", NEW."asked_at", NEW."asked_by_id", NEW."booked_on", NEW."case_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_limit", NEW."department_id", NEW."id", NEW."is_over_budget", NEW."kind_id", NEW."nature", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."remedy_id", NEW."round", NEW."state", NEW."team_id", NEW."text"); RETURN NULL;', hash='8c4733c401def480fa53eeee346556af44898b44', operation='INSERT', pgid='pgtrigger_insert_insert_51a1b', table='cases_expense', when='AFTER'))), ('expense', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_expenseaudit" ("amount", "asked_at", "asked_by_id", "booked_on", "case_id", "decided_at", "decided_by_id", "decision_limit", "department_id", "id", "is_over_budget", "kind_id", "nature", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "remedy_id", "round", "state", "team_id", "text") VALUES (NEW."amount", NEW."asked_at", NEW."asked_by_id", NEW."booked_on", NEW."case_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_limit", NEW."department_id", NEW."id", NEW."is_over_budget", NEW."kind_id", NEW."nature", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."remedy_id", NEW."round", NEW."state", NEW."team_id", NEW."text"); RETURN NULL;', hash='51a9b485c524fe2fc6b8cfe92a2fe32332ded324', operation='UPDATE', pgid='pgtrigger_update_update_29a60', table='cases_expense', when='AFTER'))), ('expense', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_expenseaudit" ("amount", "asked_at", "asked_by_id", "booked_on", "case_id", "decided_at", "decided_by_id", "decision_limit", "department_id", "id", "is_over_budget", "kind_id", "nature", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "remedy_id", "round", "state", "team_id", "text") VALUES (OLD."amount", OLD."asked_at", OLD."asked_by_id", OLD."booked_on", OLD."case_id", OLD."decided_at", OLD."decided_by_id", OLD."decision_limit", OLD."department_id", OLD."id", OLD."is_over_budget", OLD."kind_id", OLD."nature", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."remedy_id", OLD."round", OLD."state", OLD."team_id", OLD."text"); RETURN NULL;', hash='a81016bc91094bba876655ca7a051ae5949115e4', operation='DELETE', pgid='pgtrigger_delete_delete_e2459', table='cases_expense', when='AFTER'))), ('budgetaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='05bcd0cc195f7a7c86eb1a06f923bda313a28cf5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_1cc6e', table='cases_budgetaudit', when='BEFORE'))), ('budgetaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8721a4f7ad80169fefb50f466509a8d1efd7ed52', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_daf47', table='cases_budgetaudit', when='BEFORE'))), ('budget', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_budgetaudit" ("amount", "department_id", "ends_on", "id", "kind_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "team_id", "warn_share") VALUES (NEW."amount", NEW."department_id", NEW."ends_on", NEW."id", NEW."kind_id", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."team_id", NEW."warn_share"); RETURN NULL;', hash='8acb67f505cba81054432981333ea527c543aaa3', operation='INSERT', pgid='pgtrigger_insert_insert_442d4', table='cases_budget', when='AFTER'))), ('budget', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_budgetaudit" ("amount", "department_id", "ends_on", "id", "kind_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "team_id", "warn_share") VALUES (NEW."amount", NEW."department_id", NEW."ends_on", NEW."id", NEW."kind_id", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on", NEW."team_id", NEW."warn_share"); RETURN NULL;', hash='7567d90c86c930462ce73f4a8e3d8c52de14abce', operation='UPDATE', pgid='pgtrigger_update_update_ce1eb', table='cases_budget', when='AFTER'))), ('budget', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_budgetaudit" ("amount", "department_id", "ends_on", "id", "kind_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "team_id", "warn_share") VALUES (OLD."amount", OLD."department_id", OLD."ends_on", OLD."id", OLD."kind_id", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_on", OLD."team_id", OLD."warn_share"); RETURN NULL;', hash='44dd7d1c6e5ba24ea27a4eef1df319c0fd63e1be', operation='DELETE', pgid='pgtrigger_delete_delete_ae6d3', table='cases_budget', when='AFTER'))), ('expensekindaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='0ddf361d5a17bff1e9fb8b741d84ee0e1f61d7bf', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f4058', table='cases_expensekindaudit', when='BEFORE'))), ('expensekindaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='54bdd89cbc4451819dfa3bbad038ceeebb94a0fe', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5c954', table='cases_expensekindaudit', when='BEFORE'))), ('expenselimit', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_expenselimitaudit" ("amount", "id", "kind_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (NEW."amount", NEW."id", NEW."kind_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role"); RETURN NULL;', hash='283c1799092571c22a930e5a4e1f41282fd6ed44', operation='INSERT', pgid='pgtrigger_insert_insert_84c0a', table='cases_expenselimit', when='AFTER'))), ('expenselimit', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_expenselimitaudit" ("amount", "id", "kind_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (NEW."amount", NEW."id", NEW."kind_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role"); RETURN NULL;', hash='88deba2723d256a16355f518bd5755ea330695e0', operation='UPDATE', pgid='pgtrigger_update_update_6b0d4', table='cases_expenselimit', when='AFTER'))), ('expenselimit', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_expenselimitaudit" ("amount", "id", "kind_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (OLD."amount", OLD."id", OLD."kind_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role"); RETURN NULL;', hash='65d5aba5052836273d57b1fadb7ca701dc5a108c', operation='DELETE', pgid='pgtrigger_delete_delete_a635f', table='cases_expenselimit', when='AFTER'))), ('expenselimitaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='0491ac81a7899923b9ccd94a5f3f510fa4dd0b4d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0d7f7', table='cases_expenselimitaudit', when='BEFORE'))), ('expenselimitaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5c4e7e13d9c246000fd02bc186790820199f8c32', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_54760', table='cases_expenselimitaudit', when='BEFORE')))],
        ),
    ]
