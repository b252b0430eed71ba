"""What `zhiyin check` refuses, a sentence each."""

from pathlib import Path

import pytest
from django.db import connection

from zhiyin.cli import checks
from zhiyin.people.tests import oidc

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "en")
    for name in ("BIND", "PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)


def test_a_test_database_without_durability_is_found_out(settings):
    found = list(checks.server())
    for name in checks.NEEDED_ON:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting(%s)", [name])
            is_off = cursor.fetchone()[0] == "off"
        assert any(sentence.startswith(f"{name} is off") for sentence in found) == is_off


def test_a_session_that_may_lose_confirmed_writes_is_found_out():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    assert any("synchronous_commit is off" in sentence for sentence in checks.server())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
    assert not any("synchronous_commit" in sentence for sentence in checks.server())


def test_an_old_server_is_found_out(monkeypatch):
    monkeypatch.setattr(checks, "OLDEST_SERVER", 990000)
    assert "PostgreSQL is older than 15." in list(checks.server())


def test_migrations_that_wait_are_counted(monkeypatch):
    monkeypatch.setattr("zhiyin.cli.database.pending", lambda: ["cases.0009", "cases.0010"])
    assert "2 migrations are not applied: zhiyin migrate" in list(checks.server())


@pytest.mark.parametrize("key", ["short", "a" * 60, "django-insecure-" + "abcdefghij" * 6])
def test_a_weak_key_is_refused(settings, tmp_path, key):
    settings.SECRET_KEY = key
    assert any("SECRET_KEY" in sentence for sentence in checks.secrets(tmp_path))


def test_secrets_that_others_can_read_are_named(settings, tmp_path):
    settings.SECRET_KEY = "abcdefghij" * 6
    settings.MEDIA_ROOT = str(tmp_path / "files")
    (tmp_path / "files").mkdir(mode=0o700)
    (tmp_path / "postgres").mkdir()
    for name in ("secret-key", "postgres/password-zhiyin"):
        (tmp_path / name).write_text("secret")
        (tmp_path / name).chmod(0o600)
    assert list(checks.secrets(tmp_path)) == []
    (tmp_path / "secret-key").chmod(0o640)
    (tmp_path / "postgres" / "password-zhiyin").chmod(0o604)
    (tmp_path / "files").chmod(0o755)
    found = list(checks.secrets(tmp_path))
    assert [Path(sentence.split()[-1]).name for sentence in found] == [
        "password-zhiyin",
        "secret-key",
        "files",
    ]


def test_what_is_fine_on_a_desk_is_refused_in_public(settings, monkeypatch):
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["desk.example.com"]
    assert list(checks.settings()) == []
    monkeypatch.setenv("PUBLIC_URL", "http://desk.example.com")
    found = list(checks.settings())
    assert any("DEBUG" in sentence for sentence in found)
    assert any("https" in sentence for sentence in found)
    monkeypatch.setenv("PUBLIC_URL", "https://desk.example.com")
    settings.DEBUG = False
    assert list(checks.settings()) == []


def test_any_host_at_all_is_refused_everywhere(settings):
    settings.ALLOWED_HOSTS = ["*"]
    assert any("ALLOWED_HOSTS" in sentence for sentence in checks.settings())


def test_parts_that_setup_builds_are_missed(settings, monkeypatch, tmp_path):
    (tmp_path / "desk/locale/zh_Hans/LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "desk/locale/zh_Hans/LC_MESSAGES/django.po").write_text("")
    monkeypatch.setattr(checks, "SOURCE", tmp_path)
    settings.DJANGO_VITE = {"default": {"manifest_path": tmp_path / "manifest.json"}}
    assert len(list(checks.files())) == 2
    (tmp_path / "desk/locale/zh_Hans/LC_MESSAGES/django.mo").write_text("")
    (tmp_path / "manifest.json").write_text("{}")
    assert list(checks.files()) == []


def test_a_public_number_is_no_name_for_passkeys(settings, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://desk.example.com")
    settings.PUBLIC_URL = "https://desk.example.com"
    assert list(checks.signing_in()) == []
    settings.PUBLIC_URL = "https://203.0.113.7"
    assert any("Passkeys" in sentence for sentence in checks.signing_in())


def test_a_sign_in_service_is_asked_for_its_own_description(settings):
    with oidc.running() as provider:
        settings.OIDC = {"name": "和院统一登录", "settings": {"server_url": provider.url}}
        assert list(checks.signing_in()) == []
        settings.OIDC["settings"]["server_url"] = f"{provider.url}/realm"
        assert any("OIDC_ISSUER" in sentence for sentence in checks.signing_in())
        settings.OIDC["name"] = ""
        assert any("OIDC_NAME" in sentence for sentence in checks.signing_in())
