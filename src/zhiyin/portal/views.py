"""The customer's pages: raise a matter, follow it, choose, confirm. No account; no act by GET."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiyin.cases import actions as cases
from zhiyin.cases import links
from zhiyin.cases import queries as incidents
from zhiyin.cases.links import Grant
from zhiyin.cases.rules import numbers
from zhiyin.cases.rules.words import Kind, LinkPurpose
from zhiyin.cases.story import Story, story
from zhiyin.catalogue import queries as catalogue
from zhiyin.conversations import actions as conversations
from zhiyin.customers import actions as customers
from zhiyin.customers.rules import Channel
from zhiyin.facts import queries as facts
from zhiyin.guarantees import actions as making_good
from zhiyin.guarantees import queries as guarantees
from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError, Invalid, NotFound
from zhiyin.kit.language import describe
from zhiyin.people import queries as people
from zhiyin.portal import forms, keys, throttle
from zhiyin.statutory import queries as statutory

TRUTH = timedelta(days=89)  # so far back the shares beside the guarantee go
FORM_AND_PAGE = ("GET", "HEAD", "POST")
Said = dict[str, Any]


def show(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    return render(
        request, f"portal/{template}.html", {"organisation": people.organisation(), **context}, status=status
    )


@require_http_methods(FORM_AND_PAGE)
def raise_matter(request: HttpRequest) -> HttpResponse:
    """The front door. A form that meets a rule comes back with the sentence and everything typed."""
    notices = incidents.notices(now=timezone.now())
    form = forms.Raise(request.POST or None, request.FILES or None, known=notices)
    if request.method == "POST" and form.is_valid():
        try:
            throttle.count(request, "raise")
            number, grant = _open(form)
        except DomainError as error:
            form.add_error(_field(form, error), describe(error))
        else:
            keys.remember(request, number, grant)
            return redirect("portal:case", number=number)
    _keep_files(request, form)
    return show(request, "raise", status=422 if form.errors else 200, form=form, notices=notices)


def _keep_files(request: HttpRequest, form: forms.WithFiles) -> None:
    """Where a form goes back to be mended, what came along need not be sent again; not without end, though."""
    if not form.errors or not (request.FILES or "kept" in request.POST):
        return
    try:
        throttle.count(request, "kept")
    except throttle.TooOften:
        return
    form.keep(timezone.now())


@transaction.atomic
def _open(form: forms.Raise) -> tuple[str, Grant]:
    now, data = timezone.now(), form.cleaned_data
    customer = customers.find_or_create(
        name=data["name"],
        contacts=[data["contact"]],
        team_id=people.organisation().default_team_id,
        channel=Channel.PORTAL,
        by=None,
        now=now,
    )
    case = cases.open_case(
        kind=Kind(data["kind"]),
        subject=form.subject(),
        description="\n".join(filter(None, [data["place"], data["description"]])),
        remedy_sought=data["remedy_sought"],
        customer_id=customer.pk,
        channel=Channel.PORTAL,
        in_danger=data["in_danger"],
        client_token=data["token"],
        file_ids=form.stored(now),
        from_machine=bool(data["website"]),
        now=now,
    )
    # Where there is danger, somebody looks before it counts as one of many.
    shown = {one.id for one in incidents.notices(now=now)}
    if data.get("about") in shown and not case.in_danger:
        cases.join_by_customer(case_id=case.pk, incident_id=data["about"], now=now)
    return case.number, Grant(case_id=case.pk, purpose=LinkPurpose.FOLLOW, link_id=None, round=case.round)


@sensitive_post_parameters("contact")
@require_http_methods(FORM_AND_PAGE)
def follow(request: HttpRequest) -> HttpResponse:
    """Number and contact together open the page; any other pair gets the same answer, known number or not."""
    form = forms.Follow(request.POST or None, initial={"number": request.GET.get("number", "")[:20]})
    if request.method == "POST" and form.is_valid():
        number = numbers.tidy(form.cleaned_data["number"])
        try:
            throttle.count(request, "visitor")
            throttle.count(request, "follow", number)
        except throttle.TooOften as error:
            form.add_error(None, describe(error))
            return show(request, "follow", status=429, form=form)
        grant = links.follow(number=number, contact=form.cleaned_data["contact"])
        if grant is not None:
            keys.remember(request, number, grant)
            return redirect("portal:case", number=number)
        form.add_error(
            None, _("These two do not go together yet. Look at the number in our first answer, or call us.")
        )
    return show(request, "follow", status=422 if form.errors else 200, form=form)


@require_GET
def key_page(request: HttpRequest, key: str) -> HttpResponse:
    """Opening a link changes nothing: it shows a page that hands the key in by POST."""
    return show(request, "key", key=key)


@sensitive_post_parameters("key")
@require_POST
def hand_in_key(request: HttpRequest) -> HttpResponse:
    """Exchange the key for a grant in the session and go to an address without it."""
    throttle.count(request, "key")
    try:
        grant = links.exchange(key=request.POST.get("key", ""), now=timezone.now())
    except NotFound:
        return show(request, "key_spent", status=404)
    number = story(grant.case_id).number
    keys.remember(request, number, grant)
    pages = {LinkPurpose.CHOOSE: "portal:choose", LinkPurpose.CONFIRM: "portal:confirm"}
    pages[LinkPurpose.FACTS] = "portal:facts"
    return redirect(pages.get(grant.purpose, "portal:case"), number=number)


def _opened(request: HttpRequest, number: str) -> tuple[Grant, Story]:
    grant = keys.granted(request, number)
    return grant, story(grant.case_id)


@require_GET
def guarantee(request: HttpRequest, version: int | None = None) -> HttpResponse:
    """What we promise to everybody, with the day it holds from; older and coming versions by their number."""
    now = timezone.now()
    shown = catalogue.public(version, at=now)
    if shown is None:
        return show(request, "no_guarantee")
    today = timezone.localdate(now)
    since = today - TRUTH
    return show(
        request,
        "guarantee",
        guarantee=shown.guarantee,
        state=shown.state,
        others=shown.others,
        sections=guarantees.sections(shown.guarantee.clauses.all(), since=since, until=today),
        given=guarantees.given_in(since=since, until=today),
        now=now,
    )


@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    grant, found = _opened(request, number)
    return _case(request, grant, found, forms.Add())


def _case(
    request: HttpRequest, grant: Grant, found: Story, form: forms.Add, *, status: int = 200
) -> HttpResponse:
    """The page of a matter; with a form that did not go through everything else stays where it was.

    That she has read here what we did not keep is written down; nothing else changes.
    """
    now, notice = timezone.now(), incidents.notice_of(found.case_id)
    missed = guarantees.for_customer(found.case_id)
    if missed:
        making_good.shown(case_id=found.case_id, now=now)
    return show(
        request,
        "case",
        status=status,
        story=found,
        missed=missed,
        transfers=statutory.for_customer(found.case_id),
        form=form,
        notice=notice,
        alike=[] if notice else incidents.known_already(found.case_id, now=now),
        can_choose=found.may_choose and keys.may_act(grant, LinkPurpose.CHOOSE),
        can_note=keys.notes(request, found.number) and facts.asked(found.case_id, now=now) is not None,
        can_confirm=found.may_confirm and keys.may_act(grant, LinkPurpose.CONFIRM),
    )


@require_POST
def same(request: HttpRequest, number: str) -> HttpResponse:
    """The customer says that the matter is what we know of already."""
    _grant, found = _opened(request, number)
    throttle.count(request, "add")
    try:
        cases.join_by_customer(
            case_id=found.case_id, incident_id=keys.whole(request.POST.get("incident")), now=timezone.now()
        )
    except NotFound:
        ui.toast(request, _("That is settled by now. We look at yours on its own."))
    except DomainError as error:
        ui.toast(request, describe(error))
    else:
        ui.toast(request, _("Thank you. You hear of it here with all the others."))
    return redirect("portal:case", number=number)


@require_POST
def add(request: HttpRequest, number: str) -> HttpResponse:
    """One more sentence or a photo, into the same conversation."""
    grant, found = _opened(request, number)
    form = forms.Add(request.POST, request.FILES)
    if form.is_valid() and found.may_write:
        now = timezone.now()
        try:
            throttle.count(request, "add")
            with transaction.atomic():
                conversations.receive(
                    conversation_id=cases.conversation_of(found.case_id),
                    text=form.cleaned_data["text"].strip() or _("(photos)"),
                    client_token=form.cleaned_data["token"],
                    file_ids=form.stored(now),
                    now=now,
                )
        except DomainError as error:
            form.add_error(_field(form, error), describe(error))
        else:
            ui.toast(request, _("Added. We have it."))
            return redirect("portal:case", number=number)
    _keep_files(request, form)
    return _case(request, grant, found, form, status=422)


@require_http_methods(FORM_AND_PAGE)
def choose(request: HttpRequest, number: str) -> HttpResponse:
    def chosen(grant: Grant, said: Said) -> None:
        cases.choose(
            case_id=grant.case_id,
            proposal_id=said["proposal"],
            words=said["words"],
            channel=Channel.PORTAL,
            link_id=keys.acting_link(grant, LinkPurpose.CHOOSE),
            now=timezone.now(),
        )

    return _answer(
        request, number, "choose", forms.Choose, LinkPurpose.CHOOSE, chosen,
        thanks=lambda _said: _("Thank you. We start with what you chose."),
    )  # fmt: skip


@require_http_methods(FORM_AND_PAGE)
def none_fits(request: HttpRequest, number: str) -> HttpResponse:
    def refused(grant: Grant, said: Said) -> None:
        cases.none_fits(
            case_id=grant.case_id,
            words=said["words"],
            channel=Channel.PORTAL,
            link_id=keys.acting_link(grant, LinkPurpose.CHOOSE),
            now=timezone.now(),
        )

    return _answer(
        request, number, "none_fits", forms.NoneFits, LinkPurpose.CHOOSE, refused,
        thanks=lambda _said: _("Thank you for saying so. We think again and come back to you."),
    )  # fmt: skip


@require_http_methods(FORM_AND_PAGE)
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    def confirmed(grant: Grant, said: Said) -> None:
        cases.confirm(
            case_id=grant.case_id,
            satisfied=said["satisfied"],
            handling=said["handling"],
            words=said["words"],
            channel=Channel.PORTAL,
            link_id=keys.acting_link(grant, LinkPurpose.CONFIRM),
            now=timezone.now(),
        )

    return _answer(
        request, number, "confirm", forms.Confirm, LinkPurpose.CONFIRM, confirmed,
        thanks=lambda said: _("Thank you. We are glad.")
        if said["satisfied"]
        else _("Thank you for saying so. We take it up again."),
    )  # fmt: skip


@require_http_methods(FORM_AND_PAGE)
def objection(request: HttpRequest, number: str) -> HttpResponse:
    """The customer does not accept the decision: it stays open, and routes inside and outside are named."""

    def objected(grant: Grant, said: Said) -> None:
        cases.reopen(case_id=grant.case_id, reason=said["reason"], now=timezone.now())

    return _answer(
        request, number, "object", forms.Object, None, objected,
        thanks=lambda _said: _("We take it up again."),
    )  # fmt: skip


def _answer(
    request: HttpRequest,
    number: str,
    page: str,
    form_class: type[Form],
    purpose: LinkPurpose | None,
    deed: Callable[[Grant, Said], None],
    *,
    thanks: Callable[[Said], str],
) -> HttpResponse:
    """One answer of the customer's: asked for while it is wanted, done once, thanked for on the page of the matter."""
    grant, found = _opened(request, number)
    wanted = {
        LinkPurpose.CHOOSE: found.may_choose,
        LinkPurpose.CONFIRM: found.may_confirm,
        None: found.may_object,
    }
    if not wanted[purpose] or (purpose is not None and not keys.may_act(grant, purpose)):
        return redirect("portal:case", number=number)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deed(grant, form.cleaned_data)
        except DomainError as error:
            form.add_error(None, describe(error))
        else:
            ui.toast(request, thanks(form.cleaned_data))
            return redirect("portal:case", number=number)
    return show(request, page, status=422 if form.errors else 200, story=found, form=form)


def _field(form: Any, error: DomainError) -> str | None:
    named = getattr(error, "field", "") if isinstance(error, Invalid) else ""
    named = {"upload": "files", "file": "files", "value": "contact"}.get(named, named)
    return named if named in form.fields else None
