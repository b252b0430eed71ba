"""Figures of agreement on promises."""

import pytest

from zhiyin.libs.coach.promises import evaluate_promises


def promise(text, kind="hard", owner="org"):
    return {"text": text, "kind": kind, "owner": owner}


def test_a_particle_more_is_partial_and_trimmed_but_not_exact():
    agreement = evaluate_promises([[promise("明天给您送")]], [[promise("明天给您送的哦")]])
    assert (agreement.exact.f1, agreement.trimmed.f1, agreement.partial.f1) == (0, 1, 1)


def test_the_wrong_kind_overlaps_but_is_no_partial_match():
    agreement = evaluate_promises([[promise("明天给您送")]], [[promise("明天给您送", "soft", "self")]])
    assert (agreement.partial.f1, agreement.overlap.f1) == (0, 1)
    assert (agreement.kinds.f1, agreement.owners.f1, agreement.hard_turns.f1) == (0, 0, 0)


def test_silence_on_both_sides_agrees():
    agreement = evaluate_promises([[], []], [[], []])
    assert agreement.hard_turns.f1 == agreement.exact.precision == agreement.exact.recall == 1


def test_turns_must_pair():
    with pytest.raises(ValueError, match="zip"):
        evaluate_promises([[]], [])
