"""What the house writes to customers by itself: plain words, in the house's language, links filled in on sending."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zhiyin.cases.models import Case, Clock, Proposal
from zhiyin.cases.rules.words import ClockKind, ClockState, LinkPurpose
from zhiyin.conversations.markers import marker, plain
from zhiyin.kit import figures
from zhiyin.people import queries as people


def acknowledgement(case: Case) -> str:
    """Received, under which number, by when somebody answers, and where to follow it."""
    house = people.organisation()
    with translation.override(house.language):
        lines = [_("We have received this. The number is %(number)s.") % {"number": case.number}]
        answer = Clock.objects.filter(case=case, kind=ClockKind.RESPOND, state=ClockState.RUNNING).first()
        if case.in_danger:
            lines.append(
                _("Because somebody may be in danger, we are sending help first and ask questions later.")
            )
        elif answer and answer.due_at:
            lines.append(_("You will have a first answer by %(time)s.") % {"time": moment(answer.due_at)})
        lines.append(
            _("See how far it is at any time: %(link)s") % {"link": marker(LinkPurpose.FOLLOW, case.pk)}
        )
        return "\n".join(lines)


def choices(case: Case, proposals: list[Proposal]) -> str:
    with translation.override(people.organisation().language):
        lines = [
            _(
                "About “%(subject)s”: these are the ways we can put it right. Please choose the one you prefer."
            )
            % {"subject": plain(case.subject)}
        ]
        lines += [
            _("%(number)s. %(title)s (%(duration)s)")
            % {"number": number, "title": plain(proposal.title), "duration": plain(proposal.duration)}
            for number, proposal in enumerate(proposals, 1)
        ]
        lines.append(_("Choose here: %(link)s") % {"link": marker(LinkPurpose.CHOOSE, case.pk)})
        return "\n".join(lines)


def remedied(case: Case, done: str) -> str:
    with translation.override(people.organisation().language):
        return "\n".join(
            [
                _("About “%(subject)s”: this has been done. %(done)s")
                % {"subject": plain(case.subject), "done": plain(done)},
                _("Are you satisfied with it? Tell us here: %(link)s")
                % {"link": marker(LinkPurpose.CONFIRM, case.pk)},
            ]
        )


def settled(case: Case, done: str) -> str:
    """After a mass incident: what was done for everybody, and the question to this customer. In the language in force."""
    return "\n".join(
        [
            _("About “%(subject)s”: this has been put right for everybody. %(done)s")
            % {"subject": plain(case.subject), "done": plain(done)},
            _("Is it settled for you too? Tell us here: %(link)s")
            % {"link": marker(LinkPurpose.CONFIRM, case.pk)},
        ]
    )


def reopened(case: Case) -> str:
    with translation.override(people.organisation().language):
        return "\n".join(
            [
                _("Thank you for telling us. We are taking “%(subject)s” up again.")
                % {"subject": plain(case.subject)},
                _("See how far it is at any time: %(link)s") % {"link": marker(LinkPurpose.FOLLOW, case.pk)},
            ]
        )


def overdue(case: Case) -> str:
    with translation.override(people.organisation().language):
        return "\n".join(
            [
                _("“%(subject)s” is taking longer than we said. We are sorry, and we are still on it.")
                % {"subject": plain(case.subject)},
                _("See how far it is at any time: %(link)s") % {"link": marker(LinkPurpose.FOLLOW, case.pk)},
            ]
        )


def link(case: Case, purpose: LinkPurpose) -> str:
    with translation.override(people.organisation().language):
        sentences = {
            LinkPurpose.FOLLOW: _("See how far “%(subject)s” is: %(link)s"),
            LinkPurpose.CHOOSE: _("Choose how we put “%(subject)s” right: %(link)s"),
            LinkPurpose.CONFIRM: _("Tell us whether “%(subject)s” is settled for you: %(link)s"),
            LinkPurpose.FACTS: _(
                "To find the cause of “%(subject)s”, please note down each time, whether it went well or not. It takes "
                "half a minute, and the link stays good for further times: %(link)s"
            ),
        }
        return sentences[purpose] % {"subject": plain(case.subject), "link": marker(purpose, case.pk)}


def moment(when: datetime) -> str:
    """A time as customers read it, in the house's zone."""
    local = timezone.localtime(when)
    return _("%(day)s %(time)s") % {
        "day": figures.plain_day(local.date(), local.year),
        "time": f"{local:%H:%M}",
    }
