import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
import zhiyin.kit.migrating
import zhiyin.kit.triggers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_accounts'),
    ]

    operations = [
        zhiyin.kit.migrating.InOneStep(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name='staff',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='staff',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='staff',
                    name='delete_delete',
                ),
                migrations.AddField(
                    model_name='staff',
                    name='hints_done',
                    field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), blank=True, default=list, size=None),
                ),
                migrations.AddField(
                    model_name='staffaudit',
                    name='hints_done',
                    field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), blank=True, default=list, size=None),
                ),
                migrations.AddConstraint(
                    model_name='staff',
                    constraint=models.CheckConstraint(condition=models.Q(('hints_done__contained_by', ['today', 'inbox', 'composer', 'case', 'board', 'facts', 'guarantee', 'security', 'colleagues', 'incidents', 'insight'])), name='staff_hints_known'),
                ),
                zhiyin.kit.triggers.AddTriggers(
                    triggers=[('staff', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_staffaudit" ("approval_limit", "capacity", "created_at", "department_id", "email", "hints_done", "id", "is_active", "language", "name", "on_call", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "shortcuts", "team_id", "theme", "username", "version") VALUES (NEW."approval_limit", NEW."capacity", NEW."created_at", NEW."department_id", NEW."email", NEW."hints_done", NEW."id", NEW."is_active", NEW."language", NEW."name", NEW."on_call", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."shortcuts", NEW."team_id", NEW."theme", NEW."username", NEW."version"); RETURN NULL;', hash='6a126347c0b0922e07f16c92e2f561b06098d3c8', operation='INSERT', pgid='pgtrigger_insert_insert_444e5', table='people_staff', when='AFTER'))), ('staff', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."approval_limit" IS DISTINCT FROM (NEW."approval_limit") OR OLD."capacity" IS DISTINCT FROM (NEW."capacity") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."department_id" IS DISTINCT FROM (NEW."department_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."hints_done" IS DISTINCT FROM (NEW."hints_done") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."on_call" IS DISTINCT FROM (NEW."on_call") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."shortcuts" IS DISTINCT FROM (NEW."shortcuts") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."theme" IS DISTINCT FROM (NEW."theme") OR OLD."username" IS DISTINCT FROM (NEW."username") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "people_staffaudit" ("approval_limit", "capacity", "created_at", "department_id", "email", "hints_done", "id", "is_active", "language", "name", "on_call", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "shortcuts", "team_id", "theme", "username", "version") VALUES (NEW."approval_limit", NEW."capacity", NEW."created_at", NEW."department_id", NEW."email", NEW."hints_done", NEW."id", NEW."is_active", NEW."language", NEW."name", NEW."on_call", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."shortcuts", NEW."team_id", NEW."theme", NEW."username", NEW."version"); RETURN NULL;', hash='625058f7e8796f9ddebf32b610feb9d9dc18d728', operation='UPDATE', pgid='pgtrigger_update_update_f756f', table='people_staff', when='AFTER'))), ('staff', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_staffaudit" ("approval_limit", "capacity", "created_at", "department_id", "email", "hints_done", "id", "is_active", "language", "name", "on_call", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "shortcuts", "team_id", "theme", "username", "version") VALUES (OLD."approval_limit", OLD."capacity", OLD."created_at", OLD."department_id", OLD."email", OLD."hints_done", OLD."id", OLD."is_active", OLD."language", OLD."name", OLD."on_call", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."shortcuts", OLD."team_id", OLD."theme", OLD."username", OLD."version"); RETURN NULL;', hash='b8c6829ca3fc329dcd2d73b9b5da18d56e7407ec', operation='DELETE', pgid='pgtrigger_delete_delete_b2d8b', table='people_staff', when='AFTER')))],
                ),
            ],
        ),
    ]
