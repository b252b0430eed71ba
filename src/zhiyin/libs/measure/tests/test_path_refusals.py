"""What a path model refuses, and in which words."""

import numpy as np
import pytest

from zhiyin.libs.measure import errors, paths
from zhiyin.libs.measure.tests.simulated_ecsi import answers

AB = {"A": ["a1", "a2"], "B": ["b1"]}
ABC = {**AB, "C": ["c1"]}


@pytest.mark.parametrize(
    ("blocks", "edges", "error", "words"),
    [
        (ABC, [("A", "B"), ("B", "C"), ("C", "A")], errors.CyclicModel, "circle: "),
        (AB, [("A", "A"), ("A", "B")], errors.CyclicModel, "A, A"),
        (ABC, [("A", "B")], errors.DisconnectedModel, "C to A"),
        ({**ABC, "D": ["d1"]}, [("A", "B"), ("C", "D")], errors.DisconnectedModel, "C to A"),
        ({"A": ["a1"]}, [], errors.NoPath, "at least one path"),
        (AB, [("A", "Z")], errors.UnknownConstruct, "Z is not one of the constructs: A, B"),
        ({"A": ["a1"], "B": []}, [("A", "B")], errors.EmptyConstruct, "B has no column"),
        ({"A": ["a1"], "B": ["a1"]}, [("A", "B")], errors.SharedColumn, "a1 is named twice, for A and for B"),
        ({"A": ["a1", "a1"], "B": ["b1"]}, [("A", "B")], errors.SharedColumn, "a1"),
        (AB, [("A", "B"), ("A", "B")], errors.RepeatedPath, "from A to B is named twice"),
    ],
)
def test_a_model_that_cannot_be(blocks, edges, error, words):
    with pytest.raises(error, match=words):
        paths.Model(blocks, edges)


def test_a_circle_is_named_construct_by_construct():
    with pytest.raises(errors.CyclicModel) as caught:
        paths.Model(ABC, [("A", "B"), ("B", "C"), ("C", "B")])
    assert set(caught.value.data["constructs"].split(", ")) == {"B", "C"}


def test_a_column_that_is_not_there():
    with pytest.raises(errors.UnknownColumn, match="no column CUSL3 in the answers, which Loyalty names"):
        paths.path_model(answers()[:, :-1], paths.ECSI.columns[:-1])


def test_an_answer_off_the_scale_is_found_where_it_stands():
    rows = answers()
    rows[41, 6] = 11
    with pytest.raises(errors.OffScale, match="Row 42, column 7: 11 is not on the scale from 1 to 10"):
        paths.path_model(rows, paths.ECSI.columns)


def test_an_infinite_answer_is_no_answer():
    rows = answers()
    rows[0, 0] = np.inf
    with pytest.raises(errors.OffScale):
        paths.path_model(rows, paths.ECSI.columns, scale=None)


def test_a_column_where_everybody_says_the_same():
    rows = answers()
    rows[:, 2] = 7
    with pytest.raises(errors.NoVariation, match="IMAG3"):
        paths.path_model(rows, paths.ECSI.columns)


def test_too_few_respondents():
    with pytest.raises(errors.TooFew):
        paths.path_model(answers(5), paths.ECSI.columns)


def test_names_that_do_not_fit_the_columns():
    with pytest.raises(errors.ShapeMismatch):
        paths.path_model(answers(), paths.ECSI.columns[:-1])


def test_two_sources_that_are_the_same_thing():
    model = paths.Model({"A": ["a"], "B": ["b"], "C": ["c"]}, [("A", "C"), ("B", "C")])
    rows = answers()[:, [0, 0, 1]]
    with pytest.raises(errors.Inseparable, match="A, B cannot be told apart"):
        paths.path_model(rows, model.columns, model)


def test_a_construct_that_nothing_relates_to():
    model = paths.Model({"A": ["a"], "B": ["b", "c"]}, [("A", "B")])
    rows = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], dtype=float)
    with pytest.raises(errors.Unrelated):
        paths.path_model(rows, model.columns, model, scale=None)


@pytest.mark.parametrize(
    "option",
    [
        {"scheme": "smart"},
        {"alignment": "some"},
        {"interval": "bca"},
        {"level": 95},
        {"draws": -1},
        {"draws": 3},
        {"tolerance": 0},
        {"iterations": 0},
        {"scale": (10, 1)},
    ],
)
def test_an_option_that_is_none(option):
    with pytest.raises(errors.BadOption, match=next(iter(option))):
        paths.path_model(answers(), paths.ECSI.columns, **option)
