"""The audit sees every change whoever makes it, cannot be changed itself, and forgets only on a granted ground."""

from __future__ import annotations

import pytest
from asgiref.sync import async_to_sync
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, connection, transaction
from django.test import AsyncClient

from zhiyin.kit import audit, redaction
from zhiyin.kit.jobs import job
from zhiyin.kit.jobs.timers import register, tick
from zhiyin.kit.models import Redaction, StoredFile
from zhiyin.kit.tests.factories import NOW, stored_file

pytestmark = [pytest.mark.django_db, pytest.mark.urls("zhiyin.kit.tests.urls")]
Events = StoredFile.audit.rel.related_model


def run(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def seen(file):
    return [
        (change.sort, {field.name: (field.old, field.new) for field in change.fields})
        for change in audit.history(StoredFile, file.pk)
    ]


def test_an_object_s_history_tells_every_change_field_by_field_newest_first():
    file = stored_file(name="a.txt")
    file.name = "b.txt"
    file.save(update_fields=["name"])
    file_id = file.pk
    file.delete()
    gone, changed, made = audit.history(StoredFile, file_id)
    assert (made.sort, changed.sort, gone.sort) == ("insert", "update", "delete")
    assert [(field.name, str(field.label), field.old, field.new) for field in changed.fields] == [
        ("name", str(StoredFile._meta.get_field("name").verbose_name), "a.txt", "b.txt")
    ]
    assert {field.name for field in made.fields} >= {"id", "name", "size"}
    assert {field.new for field in gone.fields} == {None}


def test_a_bulk_update_is_seen():
    file = stored_file(name="a.txt")
    StoredFile.objects.filter(pk=file.pk).update(name="b.txt")
    assert seen(file)[0] == ("update", {"name": ("a.txt", "b.txt")})


def test_raw_sql_is_seen():
    file = stored_file(name="a.txt")
    run("UPDATE kit_storedfile SET name = 'b.txt' WHERE id = %s", file.pk)
    run("DELETE FROM kit_storedfile WHERE id = %s", file.pk)
    assert [sort for sort, _ in seen(file)] == ["delete", "update", "insert"]


def test_a_change_that_was_rolled_back_was_never_seen():
    file = stored_file(name="a.txt")
    with transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(name="b.txt")
        transaction.set_rollback(True)
    assert len(seen(file)) == 1


@pytest.mark.parametrize("table", ["kit_storedfileaudit", "pghistory_context"])
@pytest.mark.parametrize("deed", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0}"])
def test_nothing_in_sql_changes_what_was_seen(table, deed):
    with audit.acting("test"):
        stored_file()
    column = "name" if table == "kit_storedfileaudit" else "metadata"
    with pytest.raises(DatabaseError, match=r"Cannot|append-only"), transaction.atomic():
        run(deed.format(table, column))
    assert Events.objects.count() == 1


@pytest.mark.parametrize(
    "deed", [lambda: Events.objects.update(name="x"), lambda: Events.objects.all().delete()]
)
def test_nothing_in_django_changes_what_was_seen(deed):
    stored_file()
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        deed()
    assert Events.objects.count() == 1


def test_a_request_leaves_who_where_and_by_which_route(client, django_user_model):
    staff = django_user_model.objects.create(username="li", name="李", role="administrator", created_at=NOW)
    client.force_login(staff)
    file = stored_file(name="a.txt")
    client.post(f"/rename/{file.pk}/", {"name": "b.txt"}, REMOTE_ADDR="192.0.2.7")
    change = audit.history(StoredFile, file.pk)[0]
    assert (change.doorway, change.staff_id, change.address) == ("web", staff.pk, "192.0.2.7")
    assert change.route == "rename/<uuid:pk>/"


@pytest.mark.django_db(transaction=True)
def test_so_does_a_request_through_the_asynchronous_door():
    file = stored_file(name="a.txt")

    async def post():
        return await AsyncClient().post(f"/rename/{file.pk}/", {"name": "b.txt"})

    assert async_to_sync(post)().status_code == 200
    change = audit.history(StoredFile, file.pk)[0]
    assert (change.doorway, change.route, change.address) == ("web", "rename/<uuid:pk>/", "127.0.0.1")


def test_behind_a_proxy_the_address_is_what_our_proxy_says(client, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    file = stored_file(name="a.txt")
    client.post(f"/rename/{file.pk}/", {"name": "b"}, HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.4")
    change = audit.history(StoredFile, file.pk)[0]
    assert (change.address, change.staff_id) == ("198.51.100.4", None)


@pytest.mark.django_db(transaction=True)
def test_jobs_timers_and_commands_leave_their_name(monkeypatch):
    from zhiyin.kit.jobs import app, timers

    @job("probe.rename")
    def rename(*, file_id):
        StoredFile.objects.filter(pk=file_id).update(name="by job")

    file = stored_file(name="a.txt")
    app.tasks["probe.rename"](file_id=file.pk)
    monkeypatch.setattr(timers, "_timers", {})
    register("renaming", lambda now: StoredFile.objects.exclude(name="by timer").update(name="by timer"))
    tick(NOW)
    with audit.acting("command", route="zhiyin import dialogues"):
        StoredFile.objects.update(name="by command")
    StoredFile.objects.update(name="by nobody")
    told = [(change.doorway, change.route) for change in audit.history(StoredFile, file.pk)]
    assert told == [
        ("", ""),
        ("command", "zhiyin import dialogues"),
        ("timer", "renaming"),
        ("job", "probe.rename"),
        ("", ""),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_redaction_blanks_what_was_asked_everywhere_and_leaves_its_own_record():
    with audit.acting("web", address="203.0.113.9"):
        file, other = stored_file(name="王小明的合同.txt"), stored_file(name="别人的.txt")
    with audit.acting("web", staff_id=5, address="192.0.2.1"):
        StoredFile.objects.filter(pk=file.pk).update(name="王小明.txt")
    done = redaction.redact(
        model=StoredFile, pk=file.pk, columns=["name"], ground="个人信息保护法第四十七条", by_id=5, now=NOW
    )
    assert set(Events.objects.filter(pgh_obj=file.pk).values_list("name", flat=True)) == {""}
    assert Events.objects.get(pgh_obj=other.pk).name == "别人的.txt"
    assert (done.table, done.object_id, done.columns, done.by, done.rows) == (
        "kit_storedfile",
        str(file.pk),
        "name",
        5,
        2,
    )
    staff, customer = audit.history(StoredFile, file.pk)
    assert (staff.address, customer.address) == ("192.0.2.1", "")
    assert audit.history(Redaction, done.pk)[0].sort == "insert"
    with pytest.raises(DatabaseError):
        Events.objects.update(name="x")


def test_the_guards_are_back_within_the_same_transaction():
    file = stored_file()
    redaction.redact(model=StoredFile, pk=file.pk, columns=["name"], ground="x", by_id=5, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Events.objects.update(name="x")


def test_a_redaction_needs_a_ground_and_columns_that_can_be_blank():
    file = stored_file()
    with pytest.raises(redaction.NoGround):
        redaction.redact(model=StoredFile, pk=file.pk, columns=["name"], ground=" ", by_id=5, now=NOW)
    with pytest.raises(ValueError, match="no blank value"):
        redaction.redact(model=StoredFile, pk=file.pk, columns=["size"], ground="x", by_id=5, now=NOW)
    with pytest.raises(FieldDoesNotExist):
        redaction.redact(model=StoredFile, pk=file.pk, columns=["nothing"], ground="x", by_id=5, now=NOW)
    assert Events.objects.get().name
