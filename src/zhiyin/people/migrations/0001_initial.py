import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import zhiyin.kit.migrating
import zhiyin.kit.triggers
import zhiyin.people.rules
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        zhiyin.kit.migrating.InOneStep(
            operations=[
                migrations.CreateModel(
                    name='Calendar',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                        ('zone', models.CharField(default='Asia/Shanghai', max_length=64, verbose_name='time zone')),
                        ('always', models.BooleanField(default=False, verbose_name='round the clock')),
                        ('observes_statutory', models.BooleanField(default=True, verbose_name='observes statutory holidays')),
                        ('version', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ('name', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Department',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                        ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.calendar', verbose_name='working calendar')),
                    ],
                    options={
                        'ordering': ('name', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Team',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                        ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.calendar', verbose_name='working calendar')),
                    ],
                    options={
                        'ordering': ('name', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Staff',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('username', models.CharField(max_length=60, unique=True, verbose_name='sign-in name')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                        ('name', models.CharField(max_length=60, verbose_name='name')),
                        ('role', models.CharField(choices=[('agent', 'Customer service agent'), ('supervisor', 'Customer service supervisor'), ('handler', 'Department handler'), ('quality', 'Quality manager'), ('researcher', 'Satisfaction researcher'), ('administrator', 'Administrator')], max_length=24, verbose_name='role')),
                        ('approval_limit', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='approval limit')),
                        ('capacity', models.PositiveSmallIntegerField(default=20, verbose_name='open cases at a time')),
                        ('on_call', models.BooleanField(default=False, verbose_name='on call')),
                        ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('zh-hant', '繁體中文'), ('en', 'English')], default=zhiyin.people.rules.Language['ZH_HANS'], max_length=24, verbose_name='language')),
                        ('theme', models.CharField(choices=[('auto', 'As the device'), ('light', 'Light'), ('dark', 'Dark')], default=zhiyin.people.rules.Theme['AUTO'], max_length=24, verbose_name='appearance')),
                        ('shortcuts', models.BooleanField(default=True, verbose_name='single-letter shortcuts')),
                        ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                        ('created_at', models.DateTimeField()),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.department', verbose_name='department')),
                        ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.team', verbose_name='team')),
                        ('skills', models.ManyToManyField(blank=True, related_name='+', through='people.StaffSkill', to='people.skill', verbose_name='skills')),
                    ],
                    options={
                        'ordering': ('name', 'pk'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['agent', 'supervisor', 'handler', 'quality', 'researcher', 'administrator'])), name='staff_role_known'), models.CheckConstraint(condition=models.Q(('theme__in', ['auto', 'light', 'dark'])), name='staff_theme_known'), models.CheckConstraint(condition=models.Q(('language__in', ['zh-hans', 'zh-hant', 'en'])), name='staff_language_known'), models.CheckConstraint(condition=models.Q(('approval_limit__gte', 0)), name='staff_approval_limit'), models.CheckConstraint(condition=models.Q(models.Q(('role', zhiyin.people.rules.Role['HANDLER']), _negated=True), ('department__isnull', False), _connector='OR'), name='staff_handler_department'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', [zhiyin.people.rules.Role['AGENT'], zhiyin.people.rules.Role['SUPERVISOR']]), _negated=True), ('team__isnull', False), _connector='OR'), name='staff_service_team'), models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='staff_username_nocase'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='staff_email_nocase')],
                    },
                ),
                migrations.CreateModel(
                    name='CalendarAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('zone', models.CharField(default='Asia/Shanghai', max_length=64, verbose_name='time zone')),
                        ('always', models.BooleanField(default=False, verbose_name='round the clock')),
                        ('observes_statutory', models.BooleanField(default=True, verbose_name='observes statutory holidays')),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='people.calendar')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CalendarException',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('date', models.DateField(verbose_name='date')),
                        ('start', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='from')),
                        ('end', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='to')),
                        ('note', models.CharField(blank=True, max_length=120, verbose_name='reason')),
                        ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exceptions', to='people.calendar')),
                    ],
                    options={
                        'ordering': ('calendar', 'date', 'start'),
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('end__isnull', True), ('start__isnull', True)), models.Q(('end__lte', 1440), ('start__lt', models.F('end'))), _connector='OR'), name='calendarexception_order')],
                    },
                ),
                migrations.CreateModel(
                    name='CalendarExceptionAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('date', models.DateField(verbose_name='date')),
                        ('start', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='from')),
                        ('end', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='to')),
                        ('note', models.CharField(blank=True, max_length=120, verbose_name='reason')),
                        ('calendar', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.calendar')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='people.calendarexception')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CalendarPeriod',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('weekday', models.PositiveSmallIntegerField(verbose_name='weekday')),
                        ('start', models.PositiveSmallIntegerField(verbose_name='from')),
                        ('end', models.PositiveSmallIntegerField(verbose_name='to')),
                        ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='periods', to='people.calendar')),
                    ],
                    options={
                        'ordering': ('calendar', 'weekday', 'start'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='calendarperiod_weekday'), models.CheckConstraint(condition=models.Q(('end__lte', 1440), ('start__lt', models.F('end'))), name='calendarperiod_order')],
                    },
                ),
                migrations.CreateModel(
                    name='CalendarPeriodAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('weekday', models.PositiveSmallIntegerField(verbose_name='weekday')),
                        ('start', models.PositiveSmallIntegerField(verbose_name='from')),
                        ('end', models.PositiveSmallIntegerField(verbose_name='to')),
                        ('calendar', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.calendar')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='people.calendarperiod')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='DepartmentAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('calendar', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.calendar', verbose_name='working calendar')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='people.department')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                        ('name', models.CharField(max_length=60, verbose_name='name')),
                        ('role', models.CharField(choices=[('agent', 'Customer service agent'), ('supervisor', 'Customer service supervisor'), ('handler', 'Department handler'), ('quality', 'Quality manager'), ('researcher', 'Satisfaction researcher'), ('administrator', 'Administrator')], max_length=24, verbose_name='role')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('created_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.department')),
                        ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.team')),
                    ],
                    options={
                        'ordering': ('-created_at', '-pk'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['agent', 'supervisor', 'handler', 'quality', 'researcher', 'administrator'])), name='invitation_role_known')],
                    },
                ),
                migrations.CreateModel(
                    name='InvitationAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                        ('name', models.CharField(max_length=60, verbose_name='name')),
                        ('role', models.CharField(choices=[('agent', 'Customer service agent'), ('supervisor', 'Customer service supervisor'), ('handler', 'Department handler'), ('quality', 'Quality manager'), ('researcher', 'Satisfaction researcher'), ('administrator', 'Administrator')], max_length=24, verbose_name='role')),
                        ('created_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('department', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.department')),
                        ('invited_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='people.invitation')),
                        ('staff', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('team', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.team')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Organisation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('place', models.CharField(blank=True, max_length=80, verbose_name='place or branch')),
                        ('mark', models.CharField(blank=True, max_length=4, verbose_name='two-character mark')),
                        ('phone', models.CharField(blank=True, max_length=40, verbose_name='service telephone')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='sender address')),
                        ('outside_routes', models.TextField(blank=True, verbose_name='outside routes for complaints')),
                        ('principles', models.TextField(blank=True, verbose_name='declared principles')),
                        ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('zh-hant', '繁體中文'), ('en', 'English')], default=zhiyin.people.rules.Language['ZH_HANS'], max_length=24, verbose_name='language')),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('default_team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.team', verbose_name='team for new cases')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='organisation_single'), models.CheckConstraint(condition=models.Q(('language__in', ['zh-hans', 'zh-hant', 'en'])), name='organisation_language_known')],
                    },
                ),
                migrations.CreateModel(
                    name='OrganisationAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('place', models.CharField(blank=True, max_length=80, verbose_name='place or branch')),
                        ('mark', models.CharField(blank=True, max_length=4, verbose_name='two-character mark')),
                        ('phone', models.CharField(blank=True, max_length=40, verbose_name='service telephone')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='sender address')),
                        ('outside_routes', models.TextField(blank=True, verbose_name='outside routes for complaints')),
                        ('principles', models.TextField(blank=True, verbose_name='declared principles')),
                        ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('zh-hant', '繁體中文'), ('en', 'English')], default=zhiyin.people.rules.Language['ZH_HANS'], max_length=24, verbose_name='language')),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='people.organisation')),
                        ('default_team', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.team', verbose_name='team for new cases')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Session',
                    fields=[
                        ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                        ('session_data', models.TextField(verbose_name='session data')),
                        ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                        ('staff', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'session',
                        'verbose_name_plural': 'sessions',
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Skill',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                    ],
                    options={
                        'ordering': ('name', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='SkillAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('name', models.CharField(max_length=60, verbose_name='name')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='people.skill')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='StaffAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('username', models.CharField(max_length=60, verbose_name='sign-in name')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                        ('name', models.CharField(max_length=60, verbose_name='name')),
                        ('role', models.CharField(choices=[('agent', 'Customer service agent'), ('supervisor', 'Customer service supervisor'), ('handler', 'Department handler'), ('quality', 'Quality manager'), ('researcher', 'Satisfaction researcher'), ('administrator', 'Administrator')], max_length=24, verbose_name='role')),
                        ('approval_limit', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='approval limit')),
                        ('capacity', models.PositiveSmallIntegerField(default=20, verbose_name='open cases at a time')),
                        ('on_call', models.BooleanField(default=False, verbose_name='on call')),
                        ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('zh-hant', '繁體中文'), ('en', 'English')], default=zhiyin.people.rules.Language['ZH_HANS'], max_length=24, verbose_name='language')),
                        ('theme', models.CharField(choices=[('auto', 'As the device'), ('light', 'Light'), ('dark', 'Dark')], default=zhiyin.people.rules.Theme['AUTO'], max_length=24, verbose_name='appearance')),
                        ('shortcuts', models.BooleanField(default=True, verbose_name='single-letter shortcuts')),
                        ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                        ('created_at', models.DateTimeField()),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('department', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.department', verbose_name='department')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to=settings.AUTH_USER_MODEL)),
                        ('team', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.team', verbose_name='team')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='StaffSkill',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staff_rows', to='people.skill')),
                        ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skill_rows', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ('staff', 'skill'),
                        'constraints': [models.UniqueConstraint(fields=('staff', 'skill'), name='staffskill_once')],
                    },
                ),
                migrations.CreateModel(
                    name='StaffSkillAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='people.staffskill')),
                        ('skill', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.skill')),
                        ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='StatutoryDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('date', models.DateField(unique=True, verbose_name='date')),
                        ('kind', models.CharField(choices=[('holiday', 'Statutory holiday'), ('workday', 'Swapped working day')], max_length=24, verbose_name='kind')),
                        ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                    ],
                    options={
                        'ordering': ('date',),
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['holiday', 'workday'])), name='statutoryday_kind_known')],
                    },
                ),
                migrations.CreateModel(
                    name='StatutoryDayAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('date', models.DateField(verbose_name='date')),
                        ('kind', models.CharField(choices=[('holiday', 'Statutory holiday'), ('workday', 'Swapped working day')], max_length=24, verbose_name='kind')),
                        ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='people.statutoryday')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='TeamAudit',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('calendar', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.calendar', verbose_name='working calendar')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='people.team')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                zhiyin.kit.triggers.AddTriggers(
                    triggers=[('calendar', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_calendaraudit" ("always", "id", "name", "observes_statutory", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "zone") VALUES (NEW."always", NEW."id", NEW."name", NEW."observes_statutory", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version", NEW."zone"); RETURN NULL;', hash='e60cf21bc60436d13fddffc0e4ee9aa48e144436', operation='INSERT', pgid='pgtrigger_insert_insert_d9bf5', table='people_calendar', when='AFTER'))), ('calendar', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_calendaraudit" ("always", "id", "name", "observes_statutory", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "zone") VALUES (NEW."always", NEW."id", NEW."name", NEW."observes_statutory", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version", NEW."zone"); RETURN NULL;', hash='26975b1c0aeba6c697efe5c739d1ea85a285be4d', operation='UPDATE', pgid='pgtrigger_update_update_62f23', table='people_calendar', when='AFTER'))), ('calendar', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_calendaraudit" ("always", "id", "name", "observes_statutory", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "zone") VALUES (OLD."always", OLD."id", OLD."name", OLD."observes_statutory", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version", OLD."zone"); RETURN NULL;', hash='0bb8a517a3cb0818e6354823a5f61183537e216d', operation='DELETE', pgid='pgtrigger_delete_delete_6a9c2', table='people_calendar', when='AFTER'))), ('department', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_departmentaudit" ("calendar_id", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."calendar_id", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;', hash='5975ce7cfcd3a4e479fd65eb6cfa47e00e1608e0', operation='INSERT', pgid='pgtrigger_insert_insert_36849', table='people_department', when='AFTER'))), ('department', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_departmentaudit" ("calendar_id", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."calendar_id", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;', hash='d3e35f3362916cee69ea497bec208d354ec25ca9', operation='UPDATE', pgid='pgtrigger_update_update_1de4f', table='people_department', when='AFTER'))), ('department', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_departmentaudit" ("calendar_id", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."calendar_id", OLD."id", OLD."is_active", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;', hash='090a43ea4fe0d2e3836708586c5d889ac7bb0e7d', operation='DELETE', pgid='pgtrigger_delete_delete_9c058', table='people_department', when='AFTER'))), ('team', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_teamaudit" ("calendar_id", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."calendar_id", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;', hash='b5f42a2f7bb714c356912321dcf9537671f3013e', operation='INSERT', pgid='pgtrigger_insert_insert_344e5', table='people_team', when='AFTER'))), ('team', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_teamaudit" ("calendar_id", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."calendar_id", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;', hash='35fa637470e35ca6dcf6d4119ac1557172197b9b', operation='UPDATE', pgid='pgtrigger_update_update_cda79', table='people_team', when='AFTER'))), ('team', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_teamaudit" ("calendar_id", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."calendar_id", OLD."id", OLD."is_active", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;', hash='a4b83e071f566f14e44c6dc052d9d79bc47b4012', operation='DELETE', pgid='pgtrigger_delete_delete_d418f', table='people_team', when='AFTER'))), ('staff', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_staffaudit" ("approval_limit", "capacity", "created_at", "department_id", "email", "id", "is_active", "language", "name", "on_call", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "shortcuts", "team_id", "theme", "username", "version") VALUES (NEW."approval_limit", NEW."capacity", NEW."created_at", NEW."department_id", NEW."email", NEW."id", NEW."is_active", NEW."language", NEW."name", NEW."on_call", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."shortcuts", NEW."team_id", NEW."theme", NEW."username", NEW."version"); RETURN NULL;', hash='9e894e0d510d6f5661c3e722fd2b08aba0695ce7', operation='INSERT', pgid='pgtrigger_insert_insert_444e5', table='people_staff', when='AFTER'))), ('staff', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."approval_limit" IS DISTINCT FROM (NEW."approval_limit") OR OLD."capacity" IS DISTINCT FROM (NEW."capacity") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."department_id" IS DISTINCT FROM (NEW."department_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."on_call" IS DISTINCT FROM (NEW."on_call") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."shortcuts" IS DISTINCT FROM (NEW."shortcuts") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."theme" IS DISTINCT FROM (NEW."theme") OR OLD."username" IS DISTINCT FROM (NEW."username") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "people_staffaudit" ("approval_limit", "capacity", "created_at", "department_id", "email", "id", "is_active", "language", "name", "on_call", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "shortcuts", "team_id", "theme", "username", "version") VALUES (NEW."approval_limit", NEW."capacity", NEW."created_at", NEW."department_id", NEW."email", NEW."id", NEW."is_active", NEW."language", NEW."name", NEW."on_call", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."shortcuts", NEW."team_id", NEW."theme", NEW."username", NEW."version"); RETURN NULL;', hash='ef1c39cc72bb7d6b5a2283ea9c26e867c924d98b', operation='UPDATE', pgid='pgtrigger_update_update_f756f', table='people_staff', when='AFTER'))), ('staff', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_staffaudit" ("approval_limit", "capacity", "created_at", "department_id", "email", "id", "is_active", "language", "name", "on_call", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "shortcuts", "team_id", "theme", "username", "version") VALUES (OLD."approval_limit", OLD."capacity", OLD."created_at", OLD."department_id", OLD."email", OLD."id", OLD."is_active", OLD."language", OLD."name", OLD."on_call", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."shortcuts", OLD."team_id", OLD."theme", OLD."username", OLD."version"); RETURN NULL;', hash='ae9504a410b6998f179c474e2e19ebf53a6b5243', operation='DELETE', pgid='pgtrigger_delete_delete_b2d8b', table='people_staff', when='AFTER'))), ('calendaraudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='4bc093bf1cb3e427f2e669ee1d967e49feb21b9f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f1877', table='people_calendaraudit', when='BEFORE'))), ('calendaraudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2be09db9009b113d638accaf897223ceecf15635', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1a14d', table='people_calendaraudit', when='BEFORE'))), ('calendarexception', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_calendarexceptionaudit" ("calendar_id", "date", "end", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start") VALUES (NEW."calendar_id", NEW."date", NEW."end", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."start"); RETURN NULL;', hash='882f7d251154a550a1a0d321c502d4574b7e005a', operation='INSERT', pgid='pgtrigger_insert_insert_ebb22', table='people_calendarexception', when='AFTER'))), ('calendarexception', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_calendarexceptionaudit" ("calendar_id", "date", "end", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start") VALUES (NEW."calendar_id", NEW."date", NEW."end", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."start"); RETURN NULL;', hash='372a0a8f848707a09e0ec48f3e4b4386bc2d02cb', operation='UPDATE', pgid='pgtrigger_update_update_45f31', table='people_calendarexception', when='AFTER'))), ('calendarexception', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_calendarexceptionaudit" ("calendar_id", "date", "end", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start") VALUES (OLD."calendar_id", OLD."date", OLD."end", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."start"); RETURN NULL;', hash='4299380bb2dfb3e21cd6a531335a5f8b26d2cdf6', operation='DELETE', pgid='pgtrigger_delete_delete_ab1d1', table='people_calendarexception', when='AFTER'))), ('calendarexceptionaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='58b37ac78ba1b343537ac0fc0f837021c9ed628f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_83fad', table='people_calendarexceptionaudit', when='BEFORE'))), ('calendarexceptionaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c125f8d51e0ffeef4cfe23a2781cf2d3e45e87fd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b70d4', table='people_calendarexceptionaudit', when='BEFORE'))), ('calendarperiod', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_calendarperiodaudit" ("calendar_id", "end", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start", "weekday") VALUES (NEW."calendar_id", NEW."end", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."start", NEW."weekday"); RETURN NULL;', hash='724ac3439a2e3bb0abccf796389764f73ae0160b', operation='INSERT', pgid='pgtrigger_insert_insert_6a064', table='people_calendarperiod', when='AFTER'))), ('calendarperiod', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_calendarperiodaudit" ("calendar_id", "end", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start", "weekday") VALUES (NEW."calendar_id", NEW."end", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."start", NEW."weekday"); RETURN NULL;', hash='603e7f927c6cbc8cee2443a9bcf3877134b2a0f8', operation='UPDATE', pgid='pgtrigger_update_update_9978f', table='people_calendarperiod', when='AFTER'))), ('calendarperiod', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_calendarperiodaudit" ("calendar_id", "end", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start", "weekday") VALUES (OLD."calendar_id", OLD."end", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."start", OLD."weekday"); RETURN NULL;', hash='1c6c3f9cc42f13cdaf6801442c135e3763df8fa4', operation='DELETE', pgid='pgtrigger_delete_delete_09f8f', table='people_calendarperiod', when='AFTER'))), ('calendarperiodaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='9fd321455a9935a0bef6ca712470c65a75855d4d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_70203', table='people_calendarperiodaudit', when='BEFORE'))), ('calendarperiodaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8ca980672aeb38a666a0c3bafa373602fe53c36a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c1875', table='people_calendarperiodaudit', when='BEFORE'))), ('departmentaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='bc239c0107271245843d86c31c7024e0c975c5c7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_8242f', table='people_departmentaudit', when='BEFORE'))), ('departmentaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3574695e31a05c38da0191bbb5ab4907b2d654c9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f1b67', table='people_departmentaudit', when='BEFORE'))), ('invitation', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_invitationaudit" ("accepted_at", "created_at", "department_id", "email", "expires_at", "id", "invited_by_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role", "staff_id", "team_id") VALUES (NEW."accepted_at", NEW."created_at", NEW."department_id", NEW."email", NEW."expires_at", NEW."id", NEW."invited_by_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."role", NEW."staff_id", NEW."team_id"); RETURN NULL;', hash='3094dba5eb6b7f6a9edc939c2f391822e6f705bd', operation='INSERT', pgid='pgtrigger_insert_insert_6ecd8', table='people_invitation', when='AFTER'))), ('invitation', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."accepted_at" IS DISTINCT FROM (NEW."accepted_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."department_id" IS DISTINCT FROM (NEW."department_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_by_id" IS DISTINCT FROM (NEW."invited_by_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."staff_id" IS DISTINCT FROM (NEW."staff_id") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id"))', func='INSERT INTO "people_invitationaudit" ("accepted_at", "created_at", "department_id", "email", "expires_at", "id", "invited_by_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role", "staff_id", "team_id") VALUES (NEW."accepted_at", NEW."created_at", NEW."department_id", NEW."email", NEW."expires_at", NEW."id", NEW."invited_by_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."role", NEW."staff_id", NEW."team_id"); RETURN NULL;', hash='665134b0bc264584b67d1fc6ce7e83eb4e06d315', operation='UPDATE', pgid='pgtrigger_update_update_1209f', table='people_invitation', when='AFTER'))), ('invitation', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_invitationaudit" ("accepted_at", "created_at", "department_id", "email", "expires_at", "id", "invited_by_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role", "staff_id", "team_id") VALUES (OLD."accepted_at", OLD."created_at", OLD."department_id", OLD."email", OLD."expires_at", OLD."id", OLD."invited_by_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revoked_at", OLD."role", OLD."staff_id", OLD."team_id"); RETURN NULL;', hash='f5f17763b97b1afd06a39c495c3a5128bcf58e34', operation='DELETE', pgid='pgtrigger_delete_delete_88427', table='people_invitation', when='AFTER'))), ('invitationaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='9ff3018497c4529f6711d52e01571febb4496593', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e5560', table='people_invitationaudit', when='BEFORE'))), ('invitationaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='53079a52ee3cec9cad20021323f0f9337e944026', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_61b12', table='people_invitationaudit', when='BEFORE'))), ('organisation', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_organisationaudit" ("default_team_id", "email", "id", "language", "mark", "name", "outside_routes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place", "principles", "version") VALUES (NEW."default_team_id", NEW."email", NEW."id", NEW."language", NEW."mark", NEW."name", NEW."outside_routes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."place", NEW."principles", NEW."version"); RETURN NULL;', hash='2bfb8a096f1561af97ba87c53749f67701d31fc3', operation='INSERT', pgid='pgtrigger_insert_insert_d087f', table='people_organisation', when='AFTER'))), ('organisation', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_organisationaudit" ("default_team_id", "email", "id", "language", "mark", "name", "outside_routes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place", "principles", "version") VALUES (NEW."default_team_id", NEW."email", NEW."id", NEW."language", NEW."mark", NEW."name", NEW."outside_routes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."place", NEW."principles", NEW."version"); RETURN NULL;', hash='251b6a690e508249c386cd883ebedee48a312024', operation='UPDATE', pgid='pgtrigger_update_update_c3fee', table='people_organisation', when='AFTER'))), ('organisation', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_organisationaudit" ("default_team_id", "email", "id", "language", "mark", "name", "outside_routes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place", "principles", "version") VALUES (OLD."default_team_id", OLD."email", OLD."id", OLD."language", OLD."mark", OLD."name", OLD."outside_routes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."place", OLD."principles", OLD."version"); RETURN NULL;', hash='4fdb3162758f36a6177c70eaa7c99113f6d01a75', operation='DELETE', pgid='pgtrigger_delete_delete_637d9', table='people_organisation', when='AFTER'))), ('organisationaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='cc677a6cdddc75d587828e4c4dd0177a4f203d63', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_7e783', table='people_organisationaudit', when='BEFORE'))), ('organisationaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c0b74b658384b9b6233bcdf86ad15ef8cbab6adf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ebc19', table='people_organisationaudit', when='BEFORE'))), ('skill', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_skillaudit" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='7cf09582b4215f474c1fb77fbbe934dba1b5f1aa', operation='INSERT', pgid='pgtrigger_insert_insert_a19f2', table='people_skill', when='AFTER'))), ('skill', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_skillaudit" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='753cf5509473a900269974a231222d49ecfccee7', operation='UPDATE', pgid='pgtrigger_update_update_0bd18', table='people_skill', when='AFTER'))), ('skill', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_skillaudit" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='a03e447a11518c0f2bd5b2fcbb39f9d4b60e7090', operation='DELETE', pgid='pgtrigger_delete_delete_921b4', table='people_skill', when='AFTER'))), ('skillaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='88addbb6288342e2a2432cfac91c832f1e2fc431', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0d430', table='people_skillaudit', when='BEFORE'))), ('skillaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ee3eea0ee077c6d244c702599af40c195a8460ad', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a72e1', table='people_skillaudit', when='BEFORE'))), ('staffaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='b9ba3a99f6a66baf9b54743e34f62994a4b767bf', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_8fcb7', table='people_staffaudit', when='BEFORE'))), ('staffaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3da5bd23e59fa4dca0a5be5d36bda5e0107fa38e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_33dff', table='people_staffaudit', when='BEFORE'))), ('staffskill', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_staffskillaudit" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "staff_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."skill_id", NEW."staff_id"); RETURN NULL;', hash='057b6bafeb06c53688fc674d91475eaabca36e56', operation='INSERT', pgid='pgtrigger_insert_insert_debcd', table='people_staffskill', when='AFTER'))), ('staffskill', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_staffskillaudit" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "staff_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."skill_id", NEW."staff_id"); RETURN NULL;', hash='dbdc05aa96ac078812b67aed12b8c23c4a8efd42', operation='UPDATE', pgid='pgtrigger_update_update_e185d', table='people_staffskill', when='AFTER'))), ('staffskill', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_staffskillaudit" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "staff_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."skill_id", OLD."staff_id"); RETURN NULL;', hash='d4cefa702e0645b730a684aacb4e19f856543d84', operation='DELETE', pgid='pgtrigger_delete_delete_2b739', table='people_staffskill', when='AFTER'))), ('staffskillaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='cc298f7c075d11ccafa94ea9d23fd178fa80b2b7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_142a0', table='people_staffskillaudit', when='BEFORE'))), ('staffskillaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='26dbe1bacc17802d578ca39eb41d785505b9cc89', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fa268', table='people_staffskillaudit', when='BEFORE'))), ('statutoryday', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_statutorydayaudit" ("date", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."date", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source"); RETURN NULL;', hash='72904adfdb074d7eb85a91409d7ec70030a0a37c', operation='INSERT', pgid='pgtrigger_insert_insert_e1e49', table='people_statutoryday', when='AFTER'))), ('statutoryday', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_statutorydayaudit" ("date", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."date", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source"); RETURN NULL;', hash='0bb7c78a1ad599ed909a69486b71274e6649163d', operation='UPDATE', pgid='pgtrigger_update_update_d504f', table='people_statutoryday', when='AFTER'))), ('statutoryday', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_statutorydayaudit" ("date", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (OLD."date", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source"); RETURN NULL;', hash='7a80d89f00df39cbda2e4560a9ee3dbdeda5c889', operation='DELETE', pgid='pgtrigger_delete_delete_0834e', table='people_statutoryday', when='AFTER'))), ('statutorydayaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='99e206d4225076cba7b82d72de7be2b3bfd4dcef', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e0ef0', table='people_statutorydayaudit', when='BEFORE'))), ('statutorydayaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='97e5e0c6994578a972ece5ff3073266563f30736', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_03b40', table='people_statutorydayaudit', when='BEFORE'))), ('teamaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='8bc9580ad3b5c29594ffeb736608ff4b99511245', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_ddb94', table='people_teamaudit', when='BEFORE'))), ('teamaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4aacc4a8ebce744ccfef3ea5832bf8b209c4c50d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c750c', table='people_teamaudit', when='BEFORE')))],
                ),
            ],
        ),
    ]
