"""What can be wrong with what a coach command is given."""

from __future__ import annotations

from zhiyin.kit.errors import Invalid, gettext_noop


class NoFile(Invalid):
    code = "coach.no_file"
    message = gettext_noop("There is no file %(file)s that can be read.")


class BadMoment(Invalid):
    code = "coach.bad_moment"
    message = gettext_noop("“%(said)s” is no moment; write it as 2026-11-22T10:00.")


class BadCalendar(Invalid):
    code = "coach.bad_calendar"
    message = gettext_noop(
        "“%(said)s” is no calendar; write office, always, or days and hours as “mon-sat 09:00-12:00,13:30-18:00”."
    )


class BadContext(Invalid):
    code = "coach.bad_context"
    message = gettext_noop("“%(said)s” does not begin with 客户： or 客服：.")


class BadPack(Invalid):
    code = "coach.bad_pack"
    message = gettext_noop("This pack cannot be used: %(reason)s")


class BadModel(Invalid):
    code = "coach.bad_model"
    message = gettext_noop("%(file)s is no model of the coach.")


class BadFolder(Invalid):
    code = "coach.bad_folder"
    message = gettext_noop("The folder %(folder)s cannot be written.")


class BadLabel(Invalid):
    code = "coach.bad_label"
    message = gettext_noop("A label cannot be learnt from: %(reason)s")


class NothingToLearn(Invalid):
    code = "coach.nothing_to_learn"
    message = gettext_noop("There is not one labelled turn to learn from.")


class NoLabels(Invalid):
    code = "coach.no_labels"
    message = gettext_noop("No label belongs to any of the turns: the ids differ.")


class NoPart(Invalid):
    code = "coach.no_part"
    message = gettext_noop("No label is of the part “%(part)s”; there are: %(parts)s")


class TwoReaders(Invalid):
    code = "coach.two_readers"
    message = gettext_noop("With --readers give the labels of a first and of a second reader, one file each.")


class NoModels(Invalid):
    code = "coach.no_models"
    message = gettext_noop("%(folder)s holds neither customer.npz nor agent.npz.")


class BadText(Invalid):
    code = "coach.bad_text"
    message = gettext_noop("This is not UTF-8 text: byte %(byte)s.")


class NoForm(Invalid):
    code = "coach.no_form"
    message = gettext_noop("%(file)s is no transcript that can be read: .json, .srt or .vtt.")


class BadTranscript(Invalid):
    code = "coach.bad_transcript"
    message = gettext_noop("Line %(line)s: %(reason)s")


class BadRow(ValueError):
    """A line that cannot be used; `message % data` is the reason, marked English."""

    def __init__(self, message: str, **data: object) -> None:
        self.message, self.data = message, data
        super().__init__(message % data if data else message)
