"""Form fields that rooms and faces share."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from zhiyin.kit import files


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files up to the house's limit; the value is a list, empty when none was chosen."""

    widget = FilesInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # type: ignore[override]  # a list, not one
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > settings.UPLOAD_MAX_FILES:
            raise forms.ValidationError(
                ngettext(
                    "At most %(most)s file at a time; the rest can follow afterwards.",
                    "At most %(most)s files at a time; the rest can follow afterwards.",
                    settings.UPLOAD_MAX_FILES,
                )
                % {"most": settings.UPLOAD_MAX_FILES}
            )
        return [super(FilesField, self).clean(file, initial) for file in files]


class KeptField(forms.MultipleChoiceField):
    """Files that came with this form before, when something else had to be mended: each a slip of `files.put_by`,
    ticked until the sender takes it out. The value is a list of slips; what is not ours is passed over.
    """

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)

    def clean(self, value: Any) -> list[str]:
        given = value if isinstance(value, list | tuple) else []
        kept = [slip for slip in dict.fromkeys(map(str, given)) if files.named_on(slip)]
        return kept[: settings.UPLOAD_MAX_FILES]


class TokenField(forms.UUIDField):
    """A hidden value made with the page, so that a form sent twice does its deed once."""

    widget = forms.HiddenInput
    default_error_messages: ClassVar = {
        "invalid": _("This page is too old to send. Load it anew; what you wrote is kept.")
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)


def refresh(form: forms.BaseForm, seen: int, name: str = "version") -> None:
    """The reader has now been told of the new state, `seen`: saving again is her decision."""
    data = QueryDict(mutable=True)
    data.update(form.data)  # type: ignore[arg-type]  # bound to request.POST, a QueryDict
    data[name] = str(seen)
    form.data = data


class VersionField(forms.IntegerField):
    """What the page was made from. A page always says it; a form that does not is taken for one of an old page, so
    that nobody overwrites what she has not seen.
    """

    widget = forms.HiddenInput
    UNSEEN = -1
    MOST = 2**31 - 1

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)

    def clean(self, value: Any) -> int:
        try:
            said: int | None = super().clean(value)
        except forms.ValidationError:
            said = None
        return said if said is not None and 0 <= said <= self.MOST else self.UNSEEN
