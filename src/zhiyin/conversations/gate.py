"""Who may open a file that hangs on a message: staff who may see its conversation."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from zhiyin.conversations import queries
from zhiyin.people.models import Staff


def may_open(file_id: UUID, request: HttpRequest) -> bool:
    """For `zhiyin.kit.files`; customers come through the gates of the rooms that know their links."""
    return isinstance(request.user, Staff) and queries.may_open_file(request.user, file_id)
