"""What of the turns before an agent's turn matters for judging it.

Each earlier turn is read once (and cached by the engine): what the customer asks, wishes and feels, what the agent
has already offered and told. The scene puts these together for the turn at hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from zhiyin.libs.coach.rulebook import Rulebook
from zhiyin.libs.coach.scanning import Automaton, Scan

ASKS = ("why", "when", "how", "where", "contact", "what", "yes")
_NOTHING, _CHECK = 2, 12
"""So few characters say nothing; a question of so few only checks."""
_SHORT = 8
"""In so few characters one only agrees."""
_FULL_FORM, _READ = "[\u4e00-\u9fff]{0,6}", 400
"""Between two characters of a short form its long form has a few more; so much of a message is searched for it."""
IN_SIGHT = 8
"""How many earlier turns are looked at."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A customer's turn: `asks` the kinds of question, `feeling` 0 none, 1 in trouble, 2 upset or pressing, 3 scorn."""

    scan: Scan
    asks: frozenset[str]
    request: bool
    feeling: int
    closing: bool
    consent: bool
    thanks: bool
    insists: bool
    rejects: bool
    uneasy: bool
    """Something weighs on him, told without heat."""


@dataclass(frozen=True, slots=True)
class Told:
    """An agent's turn: whether it offers a next step, names a time, acknowledges a feeling or is mere routine."""

    scan: Scan
    step: bool
    time: bool
    acknowledges: bool
    routine: bool


class Reader:
    """Reads single turns with the word lists of one language."""

    def __init__(self, book: Rulebook, automaton: Automaton) -> None:
        """`automaton` must be made from `book.lists`."""
        self.automaton = automaton
        names = book.names
        self._asks = [(kind, names[f"asks_{kind}"]) for kind in ASKS if f"asks_{kind}" in names]
        self._of = names.get

    def heard(self, text: str) -> Heard:
        """A customer's turn."""
        scan = self.automaton.read(text)
        asks = frozenset(kind for kind, number in self._asks if scan.spans(number))
        upset, trouble = self._any(scan, "upset"), self._any(scan, "trouble")
        return Heard(
            scan=scan,
            asks=asks or (frozenset({"yes"}) if self._marked(scan) else asks),
            request=self._any(scan, "request"),
            feeling=3 if self._any(scan, "scorn") else 2 if upset else 1 if trouble else 0,
            closing=self._any(scan, "closing") or self._none_left(scan),
            consent=not asks and self._agrees(scan),
            thanks=self._any(scan, "thanking"),
            insists=self._any(scan, "insisting"),
            rejects=self._any(scan, "rejecting"),
            uneasy=self._any(scan, "uneasy"),
        )

    def told(self, text: str) -> Told:
        """An agent's turn."""
        scan = self.automaton.read(text)
        step = self._any(scan, "offer_step") or self._any(scan, "offer_done")
        return Told(
            scan=scan,
            step=step,
            time=self._any(scan, "clock"),
            acknowledges=self._any(scan, "apology") or self._any(scan, "empathy"),
            routine=self._routine(scan, step=step),
        )

    def _routine(self, scan: Scan, *, step: bool) -> bool:
        """Nothing said on the matter: please wait, an opener, a short check, a request for a number."""
        words = len(scan.content())
        if words <= _NOTHING or (words <= _CHECK and scan.text.rstrip().endswith(("?", "？", "吗"))):
            return True
        if self._any(scan, "routine_opener") or self._any(scan, "data_request"):
            return not self._any(scan, "refusal")
        return not step and self._any(scan, "wait")

    def _any(self, scan: Scan, name: str) -> bool:
        number = self._of(name)
        return number is not None and bool(scan.spans(number))

    def _agrees(self, scan: Scan) -> bool:
        """A short turn that opens with one of the words of agreement."""
        number, content = self._of("consent"), scan.content()
        if number is None or not content or len(content) > _SHORT:
            return False
        spans = scan.spans(number)
        return bool(spans) and content.startswith(scan.text[slice(*spans[0])])

    def _none_left(self, scan: Scan) -> bool:
        """The whole turn is a "none", in answer to "anything else?"."""
        number = self._of("none_left")
        whole = (0, len(scan.text.rstrip(" 。.!！~～")))
        return number is not None and whole in scan.spans(number)[:4]

    def _marked(self, scan: Scan) -> bool:
        """A question mark after words; alone it only calls."""
        return scan.text.rstrip().endswith(("?", "？")) and len(scan.content()) > 1


