"""Settings: the register of touchpoints with what decides at each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhiyin.catalogue import actions, queries
from zhiyin.desk.forms import catalogue as forms
from zhiyin.desk.views.catalogue.frame import object_to, show, status_of, typed
from zhiyin.kit import ui
from zhiyin.kit.errors import Conflict, DomainError
from zhiyin.kit.fields import refresh
from zhiyin.people.access import Deed
from zhiyin.people.doors import me, needs


@require_safe
@needs(Deed.MANAGE_CATALOGUE)
def touchpoints(request: HttpRequest) -> HttpResponse:
    """The register, in its order."""
    rows = list(queries.touchpoints(with_unused=True))
    return show(request, "touchpoints", "", {"rows": rows, "nav_id": "settings"})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.MANAGE_CATALOGUE)
def touchpoint(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make a touchpoint (no `pk`) or change one."""
    row = queries.touchpoint(pk) if pk else None
    form = forms.Touchpoint(typed(request), initial=_initial(row))
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_touchpoint(touchpoint_id=pk, by=me(request), now=timezone.now(), **form.cleaned_data)
        except DomainError as problem:
            error = problem
            object_to(form, problem)
            if isinstance(problem, Conflict) and pk:
                refresh(form, queries.touchpoint(pk).version)
        else:
            ui.toast(request, _("Saved"))
            return redirect("desk:touchpoints")
    context = {"form": form, "row": row, "nav_id": "settings"}
    return show(request, "touchpoint_edit", "", context, status=status_of(form, error))


def _initial(row: Any) -> dict[str, Any]:
    if row is None:
        return {"position": queries.touchpoints(with_unused=True).count() + 1, "is_active": True}
    return {name: getattr(row, name) for name in ("name", "position", "key_factors", "is_active", "version")}
