"""What can be wrong with answers; doorways translate `message % data`."""

from __future__ import annotations

from typing import ClassVar


def gettext_noop(message: str) -> str:
    """Mark `message` for extraction without translating it."""
    return message


class MeasureError(ValueError):
    """Base of this library's errors: a stable `code`, a marked `message` and the facts as `data`."""

    code: ClassVar[str] = "measure"
    message: ClassVar[str] = gettext_noop("These answers need another look.")

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(self.message % data if data else self.message)


class ShapeMismatch(MeasureError):
    """Two arrays that should describe the same respondents or attributes do not."""

    code = "measure.shape_mismatch"
    message = gettext_noop("%(what)s has %(found)s entries where %(expected)s are expected.")


class RepeatedName(MeasureError):
    """Two attributes of one name."""

    code = "measure.repeated_name"
    message = gettext_noop("%(name)s is the name of two attributes.")


class OffScale(MeasureError):
    """An answer outside the scale; `row` and `column` count from 1."""

    code = "measure.off_scale"
    message = gettext_noop(
        "Row %(row)s, column %(column)s: %(value)s is not on the scale from %(low)s to %(high)s."
    )


class TooFew(MeasureError):
    """Too few complete answers for what was asked."""

    code = "measure.too_few"
    message = gettext_noop("%(what)s needs at least %(needed)s answers; there are %(found)s.")


class NoVariation(MeasureError):
    """Everybody gave the same answer where differences are what is measured."""

    code = "measure.no_variation"
    message = gettext_noop("%(column)s: everybody gave the same answer, so its effect cannot be measured.")


class Inseparable(MeasureError):
    """Columns that determine one another exactly."""

    code = "measure.inseparable"
    message = gettext_noop(
        "%(columns)s cannot be told apart in these answers: one follows exactly from the others."
    )


class BadDesign(MeasureError):
    """Weights, strata, clusters or population that cannot be as given."""

    code = "measure.bad_design"
    message = gettext_noop("The sampling design does not fit: %(reason)s.")


class BadOption(MeasureError):
    """An argument outside what the method allows."""

    code = "measure.bad_option"
    message = gettext_noop("%(option)s cannot be %(value)s; it may be %(allowed)s.")


class NoImportance(MeasureError):
    """Weights that add up to nothing, or one below zero: no index can be built on them."""

    code = "measure.no_importance"
    message = gettext_noop("The importance of the attributes gives no weights: %(reason)s.")


class UnusableColumn(MeasureError):
    """A column of a file that is missing or holds no numbers."""

    code = "measure.unusable_column"
    message = gettext_noop("Column %(column)s cannot be used: %(reason)s.")


class MissingInput(MeasureError):
    """A method that needs something which was not given."""

    code = "measure.missing_input"
    message = gettext_noop("%(what)s needs %(needed)s.")


class MixedTaxonomies(MeasureError):
    """Gaps of the two taxonomies used as if they were the same."""

    code = "measure.mixed_taxonomies"
    message = gettext_noop("%(gap)s does not belong to the five gaps of %(taxonomy)s.")


class NoCounterpart(MeasureError):
    """A gap of one taxonomy that has no equal among the five of the other."""

    code = "measure.no_counterpart"
    message = gettext_noop("%(gap)s has no counterpart among the five gaps of %(taxonomy)s: %(reason)s.")


class UnknownLabel(MeasureError):
    """A supplier, group or gap that the answers do not hold."""

    code = "measure.unknown_label"
    message = gettext_noop("%(what)s: %(value)s is not among %(known)s.")


class NoPath(MeasureError):
    """A path model without a path."""

    code = "measure.no_path"
    message = gettext_noop("A path model needs at least one path between two constructs.")


class EmptyConstruct(MeasureError):
    """A construct without a column."""

    code = "measure.empty_construct"
    message = gettext_noop("%(construct)s has no column to be measured by.")


class SharedColumn(MeasureError):
    """A column in two blocks, or twice in one."""

    code = "measure.shared_column"
    message = gettext_noop("%(column)s is named twice, for %(first)s and for %(second)s.")


class UnknownConstruct(MeasureError):
    """A path from or to something that has no block."""

    code = "measure.unknown_construct"
    message = gettext_noop("%(construct)s is not one of the constructs: %(known)s.")


class UnknownColumn(MeasureError):
    """A block names a column that the answers do not have."""

    code = "measure.unknown_column"
    message = gettext_noop("There is no column %(column)s in the answers, which %(construct)s names.")


class RepeatedPath(MeasureError):
    """The same path twice."""

    code = "measure.repeated_path"
    message = gettext_noop("The path from %(source)s to %(target)s is named twice.")


class CyclicModel(MeasureError):
    """Paths that lead back to where they began."""

    code = "measure.cyclic_model"
    message = gettext_noop("The paths lead in a circle: %(constructs)s.")


class DisconnectedModel(MeasureError):
    """A construct that no chain of paths joins to the others."""

    code = "measure.disconnected_model"
    message = gettext_noop("No chain of paths joins %(construct)s to %(first)s.")


class Unrelated(MeasureError):
    """A construct without any correlation to its neighbours: nothing to weigh its columns by."""

    code = "measure.unrelated"
    message = gettext_noop("%(construct)s is unrelated to its neighbours in the model in these answers.")


class TooFewItems(TooFew):
    """A scale of a single item, which has nothing to hang together with."""

    code = "measure.too_few_items"
    message = gettext_noop("%(what)s needs at least %(needed)s items; there are %(found)s.")


class WrongScale(MeasureError):
    """Answers of one scale given to a measure that is defined on another."""

    code = "measure.wrong_scale"
    message = gettext_noop("%(measure)s is asked on a scale from %(low)s to %(high)s; %(found)s.")


class NotComparable(MeasureError):
    """Two results that measure different things, or the same thing in opposite directions."""

    code = "measure.not_comparable"
    message = gettext_noop("%(first)s and %(second)s cannot be merged or compared.")


class BadCount(MeasureError):
    """A count that cannot be: negative, not finite, or more than the whole it is part of."""

    code = "measure.bad_count"
    message = gettext_noop("%(count)s of %(whole)s cannot be a count and its whole.")


class NoMargin(MeasureError):
    """A margin of error asked for people who chose themselves."""

    code = "measure.no_margin"
    message = gettext_noop(
        "Whoever liked to could answer, so there is no margin of error: nobody was drawn by chance."
    )


class ImpossibleMargin(MeasureError):
    """A margin that no weights can meet; `field` and `category` name it."""

    code = "measure.impossible_margin"
    message = gettext_noop("No weights can meet %(field)s, %(category)s: %(reason)s.")
