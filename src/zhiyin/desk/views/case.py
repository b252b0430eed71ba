"""The page of one case: how things stand, the one thing to do now, and everything that happened."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from zhiyin.cases import archive
from zhiyin.cases import queries as cases
from zhiyin.cases.queries import CasePage, Do, Possible
from zhiyin.cases.rules.words import Stage
from zhiyin.desk import case_menu, expected, facts_words, passing, promised, statutory, words
from zhiyin.desk.address import figure
from zhiyin.desk.context import customer_address
from zhiyin.desk.forms import deeds as forms
from zhiyin.desk.views import deeds
from zhiyin.desk.views.colleagues import clock as request_clock
from zhiyin.facts import queries as facts
from zhiyin.guarantees import queries as guarantees
from zhiyin.insight import queries as insight
from zhiyin.kit import ui
from zhiyin.kit.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from zhiyin.kit.language import describe
from zhiyin.kit.views import domain_error
from zhiyin.people import access, doors
from zhiyin.people.access import Deed
from zhiyin.statutory import queries as transfers

ONLY = ("customer", "inside")
BESIDE = frozenset(
    {Do.SUBMIT, Do.REFUSE, Do.SEND_BACK, Do.NONE_FITS, Do.NOT_REACHED, Do.EXPLAIN, Do.PROPOSE, Do.ARCHIVE}
)  # what belongs to this step besides the main thing
MEANWHILE = frozenset({Do.REPLY, Do.ASK})  # what is left to do while a step is somebody else's
LINKED = frozenset({Stage.APPROVED, Stage.REMEDIED})  # steps for which the customer has a link
FACTS, FACT_COLUMNS = 6, 3  # rows and conditions of the facts on the page of the case
FILLED_IN = (
    "promise_id",
    "expense_id",
    "number",
    "other_id",
    "proposal_id",
)  # what a link may fill in beforehand


@doors.needs(Deed.SEE_CASES)
@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """The page; `?do=` opens the form of one deed, `?only=` narrows the timeline."""
    now, staff = timezone.now(), doors.me(request)
    page = cases.page(staff, number, now=now)
    wanted = request.GET.get("do", "")
    if wanted not in deeds.BY_NAME or not deeds.possible(page, wanted):
        return _page(request, page, now=now)
    given: dict[str, Any] = {name: request.GET[name] for name in FILLED_IN if name in request.GET}
    if wanted == Do.INVESTIGATE and "finding" in request.GET:
        given |= _from_facts(page, staff, figure(request.GET["finding"]))
    if wanted == Do.ASK and "again" in request.GET:
        given |= _asked_before(page, figure(request.GET["again"]))
    form = deeds.BY_NAME[wanted].form(case=page, staff=staff, now=now, initial=given)
    if getattr(request, "htmx", False):
        return render(request, "desk/case/deed.html", _deed(page, wanted, form, now=now))
    return _page(request, page, now=now, wanted=wanted, form=form)


@doors.needs(Deed.SEE_CASES)
@require_POST
def do(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Do one thing. What does not go through comes back with a sentence and everything that was typed."""
    now, staff = timezone.now(), doors.me(request)
    deed = deeds.BY_NAME.get(name)
    if deed is None:
        raise NotFound
    try:
        deeds.require(staff, name)
        page = cases.page(staff, number, now=now)
    except (Forbidden, NotFound) as error:
        return handed_back(request, error, deed)
    form = deed.form(request.POST, request.FILES, case=page, staff=staff, now=now)
    if not form.is_valid():
        return _page(request, page, now=now, wanted=name, form=form, status=422)
    version = form.cleaned_data.get("version")
    try:
        result = deed.run(case_id=page.case.pk, by=staff, now=now, version=version, **form.arguments())
    except Conflict as error:
        return _conflict(request, number, name, form, error, now=now)
    except DomainError as error:
        try:
            fresh = cases.page(staff, number, now=now)
        except NotFound:
            return handed_back(request, error, deed)
        _complain(form, error)
        status = 403 if isinstance(error, Forbidden) else 422
        return _page(request, fresh, now=now, wanted=name, form=form, status=status)
    _say(request, page, name, deed, result)
    return HttpResponseRedirect(reverse("desk:case", args=[page.case.number]))


