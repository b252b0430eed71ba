"""A Parquet file gives what the same rows give in memory."""

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from zhiyin.libs.measure import errors, importance, index, streaming
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.recipes import FixedWeights
from zhiyin.libs.measure.streaming import Source

ROWS = 150_000
COLUMNS = [f"q{column}" for column in range(7)]


def answers():
    chance = np.random.default_rng(1)
    mood = chance.normal(size=(ROWS, 1))
    out = np.clip(np.round(7 + mood + chance.normal(0, 1.5, (ROWS, 7))), 1, 10)
    out[chance.random(out.shape) < 0.02] = np.nan
    return out, chance.uniform(0.5, 2, ROWS)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    values, weights = answers()
    path = tmp_path_factory.mktemp("answers") / "answers.parquet"
    table = {name: pa.array(column, from_pandas=True) for name, column in zip(COLUMNS, values.T, strict=True)}
    table["whole"] = pa.array(np.nan_to_num(values[:, 0], nan=3).astype(np.uint8))
    table["weight"], table["words"] = weights, ["a"] * ROWS
    parquet.write_table(pa.table(table), path)
    return path


def same(one, other):
    assert (one.value, one.se, one.low, one.n) == (
        pytest.approx(other.value),
        pytest.approx(other.se),
        pytest.approx(other.low),
        other.n,
    )


@pytest.mark.parametrize("weight", [None, "weight"])
@pytest.mark.parametrize("variant", ["means", FixedWeights([1, 2, 3])])
def test_the_index_of_a_file_is_that_of_its_rows(file, weight, variant):
    values, weights = answers()
    design = Design(weights=weights if weight else None, population=400_000)
    ours = streaming.satisfaction_index(
        Source(file, weight, 400_000), importance=COLUMNS[:3], performance=COLUMNS[3:6], weights=variant
    )
    theirs = index.satisfaction_index(values[:, :3], values[:, 3:6], weights=variant, design=design)
    same(ours.index, theirs.index)
    same(ours.attributes[1].weight, theirs.attributes[1].weight)
    assert [part.name for part in ours.attributes] == COLUMNS[3:6]


def test_the_index_of_a_file_needs_no_importance_for_equal_weights(file):
    values, _ = answers()
    ours = streaming.satisfaction_index(
        Source(file), importance=None, performance=COLUMNS[:2], weights="equal", rescale=True
    )
    same(ours.index, index.satisfaction_index(None, values[:, :2], weights="equal", rescale=True).index)


@pytest.mark.parametrize("weight", [None, "weight"])
@pytest.mark.parametrize("method", ["lmg", "johnson", "first", "pearson"])
def test_the_drivers_of_a_file_are_those_of_its_rows(file, weight, method):
    values, weights = answers()
    design = Design(weights=weights if weight else None, population=400_000)
    ours = streaming.drivers(
        Source(file, weight, 400_000), performance=COLUMNS[:6], overall="q6", method=method
    )
    theirs = importance.derived(values[:, :6], values[:, 6], method=method, design=design)
    assert ours.left_out == theirs.left_out
    for one, other in zip(ours.drivers, theirs.drivers, strict=True):
        same(one.value, other.value)


def test_whole_numbers_are_read_as_they_are(file):
    values, _ = answers()
    ours = streaming.satisfaction_index(Source(file), importance=None, performance=["whole"], weights="equal")
    assert ours.index.value == pytest.approx(10 * np.nan_to_num(values[:, 0], nan=3).mean())


@pytest.mark.parametrize(("column", "reason"), [("nowhere", "none of that name"), ("words", "no numbers")])
def test_a_column_that_cannot_be_used_is_named(file, column, reason):
    with pytest.raises(errors.UnusableColumn, match=reason):
        streaming.satisfaction_index(Source(file), importance=None, performance=[column], weights="equal")


def test_an_answer_off_the_scale_is_named_by_its_row_in_the_file(tmp_path):
    column = np.full(ROWS, 5.0)
    column[100_000] = 11
    parquet.write_table(pa.table({"q": column}), tmp_path / "late.parquet")
    with pytest.raises(errors.OffScale) as refused:
        streaming.satisfaction_index(
            Source(tmp_path / "late.parquet"), importance=None, performance=["q"], weights="equal"
        )
    assert (refused.value.data["row"], refused.value.data["column"]) == (100_001, 1)


def test_what_needs_all_rows_at_once_is_refused(file):
    with pytest.raises(errors.BadOption):
        streaming.drivers(Source(file), performance=["q0"], overall="q1", method="spearman")
    with pytest.raises(errors.BadOption):
        streaming.satisfaction_index(
            Source(file), importance=["q0"], performance=["q1"], weights="respondents"
        )
    with pytest.raises(errors.ShapeMismatch):
        streaming.satisfaction_index(Source(file), importance=["q0"], performance=["q1", "q2"])
