"""The components say what they show, in words, and let nobody's text become markup."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from zhiyin.kit import ui

NOW = dt.datetime(2026, 11, 18, 1, 24, tzinfo=dt.UTC)  # 09:24 in Shanghai


def draw(source: str, **context):
    with translation.override("en"):
        return Template("{% load zy zy_forms %}" + source).render(Context(context))


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


@pytest.mark.parametrize("state", ["far", "soon", "over", "paused", "met"])
def test_a_clock_shows_its_state_and_words(state):
    html = draw("{% clock_badge badge %}", badge={"state": state, "text": "41 min left", "share": 51})
    assert f'class="zy-clock {state}"' in html
    assert text(html) == "41 min left"


def test_a_clock_that_is_not_there_shows_nothing():
    assert draw("{% clock_badge badge %}", badge=None) == ""


def test_the_share_of_a_clock_stays_between_nothing_and_all():
    assert 'stroke-dasharray="100 100"' in draw("{% clock_badge badge %}", badge=ui.Clock("far", "x", 250))


def test_a_running_clock_says_left_or_over():
    with translation.override("en"):
        assert ui.running(dt.timedelta(minutes=41), share=51, soon=True) == ui.Clock(
            "soon", "41 min left", 51
        )
        assert ui.running(dt.timedelta(minutes=-38), share=0, soon=True).text == "38 min over"


def test_a_strong_feeling_says_so_to_a_screen_reader():
    assert text(draw('{% emotion "anger" 3 %}')) == "Feeling: angry, strong"


def test_calm_is_never_filled():
    assert "l0 e-calm" in draw('{% emotion "calm" 3 %}')


@pytest.mark.parametrize("kind", ["", "bored", None])
def test_an_unknown_feeling_shows_nothing(kind):
    assert draw("{% emotion kind 2 %}", kind=kind) == ""


@pytest.mark.parametrize(
    ("state", "look"), [("draft", "is-draft"), ("kept", "kept"), ("broken", "broken"), ("open", "")]
)
def test_a_promise_shows_whether_it_was_kept(state, look):
    assert f'class="zy-vow {look}"' in draw("{% vow text state %}", text="call back", state=state)


def test_names_never_become_markup():
    nasty = "<script>alert(1)</script>"
    html = draw(
        "{% person n %}{% face n %}{% tag n %}{% vow n %}{% clock_badge b %}{% facts f %}"
        "{% empty n n %}{% endempty %}",
        n=nasty, b={"state": "far", "text": nasty, "title": nasty}, f=[(nasty, nasty, nasty)],
    )  # fmt: skip
    assert "<script" not in html


def test_staff_are_square_and_customers_round():
    assert 'class="zy-who staff s"' in draw('{% person "林晓芸" "staff" %}')
    assert 'class="zy-who s"' in draw('{% person "苏文秀" %}')


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (dt.datetime(2026, 11, 18, 1, 12, tzinfo=dt.UTC), "today 09:12"),
        (dt.datetime(2026, 11, 17, 11, 40, tzinfo=dt.UTC), "yesterday 19:40"),
        (dt.datetime(2026, 11, 9, 0, 16, tzinfo=dt.UTC), "9 Nov 08:16"),
        (dt.datetime(2025, 11, 17, 4, 0, tzinfo=dt.UTC), "17 Nov 2025"),
        (dt.date(2026, 11, 19), "tomorrow"),
    ],
)
def test_moments_are_said_as_people_say_them(moment, said):
    assert text(draw("{{ moment|when:now }}", moment=moment, now=NOW)) == said


def test_a_moment_at_new_year_still_says_yesterday():
    now = dt.datetime(2026, 12, 31, 16, 5, tzinfo=dt.UTC)
    assert (
        text(draw("{{ moment|when:now }}", moment=now - dt.timedelta(hours=1), now=now)) == "yesterday 23:05"
    )


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ({"days": 2, "hours": 4, "minutes": 50}, "2 d 4 h"),
        ({"hours": 3, "minutes": 12}, "3 h 12 min"),
        ({"minutes": 41}, "41 min"),
        ({"days": 2, "minutes": 5}, "2 d"),
        ({"seconds": 20}, "under 1 min"),
        ({"minutes": -38}, "38 min"),
    ],
)
def test_spans_are_said_in_their_two_largest_units(span, said):
    assert draw("{{ span|duration }}", span=dt.timedelta(**span)) == said


@pytest.mark.parametrize(
    ("amount", "said"), [("1260", "¥1,260"), ("230.10", "¥230.10"), ("-5", "−¥5"), ("0", "¥0"), (None, "")]
)
def test_money_has_commas_and_a_true_minus(amount, said):
    assert draw("{{ amount|money }}", amount=amount) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("+8613900214471", "139****4471"),
        ("+862161234567", "021****4567"),
        ("+85261234567", "+852****4567"),
        ("", ""),
        ("110", "****10"),
    ],
)
def test_telephone_numbers_are_masked(number, said):
    assert draw("{{ number|masked_phone }}", number=number) == said


class Shape(forms.Form):
    phone = forms.CharField(min_length=11, help_text="With area code")
    kind = forms.ChoiceField(
        choices=[("a", "Complaint"), ("b", "Request")], widget=forms.RadioSelect, required=False
    )
    q = forms.CharField(required=False)


def test_a_field_ties_label_hint_and_error_to_its_control():
    html = draw("{% field form.phone %}", form=Shape({"phone": "123"}))
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_phone-e id_phone-h"' in html
    assert 'id="id_phone-e"' in html
    assert 'id="id_phone-h"' in html
    assert 'for="id_phone"' in html


def test_a_field_keeps_a_draft_and_takes_keys():
    html = draw('{% field form.phone draft="case-12" data_key="R" %}', form=Shape())
    assert 'data-draft="case-12"' in html
    assert 'data-key="R"' in html


def test_choices_are_a_fieldset_with_a_legend():
    html = draw("{% field form.kind %}", form=Shape())
    assert "<legend>" in html
    assert html.count('class="form-check-input"') == 2


def test_a_filter_that_is_set_can_be_taken_away_alone():
    request = RequestFactory().get("/cases/?kind=a&q=lift&view=list&page=3")
    html = draw("{% filters form %}", form=Shape(request.GET), request=request)
    assert 'href="/cases/?q=lift&amp;view=list"' in html
    assert "Remove: Kind Complaint" in html
    assert '<input type="hidden" name="view" value="list">' in html


def test_the_pager_keeps_the_other_conditions():
    request = RequestFactory().get("/cases/?kind=a&page=2")
    html = draw("{% pager page %}", page=Paginator(range(60), 20).page(2), request=request)
    assert "kind=a&amp;page=3" in html
    assert "Page 2 of 3" in text(html)


def test_the_stepper_says_where_the_case_is():
    html = draw(
        "{% stepper steps %}",
        steps=[ui.Step("Receive", "done", "4 min"), ui.Step("Judge", "now"), ui.Step("Archive", "todo")],
    )
    assert 'aria-label="The loop: step 2 of 3"' in html
    assert html.count('aria-current="step"') == 1


def test_the_timeline_says_who_did_what_when():
    html = draw("{% timeline events %}", events=[ui.Event(NOW, "check", "approved", by="周敏")], now=NOW)
    assert "周敏 approved" in text(html)
    assert "today 09:24" in text(html)


def test_the_undo_of_a_toast_stays_inside_the_house():
    assert draw("{{ tags|undo_url }}", tags="undo:/cases/undo/3/ success") == "/cases/undo/3/"
    assert draw("{{ tags|undo_url }}", tags="undo:https://elsewhere.example/") == ""


def test_a_day_to_plan_by_carries_its_weekday():
    assert draw("{{ day|long_day }}", day=dt.date(2026, 1, 1)) == "Thu 1 Jan"
