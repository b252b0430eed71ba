"""Findings that no single word shows: a small linear model weighs words, rules and scene together.

It sees the words of the turn and of the customer's last run, and facts (lists that stand in the turn, rules raised,
what the customer asks, how he sounds, alone and in pairs), and is learnt from our corpus of dialogues. It raises only
what it is sure of and no rule has raised; the finding names the words that spoke for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources

from zhiyin.libs.coach import asking, features
from zhiyin.libs.coach.customer import reading as customers
from zhiyin.libs.coach.model import Model
from zhiyin.libs.coach.readings import Emotion, Satisfaction, Turn
from zhiyin.libs.coach.rulebook import Rule, Rulebook
from zhiyin.libs.coach.scene import Heard, Scene, Told
from zhiyin.libs.coach.view import View

LANGUAGES = frozenset({"zh"})
"""What the corpus is written in."""

SURE: Mapping[str, float] = {
    "unclear": 1.75,
    "missing_empathy": 1.75,
    "neg_cannot": 1.0,
    "missing_solution": 2.5,
    "buck_pass": 0.5,
    "vague_promise": 2.0,
    "curt": 1.5,
    "argue_blame": 2.0,
    "rule_hide": 2.0,
}
"""How sure (in logits) the model must be to raise a rule that no word raised.

Chosen on the labelled turns of bench/labels marked tune: where the rules have looked, the model is believed only when
it is far from the line.
"""
REMARK = 1
"""What only a model has noticed is a remark, never a reason to hold a reply back."""
HEADS: Mapping[str, tuple[str, ...]] = dict.fromkeys(SURE, ("no", "yes"))

_LENGTHS = (0, 2, 4, 7, 11, 18, 30, 60)
_UNEASY = (0.3, 0.5, 0.7, 0.85)
_NEGATIVE = (0.1, 0.2, 0.35, 0.5, 0.7, 0.85)
_LAST = 3
_KEPT, _KEPT_PAIRS, _KEPT_LENGTH = 256, 64, 200
_EXPLAINED = 24
_SCENE = (
    "request",
    "wish",
    "closed",
    "open_end",
    "content",
    "alternative",
    "time_told",
    "opening",
    "insists",
)
_OVERLAP = 4
"""More pairs of characters in common are not told apart."""


@cache
def shipped_model() -> Model:
    """The model that comes with the coach."""
    return Model.load(resources.files("zhiyin.libs.coach").joinpath("data/agent.npz"))


def weighed(book: Rulebook) -> tuple[Rule, ...]:
    """Those rules of a book that the model may raise."""
    return tuple(rule for rule in book.rules if rule.id in SURE) if book.language in LANGUAGES else ()


def weigh(view: View, rules: Sequence[Rule], model: Model | None = None) -> None:
    """Raise which of `rules` the model is sure of and no word has raised; `model` replaces the shipped one."""
    rules = [rule for rule in rules if _open(view, rule.id)]
    if not rules or not _stirs(view.scene):
        return
    model = model or shipped_model()
    found = rows(view, model)
    scores = model.scores_of(found)
    for rule in rules:
        no, yes = scores[model.columns[rule.id]]
        if yes - no > SURE[rule.id]:
            _raise(view, rule, model, found)


def _stirs(scene: Scene) -> bool:
    """Whether the customer's last words leave anything to pass over: a question, a wish, trouble, a refusal."""
    if not scene.burst or scene.content:
        return False
    wants = scene.pending_asks or scene.request or scene.insists
    return bool(wants or scene.feeling or scene.uneasy or any(turn.rejects for turn in scene.burst))


def _open(view: View, rule: str) -> bool:
    """Whether the rule may still be raised: not where it was, nor where what it misses is there."""
    if view.flagged(rule):
        return False
    if rule == "missing_solution":
        return not view.scene.alternative
    if rule == "vague_promise":
        return not (view.has("time") or view.has("clock"))
    if rule == "missing_empathy":
        return not (view.scene.closed or view.has("apology") or view.has("empathy"))
    return True


def _raise(view: View, rule: Rule, model: Model, found: Mapping[str, set[int]]) -> None:
    """The whole turn, for the words in it that spoke loudest."""
    whole = (0, len(view.text))
    spoke = model.explain_of(found, view.text, head=rule.id, answer="yes", limit=_EXPLAINED)
    said = next(((one.start, one.end) for one in spoke if one.start is not None and one.end), whole)
    view.raise_(rule, whole, said, REMARK)