@dataclass(frozen=True)
class Scene:
    """The turns in sight, oldest first, and what follows from them. `burst` is the customer's last run of turns."""

    turns: tuple[Heard | Told, ...]

    @cached_property
    def burst(self) -> tuple[Heard, ...]:
        """The customer's last run of turns; turns in which the agent only asked to wait do not end it."""
        found: list[Heard] = []
        for turn in reversed(self.turns):
            if isinstance(turn, Heard):
                found.append(turn)
            elif found:
                break
        return tuple(reversed(found))

    @cached_property
    def pending(self) -> tuple[Heard, ...]:
        """The burst and, where only routine turns stand between, the one before it."""
        found: list[Heard] = []
        gaps = 0
        for turn in reversed(self.turns):
            if isinstance(turn, Heard):
                found.append(turn)
            elif found and not turn.routine:
                break
            elif found:
                gaps += 1
                if gaps > 1:
                    break
        return tuple(reversed(found))

    @cached_property
    def before(self) -> tuple[Told, ...]:
        """What the agent said since the customer's run before the last: the turns just ahead of the burst."""
        found: list[Told] = []
        past_burst = False
        for turn in reversed(self.turns):
            if isinstance(turn, Told):
                found.append(turn)
                past_burst = True
            elif past_burst and found and not found[-1].routine:
                break
        return tuple(reversed(found[:2]))

    @cached_property
    def asks(self) -> frozenset[str]:
        """The kinds of question of the burst."""
        return frozenset().union(*(turn.asks for turn in self.burst))

    @cached_property
    def pending_asks(self) -> frozenset[str]:
        """The kinds of question still open: the burst's, else those before a turn of mere routine."""
        return self.asks or frozenset().union(*(turn.asks for turn in self.pending))

    @cached_property
    def request(self) -> bool:
        """Whether the burst asks for something to be done."""
        return any(turn.request for turn in self.burst)

    @cached_property
    def wish(self) -> bool:
        """Whether something was asked for in the customer's last four turns."""
        heard = [turn for turn in self.turns if isinstance(turn, Heard)]
        return any(turn.request or turn.asks & {"yes"} for turn in heard[-4:])

    @cached_property
    def feeling(self) -> int:
        """How upset the burst sounds: 0, 1 in trouble, 2."""
        return max((turn.feeling for turn in self.burst), default=0)

    @cached_property
    def uneasy(self) -> bool:
        """Whether something weighs on him in the burst, or he has to say the same thing again in it."""
        said = [turn.scan.content() for turn in self.burst if not turn.scan.said_mask()]
        said = [words for words in said if len(words) > _NOTHING]
        return len(set(said)) < len(said) or any(turn.uneasy for turn in self.burst)

    @cached_property
    def closed(self) -> bool:
        """Whether the customer has nothing more, thanks or agrees at the end of his burst."""
        last = self.burst[-2:]
        return bool(last) and not self.open_end and any(turn.closing or turn.thanks for turn in last)

    @cached_property
    def open_end(self) -> bool:
        """Whether his very last words ask or press."""
        return bool(self.burst) and bool(self.burst[-1].asks or self.burst[-1].feeling)

    @cached_property
    def content(self) -> bool:
        """Whether the customer has closed, or his last words only agree."""
        return self.closed or (bool(self.burst) and self.burst[-1].consent and not self.asks)

    @cached_property
    def alternative(self) -> bool:
        """Whether the agent has just offered a way that the customer has not turned down."""
        return any(turn.step for turn in self.before) and not any(turn.rejects for turn in self.burst)

    @cached_property
    def time_told(self) -> bool:
        """Whether a time was named in sight."""
        return any(turn.time for turn in self.turns if isinstance(turn, Told))

    @cached_property
    def opening(self) -> bool:
        """Whether the agent has not spoken yet."""
        return not any(isinstance(turn, Told) for turn in self.turns)

    @cached_property
    def insists(self) -> bool:
        """Whether the customer demands an answer."""
        return any(turn.insists for turn in self.burst)

    def customer_said(self, word: str) -> bool:
        """Whether the customer used the (folded) word himself in sight."""
        return any(word in turn.scan.text for turn in self.turns if isinstance(turn, Heard))

    def customer_meant(self, word: str) -> bool:
        """Whether the word begins with a short form of a longer one he used: 增票 of 增值税专用发票."""
        pattern = re.compile(_FULL_FORM.join(map(re.escape, word[:2])))
        return any(pattern.search(turn.scan.text[:_READ]) for turn in self.turns if isinstance(turn, Heard))
