import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import zhiyin.kit.triggers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mfa', '0003_authenticator_type_uniq'),
        ('people', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('socialaccount', '0006_alter_socialaccount_extra_data'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('last_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='SignInPolicyAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('mfa_roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), blank=True, default=list, size=None)),
                ('version', models.PositiveIntegerField(default=0)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('mfa.authenticator',),
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('socialaccount.socialaccount',),
        ),
        migrations.AddField(
            model_name='session',
            name='address',
            field=models.CharField(blank=True, default='', max_length=45),
        ),
        migrations.AddField(
            model_name='session',
            name='device',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='session',
            name='seen_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='session',
            name='signed_in_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='IdentityAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.IntegerField()),
                ('provider', models.CharField(max_length=200, verbose_name='provider')),
                ('uid', models.CharField(max_length=191, verbose_name='uid')),
                ('date_joined', models.DateTimeField(auto_now_add=True, verbose_name='date joined')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SecondFactorAudit',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('type', models.CharField(choices=[('recovery_codes', 'Recovery codes'), ('totp', 'TOTP Authenticator'), ('webauthn', 'WebAuthn')], max_length=20)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SignInPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mfa_roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), blank=True, default=list, size=None)),
                ('version', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='signinpolicy_single'), models.CheckConstraint(condition=models.Q(('mfa_roles__contained_by', ['agent', 'supervisor', 'handler', 'quality', 'researcher', 'administrator'])), name='signinpolicy_roles_known')],
            },
        ),
        migrations.AddField(
            model_name='signinpolicyaudit',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='signinpolicyaudit',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='people.signinpolicy'),
        ),
        migrations.AddField(
            model_name='secondfactoraudit',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='people.secondfactor'),
        ),
        migrations.AddField(
            model_name='identityaudit',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit', related_query_name='audit', to='people.identity'),
        ),
        zhiyin.kit.triggers.AddTriggers(
            triggers=[
                ('signinpolicy', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_signinpolicyaudit" ("id", "mfa_roles", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."id", NEW."mfa_roles", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;', hash='362a47a60bb21c680c037c8eb4b1deb5a10d1a4f', operation='INSERT', pgid='pgtrigger_insert_insert_3e8e3', table='people_signinpolicy', when='AFTER'))),
                ('signinpolicy', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_signinpolicyaudit" ("id", "mfa_roles", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."id", NEW."mfa_roles", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;', hash='77901328f43418f458492729d5646bb9c3f5fc56', operation='UPDATE', pgid='pgtrigger_update_update_0eded', table='people_signinpolicy', when='AFTER'))),
                ('signinpolicy', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_signinpolicyaudit" ("id", "mfa_roles", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."id", OLD."mfa_roles", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;', hash='5f5fb2acabb60d2d2c8aeffb703169573b7db252', operation='DELETE', pgid='pgtrigger_delete_delete_35f92', table='people_signinpolicy', when='AFTER'))),
                ('secondfactor', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_secondfactoraudit" ("created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "type", "user_id") VALUES (NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."type", NEW."user_id"); RETURN NULL;', hash='0dc004f2086e24e579ef7f1deec9372fc7a785cd', operation='INSERT', pgid='pgtrigger_insert_insert_4d5a7', table='mfa_authenticator', when='AFTER'))),
                ('secondfactor', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."type" IS DISTINCT FROM (NEW."type") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "people_secondfactoraudit" ("created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "type", "user_id") VALUES (NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."type", NEW."user_id"); RETURN NULL;', hash='c296ce3a2e2019a830ddb365f7509c775266cd89', operation='UPDATE', pgid='pgtrigger_update_update_5b134', table='mfa_authenticator', when='AFTER'))),
                ('secondfactor', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_secondfactoraudit" ("created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "type", "user_id") VALUES (OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."type", OLD."user_id"); RETURN NULL;', hash='c52ff69c2123a885cb84b442dfbe771d72b9948f', operation='DELETE', pgid='pgtrigger_delete_delete_095a5', table='mfa_authenticator', when='AFTER'))),
                ('identity', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_identityaudit" ("date_joined", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider", "uid", "user_id") VALUES (NEW."date_joined", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider", NEW."uid", NEW."user_id"); RETURN NULL;', hash='1a9832696c7159066161fc245220f53ae8fe8351', operation='INSERT', pgid='pgtrigger_insert_insert_48816', table='socialaccount_socialaccount', when='AFTER'))),
                ('identity', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."provider" IS DISTINCT FROM (NEW."provider") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "people_identityaudit" ("date_joined", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider", "uid", "user_id") VALUES (NEW."date_joined", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider", NEW."uid", NEW."user_id"); RETURN NULL;', hash='70811521d7a0125ba492579316eb63046174b3e8', operation='UPDATE', pgid='pgtrigger_update_update_f3d63', table='socialaccount_socialaccount', when='AFTER'))),
                ('identity', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_identityaudit" ("date_joined", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider", "uid", "user_id") VALUES (OLD."date_joined", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provider", OLD."uid", OLD."user_id"); RETURN NULL;', hash='c7356ca36560d7b8d4686e6fa0207de5b7360f08', operation='DELETE', pgid='pgtrigger_delete_delete_9334f', table='socialaccount_socialaccount', when='AFTER'))),
                ('signinpolicyaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='8ebe2a0e1ae14242cfabae76f41b46727d045f23', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_6ed26', table='people_signinpolicyaudit', when='BEFORE'))),
                ('signinpolicyaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fc74d0ad574b4f93ed819bb615dc077c551196d8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b9600', table='people_signinpolicyaudit', when='BEFORE'))),
                ('secondfactoraudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='f3cbe2db6a618733ba0beaf6bc484a9bf5039ea0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_46aec', table='people_secondfactoraudit', when='BEFORE'))),
                ('secondfactoraudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cfba2c0fd489fbcf116874ad68110f7d19998ef5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2d156', table='people_secondfactoraudit', when='BEFORE'))),
                ('identityaudit', pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='8205e50d828f1ff94822c6d1f5dde7e42ee57b70', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0285a', table='people_identityaudit', when='BEFORE'))),
                ('identityaudit', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d62971afa9f1e44e0d3f37eca44c3f55e2b932bd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_47772', table='people_identityaudit', when='BEFORE'))),
            ],
        ),
    ]
