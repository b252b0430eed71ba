"""Agreement with a reader, in figures one can check by hand."""

import pytest

from zhiyin.libs.coach import evaluate


def turn(name, **more):
    return {
        "id": name,
        "flags": [],
        "severity": 0,
        "positives": [],
        "question": "none",
        "promises": [],
        **more,
    }


def promise(text, kind="hard", owner="org"):
    return {"text": text, "kind": kind, "owner": owner}


def test_each_rule_and_all_together_are_counted():
    gold = [turn("1", flags=["a", "b"], severity=2), turn("2", flags=["a"], severity=1), turn("3")]
    said = [turn("1", flags=["a"], severity=2), turn("2", flags=["b"], severity=1), turn("3")]
    report = evaluate.agents(gold, said)
    assert (report.rules["a"].precision, report.rules["a"].recall) == (1, 0.5)
    assert report.rules["b"] == evaluate.Score(0, 1, 1)
    assert report.findings == evaluate.Score(1, 1, 2)
    assert report.findings.f1 == pytest.approx(0.4)
    assert report.severe == evaluate.Score(1, 0, 0)
    assert report.severity_accuracy == 1


def test_a_severe_finding_is_right_where_the_gold_has_its_rule():
    gold = [turn("1", flags=["a"], severity=2)]
    said = [
        turn("1", flags=["a", "b"], findings=[{"rule": "a", "severity": 2}, {"rule": "b", "severity": 3}])
    ]
    assert evaluate.agents(gold, said).severe_findings.precision == 0.5


def test_a_promise_is_exact_or_overlaps():
    gold = [turn("1", promises=[promise("明天给您发出"), promise("三天到账")])]
    said = [turn("1", promises=[promise("明天给您发出哦"), promise("三天到账")])]
    report = evaluate.agents(gold, said)
    assert report.promises_exact == evaluate.Score(1, 1, 1)
    assert report.promises_partial == evaluate.Score(2, 0, 0)
    assert report.hard_turns.f1 == 1


def test_turns_must_be_the_same():
    with pytest.raises(ValueError, match="compared"):
        evaluate.agents([turn("1")], [turn("2")])
    with pytest.raises(ValueError, match="readings"):
        evaluate.agents([turn("1")], [])


def place(start, end, kind="hard", owner="org"):
    return {"start": start, "end": end, "kind": kind, "owner": owner}


def test_promises_without_their_text_are_compared_by_their_place():
    gold = [turn("1", promises=[place(0, 7), place(10, 14)])]
    said = [turn("1", promises=[{"text": "明天给您发出哦", **place(0, 7)}, place(12, 16)])]
    report = evaluate.agents(gold, said)
    assert report.promises_exact == evaluate.Score(1, 1, 1)
    assert report.promises_partial == evaluate.Score(2, 0, 0)


def test_places_that_hardly_touch_are_not_the_same_promise():
    gold, said = [turn("1", promises=[place(0, 7)])], [turn("1", promises=[place(6, 13)])]
    assert evaluate.agents(gold, said).promises_partial == evaluate.Score(0, 1, 1)


def test_each_type_of_question_is_counted():
    gold = [turn("1", question="open"), turn("2", question="open"), turn("3")]
    said = [turn("1", question="open"), turn("2", question="closed"), turn("3")]
    report = evaluate.agents(gold, said)
    assert report.questions["open"] == evaluate.Score(1, 0, 1)
    assert report.questions["closed"] == evaluate.Score(0, 1, 0)
