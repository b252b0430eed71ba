"""Raking: every margin met to a relative tolerance, or named."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zhiyin.libs.measure import errors, raking

FIELDS = {
    "sex": ["m"] * 6 + ["f"] * 4,
    "age": ["young", "old", "old", "old", "young", "old", "young", "young", "old", "old"],
}
TARGETS = {"sex": {"m": 0.48, "f": 0.52}, "age": {"young": 0.3, "old": 0.7}}


def margins(fields, weights):
    return {
        field: {label: weights[np.asarray(labels) == label].sum() for label in set(labels)}
        for field, labels in fields.items()
    }


def plain_ipf(fields, targets, rounds=2000):
    """Row by row, as the books have it."""
    weights = np.ones(len(next(iter(fields.values()))))
    for _ in range(rounds):
        for field, wanted in targets.items():
            labels = np.asarray(fields[field])
            for label, target in wanted.items():
                weights[labels == label] *= target / weights[labels == label].sum()
    return weights


def test_every_margin_is_met():
    found = raking.rake(FIELDS, TARGETS)
    assert found.converged
    for field, wanted in TARGETS.items():
        for label, share in wanted.items():
            assert margins(FIELDS, found.weights)[field][label] == pytest.approx(10 * share, rel=1e-9)


def test_the_weights_are_those_of_fitting_row_by_row():
    expected = plain_ipf(FIELDS, TARGETS)
    assert raking.rake(FIELDS, TARGETS).weights == pytest.approx(expected * 10, rel=1e-7)


def test_deming_and_stephans_adjustment_keeps_what_the_cells_have_in_common():
    # Cross-product ratios are those of the sample.
    found = raking.rake({"a": [0, 0, 0, 0, 1, 1, 1], "b": [0, 0, 0, 1, 0, 1, 1]}, {
        "a": {0: 500, 1: 500}, "b": {0: 300, 1: 700}})  # fmt: skip
    cells = found.weights[:3].sum() * found.weights[5:].sum() / (found.weights[3] * found.weights[4])
    assert cells == pytest.approx(3 * 2 / (1 * 1))
    assert found.weights.sum() == pytest.approx(1000)


def test_the_tolerance_is_relative_so_that_the_unit_does_not_matter():
    people = {field: {k: v * 3_647_280 for k, v in wanted.items()} for field, wanted in TARGETS.items()}
    shares, counts = raking.rake(FIELDS, TARGETS), raking.rake(FIELDS, people)
    assert counts.weights == pytest.approx(shares.weights * 364_728)
    assert counts.rounds == shares.rounds
    assert abs(counts.worst.total - counts.worst.target) < 0.01


@pytest.mark.parametrize(
    ("targets", "name"),
    [
        ({"sex": {"m": 0.48, "f": 0.5, "x": 0.02}, "age": TARGETS["age"]}, "sex, x: nobody"),
        ({"sex": {"m": 1.0, "f": 0.0}, "age": TARGETS["age"]}, "sex, f: somebody"),
        ({"sex": {"m": 48, "f": 52}, "age": {"young": 30, "old": 80}}, "disagree about the total"),
        ({"sex": {"m": -1, "f": 2}}, "sex, m"),
    ],
)
def test_a_margin_that_nobody_can_meet_is_named(targets, name):
    with pytest.raises(errors.ImpossibleMargin, match=name):
        raking.rake(FIELDS, targets)


def test_what_does_not_belong_together_is_refused():
    with pytest.raises(errors.BadOption, match=r"age \(1\)"):
        raking.rake(FIELDS, {"age": {"old": 1.0}})
    with pytest.raises(errors.BadOption, match="town"):
        raking.rake(FIELDS, {"town": {"x": 1.0}})
    with pytest.raises(errors.BadOption):
        raking.rake(FIELDS, {})
    with pytest.raises(errors.ShapeMismatch):
        raking.rake({**FIELDS, "age": ["old"]}, {"sex": TARGETS["sex"], "age": {"old": 1.0}})
    with pytest.raises(errors.ShapeMismatch):
        raking.rake(FIELDS, TARGETS, base=[1, 2])
    with pytest.raises(errors.BadDesign):
        raking.rake(FIELDS, TARGETS, base=[0] * 10)
    with pytest.raises(errors.BadOption):
        raking.rake(FIELDS, TARGETS, trim=(2, 3))


def test_a_category_nobody_is_in_and_nobody_should_be_in_is_no_constraint():
    targets = {"sex": {"x": 0, **TARGETS["sex"]}, "age": TARGETS["age"]}
    assert raking.rake(FIELDS, targets).weights == pytest.approx(raking.rake(FIELDS, TARGETS).weights)


def test_margins_that_contradict_each_other_do_not_converge_and_say_where():
    fields = {"a": [0, 0, 1, 1], "b": [0, 0, 1, 1]}
    found = raking.rake(fields, {"a": {0: 0.5, 1: 0.5}, "b": {0: 0.2, 1: 0.8}}, rounds=50)
    assert not found.converged
    assert found.rounds == 50
    assert found.worst.field == "a"
    empty_cell = {"a": [0, 1, 1], "b": [0, 0, 1]}
    found = raking.rake(empty_cell, {"a": {0: 0.6, 1: 0.4}, "b": {0: 0.4, 1: 0.6}})
    assert not found.converged
    assert np.isfinite(found.weights).all()


def test_trimming_keeps_every_weight_in_bounds_and_says_what_it_cost():
    rng = np.random.default_rng(1)
    fields = {"a": rng.choice(3, 400, p=[0.8, 0.15, 0.05]), "b": rng.choice(4, 400)}
    targets = {"a": dict(enumerate([0.5, 0.3, 0.2])), "b": dict(enumerate([0.25] * 4))}
    free = raking.rake(fields, targets)
    loose = raking.rake(fields, targets, trim=(0.1, 6))
    tight = raking.rake(fields, targets, trim=(0.5, 2), base=rng.uniform(0.5, 1.5, 400))
    assert free.weights.max() > 3
    assert loose.weights == pytest.approx(free.weights)
    assert loose.converged
    assert 0.5 - 1e-9 <= tight.weights.min() <= tight.weights.max() <= 2 + 1e-9
    assert not tight.converged
    assert tight.worst.ratio < 1
    assert tight.trimmed > 0
    assert tight.kish.deff < free.kish.deff


def test_design_weights_are_where_raking_begins():
    base = np.array([1.0, 2, 1, 1, 3, 1, 1, 1, 1, 5])
    found = raking.rake(FIELDS, TARGETS, base=base)
    rows = np.repeat(np.arange(10), base.astype(int))
    repeated = raking.rake({k: [v[row] for row in rows] for k, v in FIELDS.items()}, TARGETS)
    per_row = np.bincount(rows, repeated.weights) / repeated.weights.sum()
    assert found.weights / found.weights.sum() == pytest.approx(per_row, rel=1e-7)


def test_labels_may_be_words_whole_numbers_or_far_apart_codes():
    words = raking.rake(FIELDS, TARGETS).weights
    for code in ({"m": 1, "f": 2, "young": 0, "old": 7}, {"m": 10**12, "f": -5, "young": 3, "old": 10**9}):
        fields = {k: np.array([code[v] for v in labels]) for k, labels in FIELDS.items()}
        targets = {k: {code[c]: t for c, t in wanted.items()} for k, wanted in TARGETS.items()}
        assert raking.rake(fields, targets).weights == pytest.approx(words)
    assert raking.rake({k: np.array(v) for k, v in FIELDS.items()}, TARGETS).weights == pytest.approx(words)


def test_many_fields_of_many_categories_do_not_need_room_for_every_combination():
    rng = np.random.default_rng(2)
    fields = {f"f{at}": rng.integers(0, 9, 500) for at in range(14)}
    targets = {field: dict(enumerate(np.full(9, 1 / 9))) for field in fields}
    found = raking.rake(fields, targets, tolerance=1e-7)
    assert found.converged
    assert found.cells == 500


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 4), st.permutations(range(60)))
def test_the_order_of_respondents_and_of_margins_changes_no_weight(seed, k, order):
    rng = np.random.default_rng(seed)
    fields = {f"f{at}": rng.integers(0, 3, 60) for at in range(k)}
    assume(all(len(np.unique(labels)) == 3 for labels in fields.values()))
    truth = rng.dirichlet(np.full(60, 3.0))  # margins of weights that exist
    targets = {f: {c: float(truth[labels == c].sum()) for c in range(3)} for f, labels in fields.items()}
    found = raking.rake(fields, targets, tolerance=1e-11, rounds=20_000)
    turned = raking.rake(
        {f: fields[f][list(order)] for f in reversed(fields)},
        {f: targets[f] for f in reversed(targets)},
        tolerance=1e-11,
        rounds=20_000,
    )
    assert found.converged
    assert turned.weights == pytest.approx(found.weights[list(order)], rel=1e-5)


@pytest.mark.parametrize("trim", [(0.8, 1.2), (0.9, 1.1), (0.0, 1.05)])
def test_bounds_hold_for_the_mean_that_results_where_margins_cannot_be_met(trim):
    fields = {"sex": ["m"] * 130 + ["f"] * 70, "age": (["y"] * 6 + ["o"] * 4) * 20}
    targets = {"sex": {"m": 0.45, "f": 0.55}, "age": {"y": 0.3, "o": 0.7}}
    found = raking.rake(fields, targets, trim=trim)
    relative = found.weights / found.weights.mean()
    assert relative.min() >= trim[0] * (1 - 1e-9)
    assert relative.max() <= trim[1] * (1 + 1e-9)
    assert found.weights.sum() == pytest.approx(200)
    assert not found.converged
    member = np.array(fields[found.worst.field]) == found.worst.category
    reached = found.weights[member].sum() / found.weights.sum()
    assert reached / targets[found.worst.field][found.worst.category] == pytest.approx(found.worst.ratio)
