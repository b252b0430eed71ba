"""Who may open a file kept with a case: staff who may see the case, and whoever sees a case sees its messages' files."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from zhiyin.cases import queries as cases
from zhiyin.people import doors


def may_open(file_id: UUID, request: HttpRequest) -> bool:
    """For `zhiyin.kit.files`; customers come through the gates of the rooms that know their links."""
    return request.user.is_authenticated and cases.file_visible(doors.me(request), file_id)
