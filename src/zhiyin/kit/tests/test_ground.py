"""The ground the tests stand on is itself tested: it holds, and it shuts out the network."""

from __future__ import annotations

import socket

import pytest
from django.conf import settings

from zhiyin.kit.models import StoredFile
from zhiyin.kit.tests.factories import stored_file


def test_nothing_of_the_callers_environment_leaks_in():
    assert settings.SECRET_KEY.startswith("for-tests-alone")
    assert not settings.EMAIL_CONFIGURED
    assert "zhiyin-tests-" in str(settings.DATA_DIR)


def test_other_machines_cannot_be_reached():
    with socket.socket() as outside, pytest.raises(RuntimeError, match="tried to connect"):
        outside.connect(("192.0.2.1", 80))
    with pytest.raises(RuntimeError, match="tried to look up"):
        socket.getaddrinfo("example.com", 80)


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_real_transactions_leave_no_rows_behind_although_audit_tables_refuse_truncate(turn):
    assert not StoredFile.objects.exists()
    stored_file()
    assert StoredFile.audit.rel.related_model.objects.count() == 1