@doors.needs(Deed.SEE_CASES)
@require_safe
def news(request: HttpRequest, number: str) -> HttpResponse:
    """A line over the page when somebody has changed the case since it was made; nothing otherwise."""
    found = cases.news(doors.me(request), number, since=figure(request.GET.get("seen")))
    if found.version == figure(request.GET.get("version")) or not found.events:
        return HttpResponse(status=204)
    said = words.changes(found.events, found.events[0].case.customer.name)
    return render(request, "desk/case/news.html", {"number": number, "changes": said})


@doors.needs(Deed.NOTE)
@require_safe
def colleagues(request: HttpRequest, number: str) -> HttpResponse:
    """Who may be called behind an @ in a note of this case; a part of the form."""
    staff = doors.me(request)
    typed = request.GET.get("q", "").replace("\x00", "")[:30]
    found = cases.to_call(staff, cases.get(staff, number), typed)
    return render(request, "desk/case/colleagues.html", {"found": found})


@doors.needs(Deed.EXPORT_ARCHIVE)
@require_safe
def package(request: HttpRequest, number: str) -> FileResponse:
    """The archived case as one file: PDF, JSON, papers and checksums."""
    case = cases.get(doors.me(request), number)
    with TemporaryDirectory() as folder:
        packed = archive.package(number=case.number, to=Path(folder) / f"{case.number}.zip")
        return FileResponse(
            packed.open("rb"), as_attachment=True, filename=packed.name
        )  # open, so it outlives the folder


def handed_back(request: HttpRequest, error: DomainError, deed: deeds.Deed) -> HttpResponse:
    """The case has gone out of reach while somebody wrote: why, and her own words back to copy. Nothing of the case."""
    answer = domain_error(request, error)
    typed = forms.typed(deed.form, request.POST)
    if not typed or getattr(request, "htmx", False):
        return answer
    context = {"typed": typed, "sentence": describe(error)}
    return render(request, "desk/case/handed_back.html", context, status=answer.status_code)


def _conflict(
    request: HttpRequest, number: str, name: str, form: forms.Deed, error: Conflict, *, now: datetime
) -> HttpResponse:
    """Somebody was faster: the case as it is now, what was changed, and the form with all that was typed."""
    staff = doors.me(request)
    fresh = cases.page(staff, number, now=now)
    seen = form.cleaned_data.get("seen") or 0
    others = [event for event in fresh.events if event.pk > seen and event.staff_id != staff.pk]
    data = form.data.copy()
    data["version"], data["seen"] = str(fresh.case.version), str(fresh.seen)
    again = type(form)(data, case=fresh, staff=staff, now=now)
    changes = words.changes(others[:5], fresh.case.customer.name)
    return _page(
        request, fresh, now=now, wanted=name, form=again, status=409, problem=describe(error), changes=changes
    )


def _page(
    request: HttpRequest,
    page: CasePage,
    *,
    now: datetime,
    wanted: str = "",
    form: forms.Deed | None = None,
    status: int = 200,
    problem: str = "",
    changes: list[str] | None = None,
) -> HttpResponse:
    only = request.GET.get("only", "")
    only = only if only in ONLY else ""
    staff, main = doors.me(request), page.main
    context = {
        "card": page.card,
        "steps": words.steps(page),
        "stands": words.stands(page),
        "badge": words.clock(page.card.clock, now=now),
        "clocks": [(one, words.clock(one, now=now)) for one in page.clocks],
        "events": words.timeline(page, only),
        "only": only,
        "main": main,
        "link_hint": words.link_hint(page, now),
        "waits": "" if main or page.archive else words.waits(page),
        "meanwhile": [one for one in page.deeds if one.do in MEANWHILE and one.why is None],
        "overdue": page.card.clock is not None and page.card.clock.over,
        "cause_open": not page.case.root_cause and page.archive is None,
        "problem": problem,
        "changes": changes or [],
        "others": [one for one in page.deeds if not one.main and one.do is not Do.PACKAGE],
        "beside": (beside := [one for one in page.deeds if _beside(one, page)]),
        "menu": case_menu.groups(page.deeds, beside, more=page.archive is None),
        "in_head": case_menu.IN_HEAD,
        "breaches": [(one, guarantees.knowledge(one)) for one in guarantees.for_case(page.case.pk)],
        "owed": [(one, promised.owed(one, now=now)) for one in guarantees.owed_in(page.case.pk)],
        "may_see_catalogue": access.may(staff, Deed.SEE_CATALOGUE),
        "may_export": access.may(staff, Deed.EXPORT_ARCHIVE) and page.archive is not None,
        "may_settle": access.may(staff, Deed.PROMISE),
        "measures": insight.of_case(page.case, now=now),
        "may_spend": access.may(staff, Deed.SPEND),
        "may_propose": access.may(staff, Deed.PROPOSE),
        "may_attach": access.may(staff, Deed.ATTACH_INCIDENT),
        "fitting": [one for one in page.incidents if one.why],
        "requests": [(one, request_clock(one, now=now)) for one in page.requests],
        "passed_on": passing.once(request, page.case.number),
        "main_why": describe(main.why) if main and main.why else "",
        "customer_url": customer_address(page.case.customer_id),
        "may_see_customer": access.may(staff, Deed.SEE_CUSTOMERS),
        "may_see_inbox": access.may(staff, Deed.SEE_INBOX),
        **_facts(page, staff),
        **_around(page, staff, now=now),
        **_deed(page, wanted, form, now=now),
        **_main(page, staff, wanted, now=now),
    }
    return render(request, "desk/case/page.html", context, status=status)


