"""Who may open a file is known by the rooms that hang it on something; each registers a gate."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest

Gate = Callable[[UUID, HttpRequest], bool]
_gates: dict[str, Gate] = {}


def register_gate(name: str, gate: Gate) -> None:
    """Have `gate(file_id, request)` asked at every download; one that says yes is enough."""
    _gates[name] = gate


def may_open(file_id: UUID, request: HttpRequest) -> bool:
    """Whether any gate lets this request have the file, now."""
    return any(gate(file_id, request) for gate in _gates.values())
