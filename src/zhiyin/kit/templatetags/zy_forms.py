"""Forms and filtered lists as template tags: `{% load zy_forms %}`. Reference: docs/ui.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms, template
from django.conf import settings
from django.forms import BoundField
from django.forms.widgets import (
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Select,
    Textarea,
)
from django.http import HttpRequest, QueryDict
from django.template.defaultfilters import filesizeformat

from zhiyin.kit import figures, ui

register = template.Library()


def widget_class(widget: Any) -> str:
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        return "form-check-input"
    return (
        "form-select"
        if isinstance(widget, Select)
        else ""
        if isinstance(widget, FileInput)
        else "form-control"
    )


def layout(widget: Any) -> str:
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    return (
        "check" if isinstance(widget, CheckboxInput) else "file" if isinstance(widget, FileInput) else "field"
    )


def attributes(bound: BoundField, extra: dict[str, Any], described: str) -> dict[str, Any]:
    own = {name.replace("_", "-"): value for name, value in extra.items() if value not in {None, False}}
    classes = " ".join(
        part
        for part in (
            widget_class(bound.field.widget),
            bound.field.widget.attrs.get("class", ""),
            own.pop("class", ""),
        )
        if part
    )
    draft = own.pop("draft", "")
    attrs = {**own, "class": classes} if classes else own
    if draft:
        attrs["data-draft"] = draft
    if described:
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if isinstance(bound.field.widget, Textarea) and "rows" not in attrs:
        attrs["rows"] = (
            bound.field.widget.attrs.get("rows") if bound.field.widget.attrs.get("rows") != "10" else 3
        )
    return attrs


@register.inclusion_tag("zy/field.html")
def field(
    bound: BoundField,
    label: str = "",
    hint: str = "",
    *,
    across: bool = False,
    bare: bool = False,
    **extra: Any,
) -> dict[str, Any]:
    """One field with label, hint, error and the links between them.

    Further keywords become attributes of the control (`data_key="R"`, `rows=4`, `placeholder="…"`);
    `draft="case-12-note"` keeps what is typed; `across` lays choices in a row; `bare` hides the label.
    """
    help_text = hint or bound.help_text
    ids = [f"{bound.auto_id}-e"] if bound.errors else []
    ids += [f"{bound.auto_id}-h"] if help_text else []
    attrs = attributes(bound, extra, " ".join(ids))
    shape = layout(bound.field.widget)
    if shape == "choices":
        bound.field.widget.attrs |= attrs  # each choice is drawn from the widget's own attributes
    return {
        "bound": bound,
        "label": label or bound.label,
        "hint": help_text,
        "shape": shape,
        "across": across,
        "bare": bare,
        "optional": not bound.field.required and shape != "check",
        "control": bound.as_widget(attrs=attrs),
        "max_size": settings.UPLOAD_MAX_BYTES,
        "max_files": settings.UPLOAD_MAX_FILES,
        "max_said": filesizeformat(settings.UPLOAD_MAX_BYTES).replace(".0", ""),
    }


@register.inclusion_tag("zy/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """What is wrong with the form as a whole, and which hidden fields complain."""
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    return {"problems": [*form.non_field_errors(), *hidden]}


@register.inclusion_tag("zy/fields.html")
def fields(form: forms.BaseForm, draft: str = "") -> dict[str, Any]:
    """The whole form, field under field, with the errors of the form above."""
    return {"form": form, "draft": draft}


@register.inclusion_tag("zy/filters.html", takes_context=True)
def filters(context: Any, form: forms.BaseForm, search: str = "q") -> dict[str, Any]:
    """The bar of a filtered list: search, a chip for each condition set, and the form to add more."""
    request: HttpRequest = context["request"]
    query = request.GET
    kept = [(name, value) for name in query if name not in {search, "page"} for value in query.getlist(name)]
    carried = [
        (name, value)
        for name in query
        if name not in form.fields and name != "page"
        for value in query.getlist(name)
    ]
    return {
        "search": form[search] if search in form.fields else None,
        "others": [bound for bound in form.visible_fields() if bound.name != search],
        "chips": list(chips(form, query, request.path, search)),
        "carried": carried,
        "kept": kept,
        "path": request.path,
    }


def chips(form: forms.BaseForm, query: QueryDict, path: str, search: str) -> Iterator[ui.Chip]:
    """The conditions set in the address, each with the address without it."""
    for bound in form.visible_fields():
        if bound.name == search or not (values := [value for value in query.getlist(bound.name) if value]):
            continue
        rest = query.copy()
        rest.pop(bound.name, None)
        rest.pop("page", None)
        yield ui.Chip(str(bound.label), shown(bound, values), f"{path}?{rest.urlencode()}" if rest else path)


def shown(bound: BoundField, values: list[str]) -> str:
    """Values as the reader knows them: by the label of the choice where there is one."""
    if isinstance(bound.field.widget, CheckboxInput):
        return ""
    known = {
        str(value): str(text)
        for value, text in getattr(bound.field, "choices", ())
        if not isinstance(text, tuple | list)
    }
    return figures.listed(known.get(value, value) for value in values)


@register.inclusion_tag("zy/pager.html", takes_context=True)
def pager(context: Any, page: Any) -> dict[str, Any]:
    """Earlier and later, and where we are; keeps the other conditions in the address."""
    return {"page": page, "request": context["request"]}
