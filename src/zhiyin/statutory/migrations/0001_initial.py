import django.db.models.deletion
import pgtrigger.compiler
import zhiyin.kit.triggers
import zhiyin.statutory.rules.words
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0008_expectation'),
        ('kit', '0002_guards'),
        ('people', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='LetterSeries',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='ProfileAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('sector', models.CharField(blank=True, choices=[('property', 'Property management'), ('express', 'Express delivery'), ('finance', 'Banking and insurance'), ('telecom', 'Telecommunications'), ('retail', 'Retail and online shops'), ('hotel', 'Hotels and catering'), ('cars', 'Car sales and repair'), ('other', 'Another trade')], default='', max_length=24, verbose_name='our trade')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='registered name')),
                ('address', models.CharField(blank=True, max_length=120, verbose_name='address')),
                ('postcode', models.CharField(blank=True, max_length=12, verbose_name='postcode')),
                ('telephone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('series_word', models.CharField(default='函', max_length=12, verbose_name='word of the series')),
                ('seal_place', models.CharField(blank=True, max_length=40, verbose_name='seal place')),
                ('signer', models.CharField(blank=True, max_length=40, verbose_name='who signs')),
                ('signer_title', models.CharField(blank=True, max_length=40, verbose_name='as what')),
                ('opening', models.TextField(blank=True, verbose_name='opening')),
                ('closing', models.TextField(blank=True, verbose_name='closing')),
                ('version', models.PositiveIntegerField(default=0)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StatutoryDuty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('duty', models.CharField(choices=[('accept', 'Say whether we accept it'), ('return', 'Answer the authority'), ('handle', 'Handle the complaint'), ('decide', 'The authority says whether it accepts the complaint'), ('mediate', 'The authority ends its mediation')], max_length=24)),
                ('theirs', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('running', 'Running'), ('met', 'Done'), ('stopped', 'No longer needed')], default=zhiyin.statutory.rules.words.DutyState['RUNNING'], max_length=24)),
                ('starts_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('warn_at', models.DateTimeField()),
                ('given_on', models.DateField(blank=True, null=True)),
                ('is_provisional', models.BooleanField(default=False)),
                ('warned_at', models.DateTimeField(blank=True, null=True)),
                ('breached_at', models.DateTimeField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('case', 'due_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='StatutoryDutyAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('duty', models.CharField(choices=[('accept', 'Say whether we accept it'), ('return', 'Answer the authority'), ('handle', 'Handle the complaint'), ('decide', 'The authority says whether it accepts the complaint'), ('mediate', 'The authority ends its mediation')], max_length=24)),
                ('theirs', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('running', 'Running'), ('met', 'Done'), ('stopped', 'No longer needed')], default=zhiyin.statutory.rules.words.DutyState['RUNNING'], max_length=24)),
                ('starts_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('warn_at', models.DateTimeField()),
                ('given_on', models.DateField(blank=True, null=True)),
                ('is_provisional', models.BooleanField(default=False)),
                ('warned_at', models.DateTimeField(blank=True, null=True)),
                ('breached_at', models.DateTimeField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StatutoryRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='code')),
                ('duty', models.CharField(choices=[('accept', 'Say whether we accept it'), ('return', 'Answer the authority'), ('handle', 'Handle the complaint'), ('decide', 'The authority says whether it accepts the complaint'), ('mediate', 'The authority ends its mediation')], max_length=24, verbose_name='what has to happen')),
                ('body', models.CharField(blank=True, choices=[('hotline', '12345 government hotline'), ('market', '12315 market supervision'), ('industry', 'Industry regulator'), ('consumers', "Consumers' association"), ('other', 'Another authority')], default='', max_length=24, verbose_name='authority')),
                ('sector', models.CharField(blank=True, choices=[('property', 'Property management'), ('express', 'Express delivery'), ('finance', 'Banking and insurance'), ('telecom', 'Telecommunications'), ('retail', 'Retail and online shops'), ('hotel', 'Hotels and catering'), ('cars', 'Car sales and repair'), ('other', 'Another trade')], default='', max_length=24, verbose_name='trade')),
                ('amount', models.PositiveSmallIntegerField(verbose_name='how long')),
                ('unit', models.CharField(choices=[('working_days', 'working days'), ('days', 'calendar days'), ('hours', 'hours')], max_length=24, verbose_name='unit')),
                ('starts_from', models.CharField(choices=[('received', 'the transfer reaching us'), ('accepted', 'the transfer being accepted'), ('opened', 'the complaint being raised')], max_length=24, verbose_name='counts from')),
                ('rolls', models.BooleanField(default=True, verbose_name='a last day off moves to the next working day')),
                ('remind_days', models.PositiveSmallIntegerField(default=1, verbose_name='remind so many working days before')),
                ('effective_from', models.DateField(verbose_name='in force from')),
                ('effective_to', models.DateField(blank=True, null=True, verbose_name='in force until')),
                ('basis', models.TextField(verbose_name='what it rests on')),
                ('mark', models.CharField(choices=[('V', 'Text read'), ('S', 'Secondary source'), ('U', 'Not looked up')], max_length=24, verbose_name='how well it is known')),
                ('active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'ordering': ('duty', 'body', 'sector', '-effective_from', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='StatutoryRuleAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=40, verbose_name='code')),
                ('duty', models.CharField(choices=[('accept', 'Say whether we accept it'), ('return', 'Answer the authority'), ('handle', 'Handle the complaint'), ('decide', 'The authority says whether it accepts the complaint'), ('mediate', 'The authority ends its mediation')], max_length=24, verbose_name='what has to happen')),
                ('body', models.CharField(blank=True, choices=[('hotline', '12345 government hotline'), ('market', '12315 market supervision'), ('industry', 'Industry regulator'), ('consumers', "Consumers' association"), ('other', 'Another authority')], default='', max_length=24, verbose_name='authority')),
                ('sector', models.CharField(blank=True, choices=[('property', 'Property management'), ('express', 'Express delivery'), ('finance', 'Banking and insurance'), ('telecom', 'Telecommunications'), ('retail', 'Retail and online shops'), ('hotel', 'Hotels and catering'), ('cars', 'Car sales and repair'), ('other', 'Another trade')], default='', max_length=24, verbose_name='trade')),
                ('amount', models.PositiveSmallIntegerField(verbose_name='how long')),
                ('unit', models.CharField(choices=[('working_days', 'working days'), ('days', 'calendar days'), ('hours', 'hours')], max_length=24, verbose_name='unit')),
                ('starts_from', models.CharField(choices=[('received', 'the transfer reaching us'), ('accepted', 'the transfer being accepted'), ('opened', 'the complaint being raised')], max_length=24, verbose_name='counts from')),
                ('rolls', models.BooleanField(default=True, verbose_name='a last day off moves to the next working day')),
                ('remind_days', models.PositiveSmallIntegerField(default=1, verbose_name='remind so many working days before')),
                ('effective_from', models.DateField(verbose_name='in force from')),
                ('effective_to', models.DateField(blank=True, null=True, verbose_name='in force until')),
                ('basis', models.TextField(verbose_name='what it rests on')),
                ('mark', models.CharField(choices=[('V', 'Text read'), ('S', 'Secondary source'), ('U', 'Not looked up')], max_length=24, verbose_name='how well it is known')),
                ('active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.CharField(choices=[('hotline', '12345 government hotline'), ('market', '12315 market supervision'), ('industry', 'Industry regulator'), ('consumers', "Consumers' association"), ('other', 'Another authority')], max_length=24, verbose_name='authority')),
                ('office', models.CharField(blank=True, max_length=80, verbose_name='which office')),
                ('demand', models.TextField(verbose_name='what is demanded')),
                ('received_at', models.DateTimeField(verbose_name='reached us')),
                ('stated_due_on', models.DateField(blank=True, null=True, verbose_name='deadline on the slip')),
                ('stage', models.CharField(choices=[('received', 'Reached us, not answered yet'), ('accepted', 'Accepted by us'), ('refused', 'Not accepted'), ('replied', 'Authority answered'), ('closed', 'Closed by the authority')], default=zhiyin.statutory.rules.words.TransferStage['RECEIVED'], max_length=24)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('ground', models.TextField(blank=True, verbose_name='why it is not accepted')),
                ('replied_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('result', models.TextField(blank=True, verbose_name='what the authority said')),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ('-received_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='TransferAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('body', models.CharField(choices=[('hotline', '12345 government hotline'), ('market', '12315 market supervision'), ('industry', 'Industry regulator'), ('consumers', "Consumers' association"), ('other', 'Another authority')], max_length=24, verbose_name='authority')),
                ('office', models.CharField(blank=True, max_length=80, verbose_name='which office')),
                ('demand', models.TextField(verbose_name='what is demanded')),
                ('received_at', models.DateTimeField(verbose_name='reached us')),
                ('stated_due_on', models.DateField(blank=True, null=True, verbose_name='deadline on the slip')),
                ('stage', models.CharField(choices=[('received', 'Reached us, not answered yet'), ('accepted', 'Accepted by us'), ('refused', 'Not accepted'), ('replied', 'Authority answered'), ('closed', 'Closed by the authority')], default=zhiyin.statutory.rules.words.TransferStage['RECEIVED'], max_length=24)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('ground', models.TextField(blank=True, verbose_name='why it is not accepted')),
                ('replied_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('result', models.TextField(blank=True, verbose_name='what the authority said')),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.TextField(verbose_name='ground')),
                ('granted_on', models.DateField(verbose_name='granted on')),
                ('until', models.DateField(verbose_name='until')),
                ('before_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('duty', 'at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ExtensionAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('ground', models.TextField(verbose_name='ground')),
                ('granted_on', models.DateField(verbose_name='granted on')),
                ('until', models.DateField(verbose_name='until')),
                ('before_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='statutory.extension')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reply', 'Letter of reply'), ('correction', 'Correction letter')], default=zhiyin.statutory.rules.words.LetterKind['REPLY'], max_length=24)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('waiting', 'Waits for a signature'), ('issued', 'Issued')], default=zhiyin.statutory.rules.words.LetterState['DRAFT'], max_length=24)),
                ('addressee', models.CharField(max_length=80, verbose_name='to')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('opening', models.TextField(verbose_name='opening')),
                ('finding', models.TextField(blank=True, verbose_name='what was found')),
                ('remedy', models.TextField(blank=True, verbose_name='what is put right')),
                ('prevention', models.TextField(blank=True, verbose_name='what keeps it from happening again')),
                ('closing', models.TextField(blank=True, verbose_name='closing')),
                ('signer', models.CharField(blank=True, max_length=40, verbose_name='who signs')),
                ('signer_title', models.CharField(blank=True, max_length=40, verbose_name='as what')),
                ('sent_back', models.TextField(blank=True, verbose_name='why it was sent back')),
                ('version', models.PositiveIntegerField(default=1)),
                ('written_at', models.DateTimeField()),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('sequence', models.PositiveIntegerField(blank=True, null=True)),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='number')),
                ('issued_at', models.DateTimeField(blank=True, null=True)),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='statutory.letter')),
                ('file', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.storedfile')),
                ('issued_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-written_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='LetterAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('reply', 'Letter of reply'), ('correction', 'Correction letter')], default=zhiyin.statutory.rules.words.LetterKind['REPLY'], max_length=24)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('waiting', 'Waits for a signature'), ('issued', 'Issued')], default=zhiyin.statutory.rules.words.LetterState['DRAFT'], max_length=24)),
                ('addressee', models.CharField(max_length=80, verbose_name='to')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('opening', models.TextField(verbose_name='opening')),
                ('finding', models.TextField(blank=True, verbose_name='what was found')),
                ('remedy', models.TextField(blank=True, verbose_name='what is put right')),
                ('prevention', models.TextField(blank=True, verbose_name='what keeps it from happening again')),
                ('closing', models.TextField(blank=True, verbose_name='closing')),
                ('signer', models.CharField(blank=True, max_length=40, verbose_name='who signs')),
                ('signer_title', models.CharField(blank=True, max_length=40, verbose_name='as what')),
                ('sent_back', models.TextField(blank=True, verbose_name='why it was sent back')),
                ('version', models.PositiveIntegerField(default=1)),
                ('written_at', models.DateTimeField()),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('sequence', models.PositiveIntegerField(blank=True, null=True)),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='number')),
                ('issued_at', models.DateTimeField(blank=True, null=True)),
                ('corrects', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='statutory.letter')),
                ('file', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kit.storedfile')),
                ('issued_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='statutory.letter')),
                ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sector', models.CharField(blank=True, choices=[('property', 'Property management'), ('express', 'Express delivery'), ('finance', 'Banking and insurance'), ('telecom', 'Telecommunications'), ('retail', 'Retail and online shops'), ('hotel', 'Hotels and catering'), ('cars', 'Car sales and repair'), ('other', 'Another trade')], default='', max_length=24, verbose_name='our trade')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='registered name')),
                ('address', models.CharField(blank=True, max_length=120, verbose_name='address')),
                ('postcode', models.CharField(blank=True, max_length=12, verbose_name='postcode')),
                ('telephone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('series_word', models.CharField(default='函', max_length=12, verbose_name='word of the series')),
                ('seal_place', models.CharField(blank=True, max_length=40, verbose_name='seal place')),
                ('signer', models.CharField(blank=True, max_length=40, verbose_name='who signs')),
                ('signer_title', models.CharField(blank=True, max_length=40, verbose_name='as what')),
                ('opening', models.TextField(blank=True, verbose_name='opening')),
                ('closing', models.TextField(blank=True, verbose_name='closing')),
                ('version', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='profile_single'), models.CheckConstraint(condition=models.Q(('sector__in', ['property', 'express', 'finance', 'telecom', 'retail', 'hotel', 'cars', 'other', ''])), name='profile_sector_known')],
            },
        ),
        migrations.AddField(
            model_name='profileaudit',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='profileaudit',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='statutory.profile'),
        ),
        migrations.AddField(
            model_name='statutoryduty',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='extensionaudit',
            name='duty',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='statutory.statutoryduty'),
        ),
        migrations.AddField(
            model_name='extension',
            name='duty',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='statutory.statutoryduty'),
        ),
        migrations.AddField(
            model_name='statutorydutyaudit',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='statutorydutyaudit',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='statutorydutyaudit',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='statutory.statutoryduty'),
        ),
        migrations.AddConstraint(
            model_name='statutoryrule',
            constraint=models.CheckConstraint(condition=models.Q(('duty__in', ['accept', 'return', 'handle', 'decide', 'mediate'])), name='statutoryrule_duty_known'),
        ),
        migrations.AddConstraint(
            model_name='statutoryrule',
            constraint=models.CheckConstraint(condition=models.Q(('body__in', ['hotline', 'market', 'industry', 'consumers', 'other', ''])), name='statutoryrule_body_known'),
        ),
        migrations.AddConstraint(
            model_name='statutoryrule',
            constraint=models.CheckConstraint(condition=models.Q(('sector__in', ['property', 'express', 'finance', 'telecom', 'retail', 'hotel', 'cars', 'other', ''])), name='statutoryrule_sector_known'),
        ),
        migrations.AddConstraint(
            model_name='statutoryrule',
            constraint=models.CheckConstraint(condition=models.Q(('unit__in', ['working_days', 'days', 'hours'])), name='statutoryrule_unit_known'),
        ),
        migrations.AddConstraint(
            model_name='statutoryrule',
            constraint=models.CheckConstraint(condition=models.Q(('starts_from__in', ['received', 'accepted', 'opened'])), name='statutoryrule_starts_from_known'),
        ),
        migrations.AddConstraint(
            model_name='statutoryrule',
            constraint=models.CheckConstraint(condition=models.Q(('mark__in', ['V', 'S', 'U'])), name='statutoryrule_mark_known'),
        ),
        migrations.AddConstraint(
            model_name='statutoryrule',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 1), ('amount__lte', 999)), name='statutoryrule_amount'),
        ),
        migrations.AddConstraint(
            model_name='statutoryrule',
            constraint=models.CheckConstraint(condition=models.Q(('remind_days__lte', 60)), name='statutoryrule_remind'),
        ),
        migrations.AddConstraint(
            model_name='statutoryrule',
            constraint=models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='statutoryrule_basis'),
        ),
        migrations.AddConstraint(
            model_name='statutoryrule',
            constraint=models.CheckConstraint(condition=models.Q(('effective_to__isnull', True), ('effective_to__gte', models.F('effective_from')), _connector='OR'), name='statutoryrule_dates'),
        ),
        migrations.AddConstraint(
            model_name='statutoryrule',
            constraint=models.UniqueConstraint(condition=models.Q(('active', True)), fields=('code', 'effective_from'), name='statutoryrule_version'),
        ),
        migrations.AddField(
            model_name='statutorydutyaudit',
            name='rule',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='statutory.statutoryrule'),
        ),
        migrations.AddField(
            model_name='statutoryduty',
            name='rule',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statutory.statutoryrule'),
        ),
        migrations.AddField(
            model_name='statutoryruleaudit',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='statutoryruleaudit',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='statutory.statutoryrule'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transfer',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='escalation',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.escalation'),
        ),
        migrations.AddField(
            model_name='statutorydutyaudit',
            name='transfer',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='statutory.transfer'),
        ),
        migrations.AddField(
            model_name='statutoryduty',
            name='transfer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='statutory.transfer'),
        ),
        migrations.AddField(
            model_name='letteraudit',
            name='transfer',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='statutory.transfer'),
        ),
        migrations.AddField(
            model_name='letter',
            name='transfer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='statutory.transfer'),
        ),
        migrations.AddField(
            model_name='transferaudit',
            name='by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transferaudit',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='transferaudit',
            name='escalation',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.escalation'),
        ),
        migrations.AddField(
            model_name='transferaudit',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='transferaudit',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='statutory.transfer'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('ground', ''), _negated=True), name='extension_ground'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['case', '-received_at', '-id'], name='transfer_case'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(condition=models.Q(('stage__in', [zhiyin.statutory.rules.words.TransferStage['ACCEPTED'], zhiyin.statutory.rules.words.TransferStage['RECEIVED'], zhiyin.statutory.rules.words.TransferStage['REFUSED']])), fields=['case'], name='transfer_open'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('body__in', ['hotline', 'market', 'industry', 'consumers', 'other'])), name='transfer_body_known'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['received', 'accepted', 'refused', 'replied', 'closed'])), name='transfer_stage_known'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('demand', ''), _negated=True), name='transfer_demand'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', zhiyin.statutory.rules.words.TransferStage['REFUSED']), _negated=True), models.Q(('ground', ''), _negated=True), _connector='OR'), name='transfer_refused_why'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', [zhiyin.statutory.rules.words.TransferStage['REPLIED'], zhiyin.statutory.rules.words.TransferStage['CLOSED']]), _negated=True), ('replied_at__isnull', False), _connector='OR'), name='transfer_replied_when'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('stage', zhiyin.statutory.rules.words.TransferStage['CLOSED'])), models.Q(models.Q(('stage', zhiyin.statutory.rules.words.TransferStage['CLOSED']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='transfer_closed_when'),
        ),
        migrations.AddIndex(
            model_name='statutoryduty',
            index=models.Index(condition=models.Q(('breached_at__isnull', True), ('state', 'running'), ('theirs', False)), fields=['due_at', 'id'], name='duty_due'),
        ),
        migrations.AddIndex(
            model_name='statutoryduty',
            index=models.Index(condition=models.Q(('state', 'running'), ('theirs', False), ('warned_at__isnull', True)), fields=['warn_at', 'id'], name='duty_warn'),
        ),
        migrations.AddIndex(
            model_name='statutoryduty',
            index=models.Index(condition=models.Q(('state', 'running'), ('theirs', False)), fields=['case', 'due_at'], name='duty_case_running'),
        ),
        migrations.AddConstraint(
            model_name='statutoryduty',
            constraint=models.CheckConstraint(condition=models.Q(('duty__in', ['accept', 'return', 'handle', 'decide', 'mediate'])), name='statutoryduty_duty_known'),
        ),
        migrations.AddConstraint(
            model_name='statutoryduty',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['running', 'met', 'stopped'])), name='statutoryduty_state_known'),
        ),
        migrations.AddConstraint(
            model_name='statutoryduty',
            constraint=models.UniqueConstraint(fields=('case', 'transfer', 'duty'), name='duty_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='statutoryduty',
            constraint=models.CheckConstraint(condition=models.Q(('due_at__gte', models.F('starts_at'))), name='duty_order'),
        ),
        migrations.AddConstraint(
            model_name='statutoryduty',
            constraint=models.CheckConstraint(condition=models.Q(('rule__isnull', False), ('given_on__isnull', False), _connector='OR'), name='duty_rests_on_something'),
        ),
        migrations.AddConstraint(
            model_name='statutoryduty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('state', zhiyin.statutory.rules.words.DutyState['RUNNING'])), models.Q(models.Q(('state', zhiyin.statutory.rules.words.DutyState['RUNNING']), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='duty_settled_when'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(fields=['transfer', '-written_at', '-id'], name='letter_transfer'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(fields=['-year', '-sequence'], name='letter_register'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['transfer'], name='letter_waiting'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['reply', 'correction'])), name='letter_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'waiting', 'issued'])), name='letter_state_known'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(fields=('year', 'sequence'), name='letter_number_once'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'issued'), _negated=True), fields=('transfer',), name='letter_one_under_way'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', False), ('issued_at__isnull', False), ('issued_by__isnull', False), ('sequence__isnull', False), ('state', zhiyin.statutory.rules.words.LetterState['ISSUED']), ('year__isnull', False), models.Q(('number', ''), _negated=True)), models.Q(models.Q(('state', zhiyin.statutory.rules.words.LetterState['ISSUED']), _negated=True), ('file__isnull', True), ('number', ''), ('year__isnull', True)), _connector='OR'), name='letter_issued_whole'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', [zhiyin.statutory.rules.words.LetterState['WAITING'], zhiyin.statutory.rules.words.LetterState['ISSUED']]), _negated=True), models.Q(models.Q(('finding', ''), _negated=True), models.Q(('remedy', ''), _negated=True), models.Q(('prevention', ''), _negated=True)), _connector='OR'), name='letter_covers_all'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('kind', zhiyin.statutory.rules.words.LetterKind['REPLY'])), models.Q(('corrects__isnull', False), ('kind', zhiyin.statutory.rules.words.LetterKind['CORRECTION'])), _connector='OR'), name='letter_corrects_one'),
        ),
        zhiyin.kit.triggers.AddTriggers(
            triggers=[('profile', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statutory_profileaudit" ("address", "closing", "id", "name", "opening", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "seal_place", "sector", "series_word", "signer", "signer_title", "telephone", "version") VALUES (NEW."address", NEW."closing", NEW."id", NEW."name", NEW."opening", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postcode", NEW."seal_place", NEW."sector", NEW."series_word", NEW."signer", NEW."signer_title", NEW."telephone", NEW."version"); RETURN NULL;', hash='beaa2dc4ce92f3dbfbe4ef33a3409e6c863e857a', operation='INSERT', pgid='pgtrigger_insert_insert_50aaa', table='statutory_profile', when='AFTER'))), ('profile', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "statutory_profileaudit" ("address", "closing", "id", "name", "opening", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "seal_place", "sector", "series_word", "signer", "signer_title", "telephone", "version") VALUES (NEW."address", NEW."closing", NEW."id", NEW."name", NEW."opening", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postcode", NEW."seal_place", NEW."sector", NEW."series_word", NEW."signer", NEW."signer_title", NEW."telephone", NEW."version"); RETURN NULL;', hash='cf1363c42525d75903a16494751099ea63f31685', operation='UPDATE', pgid='pgtrigger_update_update_6eff6', table='statutory_profile', when='AFTER'))), ('profile', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statutory_profileaudit" ("address", "closing", "id", "name", "opening", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "seal_place", "sector", "series_word", "signer", "signer_title", "telephone", "version") VALUES (OLD."address", OLD."closing", OLD."id", OLD."name", OLD."opening", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."postcode", OLD."seal_place", OLD."sector", OLD."series_word", OLD."signer", OLD."signer_title", OLD."telephone", OLD."version"); RETURN NULL;', hash='f6033fc45a5f7cefcb14d14c0a44e906febc4be6', operation='DELETE', pgid='pgtrigger_delete_delete_ddd42', table='statutory_profile', when='AFTER'))), ('statutoryrule', pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='67665751523ea28ea9e7308966ad04bcbd51d867', operation='DELETE', pgid='pgtrigger_never_deleted_f01ae', table='statutory_statutoryrule', when='BEFORE'))), ('statutoryrule', pgtrigger.compiler.Trigger(name='as_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."duty" IS DISTINCT FROM (NEW."duty") OR OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."sector" IS DISTINCT FROM (NEW."sector") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."starts_from" IS DISTINCT FROM (NEW."starts_from") OR OLD."rolls" IS DISTINCT FROM (NEW."rolls") OR OLD."remind_days" IS DISTINCT FROM (NEW."remind_days") OR OLD."effective_from" IS DISTINCT FROM (NEW."effective_from") OR OLD."basis" IS DISTINCT FROM (NEW."basis") OR OLD."mark" IS DISTINCT FROM (NEW."mark"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='162a56bb1ad0a8a54dd9b98d843ce56a3270a08f', operation='UPDATE', pgid='pgtrigger_as_it_was_4170c', table='statutory_statutoryrule', when='BEFORE'))), ('statutoryrule', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statutory_statutoryruleaudit" ("active", "amount", "basis", "body", "code", "duty", "effective_from", "effective_to", "id", "mark", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remind_days", "rolls", "sector", "starts_from", "unit") VALUES (NEW."active", NEW."amount", NEW."basis", NEW."body", NEW."code", NEW."duty", NEW."effective_from", NEW."effective_to", NEW."id", NEW."mark", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."remind_days", NEW."rolls", NEW."sector", NEW."starts_from", NEW."unit"); RETURN NULL;', hash='dee8e158a935d7c694de1c469dc2c284df41f748', operation='INSERT', pgid='pgtrigger_insert_insert_bbd85', table='statutory_statutoryrule', when='AFTER'))), ('statutoryrule', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "statutory_statutoryruleaudit" ("active", "amount", "basis", "body", "code", "duty", "effective_from", "effective_to", "id", "mark", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remind_days", "rolls", "sector", "starts_from", "unit") VALUES (NEW."active", NEW."amount", NEW."basis", NEW."body", NEW."code", NEW."duty", NEW."effective_from", NEW."effective_to", NEW."id", NEW."mark", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."remind_days", NEW."rolls", NEW."sector", NEW."starts_from", NEW."unit"); RETURN NULL;', hash='641f855b5d0a7d0a968005b28b3c2004a98fe469', operation='UPDATE', pgid='pgtrigger_update_update_635ba', table='statutory_statutoryrule', when='AFTER'))), ('statutoryrule', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statutory_statutoryruleaudit" ("active", "amount", "basis", "body", "code", "duty", "effective_from", "effective_to", "id", "mark", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remind_days", "rolls", "sector", "starts_from", "unit") VALUES (OLD."active", OLD."amount", OLD."basis", OLD."body", OLD."code", OLD."duty", OLD."effective_from", OLD."effective_to", OLD."id", OLD."mark", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."remind_days", OLD."rolls", OLD."sector", OLD."starts_from", OLD."unit"); RETURN NULL;', hash='34bf678f7367559486bb72f10b056b8545872ddf', operation='DELETE', pgid='pgtrigger_delete_delete_34c42', table='statutory_statutoryrule', when='AFTER'))), ('profileaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='ac7b7aefda2fba4cf12f9115338731449828c72c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_a9c88', table='statutory_profileaudit', when='BEFORE'))), ('profileaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='80a1caf5c7e49c1b4b13c718edefc7f04f13f469', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_596b6', table='statutory_profileaudit', when='BEFORE'))), ('extensionaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='eb921d2240dd7e5fc10312ec5c7879a8817ffbaa', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_89fa0', table='statutory_extensionaudit', when='BEFORE'))), ('extensionaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1f927e024b4c25b440c9b64830928f605258e760', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_41c87', table='statutory_extensionaudit', when='BEFORE'))), ('extension', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='12d69f4009d287b72a45d7c3fa71303bc0b5f381', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c4572', table='statutory_extension', when='BEFORE'))), ('extension', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statutory_extensionaudit" ("at", "before_at", "by_id", "duty_id", "granted_on", "ground", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "until") VALUES (NEW."at", NEW."before_at", NEW."by_id", NEW."duty_id", NEW."granted_on", NEW."ground", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."until"); RETURN NULL;', hash='6a1f73523a4de63832c2bcbc5ba04d18054d7e98', operation='INSERT', pgid='pgtrigger_insert_insert_6ff93', table='statutory_extension', when='AFTER'))), ('extension', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "statutory_extensionaudit" ("at", "before_at", "by_id", "duty_id", "granted_on", "ground", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "until") VALUES (NEW."at", NEW."before_at", NEW."by_id", NEW."duty_id", NEW."granted_on", NEW."ground", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."until"); RETURN NULL;', hash='c3934cb9eabe0a6b250d51fa0898c15dd71e539f', operation='UPDATE', pgid='pgtrigger_update_update_a7d84', table='statutory_extension', when='AFTER'))), ('extension', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statutory_extensionaudit" ("at", "before_at", "by_id", "duty_id", "granted_on", "ground", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "until") VALUES (OLD."at", OLD."before_at", OLD."by_id", OLD."duty_id", OLD."granted_on", OLD."ground", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."until"); RETURN NULL;', hash='925be9a8b039ccfc4c0b8ee368c7caaae320ddba', operation='DELETE', pgid='pgtrigger_delete_delete_70abc', table='statutory_extension', when='AFTER'))), ('statutoryruleaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='d70acc1877d8aecec43ac0c3c4b2fd94e805b425', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_c38c8', table='statutory_statutoryruleaudit', when='BEFORE'))), ('statutoryruleaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='464b5a7cae2915389f40e5c8416e0a7ed252beba', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bf60d', table='statutory_statutoryruleaudit', when='BEFORE'))), ('transfer', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statutory_transferaudit" ("answered_at", "at", "body", "by_id", "case_id", "closed_at", "demand", "escalation_id", "ground", "id", "office", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "replied_at", "result", "stage", "stated_due_on") VALUES (NEW."answered_at", NEW."at", NEW."body", NEW."by_id", NEW."case_id", NEW."closed_at", NEW."demand", NEW."escalation_id", NEW."ground", NEW."id", NEW."office", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."received_at", NEW."replied_at", NEW."result", NEW."stage", NEW."stated_due_on"); RETURN NULL;', hash='a9ec2b954394d867752d29f1189b36da7997c730', operation='INSERT', pgid='pgtrigger_insert_insert_78b9c', table='statutory_transfer', when='AFTER'))), ('transfer', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "statutory_transferaudit" ("answered_at", "at", "body", "by_id", "case_id", "closed_at", "demand", "escalation_id", "ground", "id", "office", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "replied_at", "result", "stage", "stated_due_on") VALUES (NEW."answered_at", NEW."at", NEW."body", NEW."by_id", NEW."case_id", NEW."closed_at", NEW."demand", NEW."escalation_id", NEW."ground", NEW."id", NEW."office", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."received_at", NEW."replied_at", NEW."result", NEW."stage", NEW."stated_due_on"); RETURN NULL;', hash='bc6c2e505c68906c805aa37d9c0981a11a576f18', operation='UPDATE', pgid='pgtrigger_update_update_24907', table='statutory_transfer', when='AFTER'))), ('transfer', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statutory_transferaudit" ("answered_at", "at", "body", "by_id", "case_id", "closed_at", "demand", "escalation_id", "ground", "id", "office", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "replied_at", "result", "stage", "stated_due_on") VALUES (OLD."answered_at", OLD."at", OLD."body", OLD."by_id", OLD."case_id", OLD."closed_at", OLD."demand", OLD."escalation_id", OLD."ground", OLD."id", OLD."office", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."received_at", OLD."replied_at", OLD."result", OLD."stage", OLD."stated_due_on"); RETURN NULL;', hash='e71dba6a503aa1f589e3bb89d1822adbbf87dafa', operation='DELETE', pgid='pgtrigger_delete_delete_0f597', table='statutory_transfer', when='AFTER'))), ('statutorydutyaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='7416da4b1d6ede3c439c86d4f775c062c28d9b99', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_a569a', table='statutory_statutorydutyaudit', when='BEFORE'))), ('statutorydutyaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='11dc2e17085bb4ad269e7281fb01345afdef5d64', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b96f0', table='statutory_statutorydutyaudit', when='BEFORE'))), ('statutoryduty', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statutory_statutorydutyaudit" ("breached_at", "case_id", "due_at", "duty", "given_on", "id", "is_provisional", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule_id", "settled_at", "starts_at", "state", "theirs", "transfer_id", "warn_at", "warned_at") VALUES (NEW."breached_at", NEW."case_id", NEW."due_at", NEW."duty", NEW."given_on", NEW."id", NEW."is_provisional", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rule_id", NEW."settled_at", NEW."starts_at", NEW."state", NEW."theirs", NEW."transfer_id", NEW."warn_at", NEW."warned_at"); RETURN NULL;', hash='2225d2e49a291cb50563f60c74b01b3a04416ea2', operation='INSERT', pgid='pgtrigger_insert_insert_2906c', table='statutory_statutoryduty', when='AFTER'))), ('statutoryduty', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "statutory_statutorydutyaudit" ("breached_at", "case_id", "due_at", "duty", "given_on", "id", "is_provisional", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule_id", "settled_at", "starts_at", "state", "theirs", "transfer_id", "warn_at", "warned_at") VALUES (NEW."breached_at", NEW."case_id", NEW."due_at", NEW."duty", NEW."given_on", NEW."id", NEW."is_provisional", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rule_id", NEW."settled_at", NEW."starts_at", NEW."state", NEW."theirs", NEW."transfer_id", NEW."warn_at", NEW."warned_at"); RETURN NULL;', hash='85c2487c37b9c677adad45dddfd3ac2ef58606b8', operation='UPDATE', pgid='pgtrigger_update_update_052f0', table='statutory_statutoryduty', when='AFTER'))), ('statutoryduty', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statutory_statutorydutyaudit" ("breached_at", "case_id", "due_at", "duty", "given_on", "id", "is_provisional", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule_id", "settled_at", "starts_at", "state", "theirs", "transfer_id", "warn_at", "warned_at") VALUES (OLD."breached_at", OLD."case_id", OLD."due_at", OLD."duty", OLD."given_on", OLD."id", OLD."is_provisional", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rule_id", OLD."settled_at", OLD."starts_at", OLD."state", OLD."theirs", OLD."transfer_id", OLD."warn_at", OLD."warned_at"); RETURN NULL;', hash='39223efee7693fdbae055ee7ab0aada9ba21f6ba', operation='DELETE', pgid='pgtrigger_delete_delete_2f7f0', table='statutory_statutoryduty', when='AFTER'))), ('letteraudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='6a2bbd2db91568d9b97377d12b1ce60b65a4c472', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_b19fb', table='statutory_letteraudit', when='BEFORE'))), ('letteraudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='75947faa4676d293f4989c6eb13d69e898be564c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_99a19', table='statutory_letteraudit', when='BEFORE'))), ('letter', pgtrigger.compiler.Trigger(name='issued_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'issued\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='df48e5fa672b13da8614e721f360a4dcb2f2bca3', operation='UPDATE OR DELETE', pgid='pgtrigger_issued_stays_5a882', table='statutory_letter', when='BEFORE'))), ('letter', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statutory_letteraudit" ("addressee", "closing", "corrects_id", "file_id", "finding", "id", "issued_at", "issued_by_id", "kind", "number", "opening", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prevention", "remedy", "sent_back", "sequence", "signer", "signer_title", "state", "title", "transfer_id", "version", "written_at", "written_by_id", "year") VALUES (NEW."addressee", NEW."closing", NEW."corrects_id", NEW."file_id", NEW."finding", NEW."id", NEW."issued_at", NEW."issued_by_id", NEW."kind", NEW."number", NEW."opening", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prevention", NEW."remedy", NEW."sent_back", NEW."sequence", NEW."signer", NEW."signer_title", NEW."state", NEW."title", NEW."transfer_id", NEW."version", NEW."written_at", NEW."written_by_id", NEW."year"); RETURN NULL;', hash='1246a42d06a095cadacb5c35babd4abd2e055f18', operation='INSERT', pgid='pgtrigger_insert_insert_8d436', table='statutory_letter', when='AFTER'))), ('letter', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "statutory_letteraudit" ("addressee", "closing", "corrects_id", "file_id", "finding", "id", "issued_at", "issued_by_id", "kind", "number", "opening", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prevention", "remedy", "sent_back", "sequence", "signer", "signer_title", "state", "title", "transfer_id", "version", "written_at", "written_by_id", "year") VALUES (NEW."addressee", NEW."closing", NEW."corrects_id", NEW."file_id", NEW."finding", NEW."id", NEW."issued_at", NEW."issued_by_id", NEW."kind", NEW."number", NEW."opening", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prevention", NEW."remedy", NEW."sent_back", NEW."sequence", NEW."signer", NEW."signer_title", NEW."state", NEW."title", NEW."transfer_id", NEW."version", NEW."written_at", NEW."written_by_id", NEW."year"); RETURN NULL;', hash='496d68a0c6806ef01284a23d93089ca48b739f08', operation='UPDATE', pgid='pgtrigger_update_update_7a7d2', table='statutory_letter', when='AFTER'))), ('letter', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statutory_letteraudit" ("addressee", "closing", "corrects_id", "file_id", "finding", "id", "issued_at", "issued_by_id", "kind", "number", "opening", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prevention", "remedy", "sent_back", "sequence", "signer", "signer_title", "state", "title", "transfer_id", "version", "written_at", "written_by_id", "year") VALUES (OLD."addressee", OLD."closing", OLD."corrects_id", OLD."file_id", OLD."finding", OLD."id", OLD."issued_at", OLD."issued_by_id", OLD."kind", OLD."number", OLD."opening", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prevention", OLD."remedy", OLD."sent_back", OLD."sequence", OLD."signer", OLD."signer_title", OLD."state", OLD."title", OLD."transfer_id", OLD."version", OLD."written_at", OLD."written_by_id", OLD."year"); RETURN NULL;', hash='b7f5d5220c022b9ae5a60b5e9c07a44cd3cf37a5', operation='DELETE', pgid='pgtrigger_delete_delete_46510', table='statutory_letter', when='AFTER'))), ('transferaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='7676b7defc50c9fa96bc493e5e70c576a7982e63', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_bfebb', table='statutory_transferaudit', when='BEFORE'))), ('transferaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7f6e0a2ca56a365cda390fa5a057240c94c81479', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e6aba', table='statutory_transferaudit', when='BEFORE')))],
        ),
    ]