def rows(view: View, model: Model) -> dict[str, set[int]]:
    """What the model knows of a turn: its words, the customer's last words, and the facts."""
    stands, scene = set(_stands(view)), set(_scene(view))
    telling = {other for other in scene if _telling(other)}
    known = model.facts(stands | scene)
    for one in stands:
        pairs = model.pairs.get(one)
        if pairs:
            known.update([pairs[other] for other in pairs.keys() & telling])
    return model.rows(features.heard_and_said(view.text, view.context)) | {"known": known}


def see(text: str, context: tuple[Turn, ...], known: frozenset[str]) -> features.Seen:
    """What the model sees of a turn whose facts are known: as `rows`, by name."""
    seen = features.heard_and_said(text, context)
    return features.Seen(seen.texts, {"known": set(known)})


def facts(view: View) -> Iterator[str]:
    """What rules and scene have established about a turn, alone and in pairs: as `rows`, by name."""
    stands, scene = set(_stands(view)), set(_scene(view))
    yield from stands | scene
    yield from (f"{one} & {other}" for one in stands for other in scene if _telling(other))


def _telling(fact: str) -> bool:
    """Facts of the scene that change what a word of the turn means."""
    return fact.startswith(("asks", "after", "heard", "mood"))


def _stands(view: View) -> Iterator[str]:
    """What the turn itself holds."""
    yield from (f"has {name}" for name in view.present())
    yield from (f"rule {name}" for name in {found.rule.id for found in view.raised})
    yield f"question {asking.kind(asking.questions(view))}"
    yield f"length {sum(len(view.scan.content()) > limit for limit in _LENGTHS)}"


def _scene(view: View) -> Iterator[str]:
    """What came before it."""
    scene = view.scene
    yield from (f"scene {name}" for name in _SCENE if getattr(scene, name))
    yield from (f"asks {kind}" for kind in scene.pending_asks or ("nothing",))
    yield f"feeling {scene.feeling}"
    yield "after the customer" if scene.turns and isinstance(scene.turns[-1], Heard) else "after himself"
    yield f"run {min(len(scene.burst), _LAST)}"
    yield from _sounds(view)
    said = view.scan.content()
    heard = frozenset().union(*(_pairs(turn.scan.content()) for turn in scene.burst))
    yield f"in common {min(len(heard & _pairs(said)), _OVERLAP)}"
    if len(said) > _OVERLAP and any(
        turn.scan.content() == said for turn in scene.turns if isinstance(turn, Told)
    ):
        yield "said before"
    for turn in scene.burst[-_LAST:]:
        yield from _kinds(turn.scan.text[:_KEPT_LENGTH])


@lru_cache(_KEPT)
def _kinds(text: str) -> tuple[str, ...]:
    return tuple(f"heard {kind}" for kind in features.kinds(features.signs(text)[0]))


@lru_cache(_KEPT_PAIRS)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(min(len(text), _KEPT_LENGTH) - 1))


def _sounds(view: View) -> Iterator[str]:
    """How the customer's last messages sound to the model of customers."""
    moods = [mood(turn.scan.text[:_KEPT_LENGTH]) for turn in view.scene.burst[-_LAST:]]
    uneasy, negative = max(one for one, _ in moods), max(one for _, one in moods)
    yield from (f"uneasy {limit}" for limit in _UNEASY if uneasy > limit)
    yield from (f"negative {limit}" for limit in _NEGATIVE if negative > limit)
    yield f"mood {sum(negative > limit for limit in _NEGATIVE[1::2])}"


@lru_cache(_KEPT)
def mood(text: str) -> tuple[float, float]:
    """How likely a customer's message, by itself, is uneasy and dissatisfied: two probabilities."""
    model = customers.shipped_model()
    known = customers.known_of(text)[1]
    shares = model.shares(model.scores(text, (), known))
    emotion = shares["emotion"]
    uneasy = 1 - emotion[Emotion.CALM] - emotion[Emotion.POSITIVE]
    return uneasy, shares["satisfaction"][Satisfaction.NEGATIVE]