def _from_facts(page: CasePage, staff: Any, place: int) -> dict[str, str]:
    """What a finding of the facts gives to the form of the cause; it stands there to be read before it is kept."""
    sheet = facts.sheet(staff, page.case.pk)
    found = facts_words.cause(sheet, place) if sheet else {}
    if found and page.investigation is not None and page.investigation.findings:
        found["findings"] = f"{page.investigation.findings}\n{found['findings']}"
    return found


def _asked_before(page: CasePage, pk: int) -> dict[str, Any]:
    """What came to nothing, to be asked of somebody else."""
    found = next((one.request for one in page.requests if one.request.pk == pk), None)
    return {"need": found.need, "shares_notes": found.shares_notes} if found else {}


def _around(page: CasePage, staff: Any, *, now: datetime) -> dict[str, Any]:
    """What authorities sent about the case, and what the customer expects of it."""
    sheet = cases.sheet_of(page.case.pk)
    rows = [statutory.shown(row, staff, now=now) for row in transfers.of_case(page.case.pk)]
    handling = transfers.handling(page.case.pk)
    return {
        "handling": statutory.time(handling, now=now) if handling else None,
        "transfers": rows,
        "may_transfer": transfers.may_transfer(staff, page.case),
        "expectation": expected.shown(sheet),
        "may_expect": access.may(staff, Deed.NOTE) and page.archive is None,
        "prompts": cases.prompts(page.case, sheet) if access.may(staff, Deed.NOTE) else (),
    }


def _beside(one: Possible, page: CasePage) -> bool:
    """Whether a deed stands beside the main one in the header of the step."""
    if one.main or one.why is not None:
        return False
    if one.do is Do.SEND_LINK:
        return page.facts.stage in LINKED
    return one.do in BESIDE


def _facts(page: CasePage, staff: Any) -> dict[str, Any]:
    """The facts table as far as the case page shows it: the newest rows, and what they say."""
    sheet = facts.sheet(staff, page.case.pk)
    picture = facts_words.picture(sheet)
    columns = facts_words.brief(sheet, picture, most=FACT_COLUMNS) if sheet else []
    return {
        "sheet": sheet,
        "picture": picture,
        "fact_columns": columns,
        "fact_lines": facts_words.lines(sheet, picture, columns)[:FACTS] if sheet else [],
        "may_note_facts": facts.may_record(staff, page.case),
    }


def _deed(page: CasePage, wanted: str, form: forms.Deed | None, *, now: datetime) -> dict[str, Any]:
    deed = deeds.BY_NAME.get(wanted)
    return {"page": page, "case": page.case, "wanted": wanted, "deed": deed, "form": form, "now": now}


def _main(page: CasePage, staff: Any, wanted: str, *, now: datetime) -> dict[str, Any]:
    """The form of the one thing to do now, unless it is the one that has been opened already."""
    main = page.main
    if main is None:
        return {}
    deed = deeds.BY_NAME[main.do]
    form = None if main.why or main.do == wanted else deed.form(case=page, staff=staff, now=now)
    return {"main_deed": deed, "main_form": form}


def _complain(form: forms.Deed, error: DomainError) -> None:
    field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
    form.add_error(field, describe(error))


def _say(request: HttpRequest, page: CasePage, name: str, deed: deeds.Deed, result: Any) -> None:
    if name == Do.SEND_LINK and result:
        passing.keep(request, number=page.case.number, key=result)
        return
    undo = reverse("desk:case_do", args=[page.case.number, Do.UNMERGE]) if name == Do.MERGE else ""
    done = deed.done(result) if callable(deed.done) else deed.done
    ui.toast(request, str(done), undo=undo)
