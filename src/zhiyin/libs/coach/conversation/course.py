"""How a conversation goes on and ends: questions answered, nothing told twice, nobody left waiting, a good close."""

from __future__ import annotations

from collections.abc import Iterator

from zhiyin.libs.coach import wording
from zhiyin.libs.coach.conversation import shape
from zhiyin.libs.coach.conversation.finding import found
from zhiyin.libs.coach.conversation.ground import STRONG, Ground, Run, Talk
from zhiyin.libs.coach.conversation.results import Act, Place, TalkFinding
from zhiyin.libs.coach.readings import AgentReading, Kind, Promise, Role, gettext_noop

LOOK_BACK = 24
"""Earlier turns of the customer that a repetition is looked for in."""
PAIRS = 6
"""A message with fewer pairs of characters is too short to be called a repetition."""
MOST = 2
"""Repetitions named in one conversation: more of them say the same."""
THINGS = 3
"""Two promises are remembered; three want summing up."""
CHANCES = 3
"""Replies after which a question counts as passed over."""


def unanswered(ground: Ground) -> Iterator[TalkFinding]:
    """Questions of the customer after which the agent spoke, but said nothing to the matter."""
    runs = ground.runs
    for at, run in enumerate(runs):
        question = next((talk for talk in reversed(run.talks) if talk.asks), None)
        if run.role is Role.AGENT or question is None:
            continue
        replies = [later for later in runs[at + 1 :] if later.role is Role.AGENT][:CHANCES]
        if not replies or any(reply.substance for reply in replies) or _closed_between(runs[at + 1 :]):
            continue
        said = wording.excerpt(question.text)
        yield found(
            "unanswered",
            question.whole,
            2,
            gettext_noop("His question “%(said)s” got no answer."),
            (f"关于您问的“{said}”：［答复］。", f"As to your question “{said}”: [answer]."),
            ground,
            said=said,
        )


def _closed_between(runs: tuple[Run, ...]) -> bool:
    """Whether the customer himself let the question go with his next words."""
    following = next((run for run in runs if run.role is Role.CUSTOMER), None)
    return (
        following is not None
        and bool(following.says("done"))
        and not any(talk.asks for talk in following.talks)
    )


def told_twice(ground: Ground) -> Iterator[TalkFinding]:
    """The customer says that he has said it, or does say it again."""
    seen: list[tuple[int, Talk]] = []
    reported = 0
    for at, run in enumerate(ground.runs):
        if run.role is Role.AGENT:
            continue
        for talk in run.talks:
            again = _again(talk, at, seen, ground.measures.line("repeat"))
            complaint = talk.says("said_before") if at and not talk.says("pardon") else None
            if (again or complaint) and reported < MOST:
                reported += 1
                yield _told(talk, again or talk, ground, severity=2 if complaint or reported > 1 else 1)
        seen += [(at, talk) for talk in run.talks if len(talk.pairs) >= PAIRS]
        del seen[:-LOOK_BACK]


def _again(talk: Talk, at: int, seen: list[tuple[int, Talk]], share: float) -> Talk | None:
    if len(talk.pairs) < PAIRS or talk.says("cards") or (talk.says("thanking") and not talk.asks):
        return None
    held = (
        earlier
        for number, earlier in seen
        if number < at and len(talk.pairs & earlier.pairs) >= share * len(talk.pairs)
    )
    return next(held, None)


def _told(talk: Talk, earlier: Talk, ground: Ground, severity: int) -> TalkFinding:
    said = wording.excerpt(earlier.text)
    return found(
        "told_twice",
        talk.whole,
        severity,
        gettext_noop("The customer had to say it again: “%(said)s”."),
        (
            f"您刚才说的“{said}”我已经记下了，不用您再说一遍。",
            f"I have noted what you told me (“{said}”); no need to repeat it.",
        ),
        ground,
        said=said,
    )


def left_waiting(ground: Ground) -> Iterator[TalkFinding]:
    """Answers that came late, by the clock; a wait that was announced has the longer line only."""
    short, long = ground.measures.line("reply"), ground.measures.line("reply_long")
    for asked, answer, wait in timed(ground):
        announced = wait <= long and _announced(ground, asked)
        if wait <= short or announced:
            continue
        yield found(
            "left_waiting",
            answer.first.whole,
            2 if wait > long else 1,
            gettext_noop("He waited %(seconds)s seconds for this answer; the line is %(line)s."),
            (
                f"让您久等了。{wording.excerpt(answer.first.text)}",
                f"Thank you for waiting. {wording.excerpt(answer.first.text)}",
            ),
            ground,
            seconds=round(wait, 1),
            line=round(short),
        )


def timed(ground: Ground) -> Iterator[tuple[Run, Run, float]]:
    """The customer's runs with the answer to each and the seconds between, where both are timed."""
    for asked, answer in zip(ground.runs, ground.runs[1:], strict=False):
        if asked.role is Role.AGENT:
            continue
        last, first = asked.last.turn, answer.first.turn
        done = last.end if last.end is not None else last.start
        if done is not None and first.start is not None:
            yield asked, answer, max(0.0, first.start - done)


def _announced(ground: Ground, asked: Run) -> bool:
    at = ground.runs.index(asked)
    return (
        at > 0
        and ground.runs[at - 1].says("waiting") is not None
        and not any(talk.asks for talk in asked.talks)
    )


def unfinished(ground: Ground) -> Iterator[TalkFinding]:
    """Acts missing at the end of a matter: understanding not checked, nothing summed up."""
    if not (ground.matter and (ground.ended or ground.settled)):
        return
    there = shape.acts(ground)
    if Act.INFORM in there and Act.CHECK not in there:
        yield from _unchecked(ground)
    promises = _promises(ground)
    if len(promises) >= THINGS and Act.SUM_UP not in there:
        both = list(promises)[:3]
        yield found(
            "no_summary",
            ground.agent[-1].whole,
            1,
            gettext_noop("%(count)s things were promised one after the other and not summed up at the end."),
            (
                f"我再跟您确认一遍：{'；'.join(both)}。您看还有遗漏吗？",
                f"To sum up: {'; '.join(both)}. Did I miss anything?",
            ),
            ground,
            count=len(promises),
        )


def _unchecked(ground: Ground) -> Iterator[TalkFinding]:
    """The last decision told: a promise, else what was informed; unless he agreed to it unasked."""
    informing = [talk for talk in ground.agent if shape.informs(talk)]
    talk = next((talk for talk in reversed(informing) if _promised(talk)), informing[-1])
    promise = next(iter(_promised(talk)), None)
    place = Place(talk.number, promise.start, promise.end) if promise else talk.whole
    later = [said for said in ground.customer if said.number > talk.number]
    if not later or any(said.says("done") or said.says("agreeing") for said in later):
        return
    told = wording.excerpt(talk.text[place.start : place.end])
    yield found(
        "no_check",
        place,
        1,
        gettext_noop("What was decided (“%(said)s”) was never put to him: does it suit, is it understood?"),
        (f"{told}，您看这样可以吗？", f"{told}: would that work for you?"),
        ground,
        said=told,
    )


def _promised(talk: Talk) -> tuple[Promise, ...]:
    return talk.reading.promises if isinstance(talk.reading, AgentReading) else ()


def _timed(talk: Talk) -> tuple[Promise, ...]:
    return tuple(promise for promise in _promised(talk) if promise.kind is Kind.HARD)


def _promises(ground: Ground) -> dict[str, None]:
    """The promises with a time, where they were made in more than one of the agent's runs; else none.

    What is done at once or "as soon as possible" leaves nothing to remember.
    """
    runs = [run for run in ground.runs if any(_timed(talk) for talk in run.talks)]
    if len(runs) == 1:
        return {}
    texts = (promise.text for run in runs for talk in run.talks for promise in _timed(talk))
    return dict.fromkeys(" ".join(text.split()).strip("，。,. ") for text in texts)


def closed_early(ground: Ground) -> Iterator[TalkFinding]:
    """Leave taken, or anything else asked, instead of answering what was open."""
    for at, run in enumerate(ground.runs[1:], 1):
        before = ground.runs[at - 1]
        if run.role is Role.CUSTOMER or run.substance or not _closes(run):
            continue
        open_ = before.last.asks or before.last.upset >= STRONG
        if not open_ or before.says("done") or not _goes_on(ground.runs[at + 1 :]):
            continue
        said = wording.excerpt(before.last.text)
        yield found(
            "closed_early",
            run.last.whole,
            2,
            gettext_noop("The agent moved to close while “%(said)s” was still open."),
            (
                f"先把您说的“{said}”处理好，再看还有没有别的可以帮您。",
                f"Let us first settle “{said}”; then I will ask what else I can do.",
            ),
            ground,
            said=said,
        )
        return


def _closes(run: Run) -> bool:
    return bool(run.positive("confirm_other") or run.says("more") or run.says("leaving"))


def _goes_on(rest: tuple[Run, ...]) -> bool:
    following = next((run for run in rest if run.role is Role.CUSTOMER), None)
    return following is None or following.upset > 0 or any(talk.asks for talk in following.talks)


def no_close(ground: Ground) -> Iterator[TalkFinding]:
    """A settled matter left without "anything else?" and without thanks."""
    if not (ground.matter and ground.settled):
        return
    last = [run for run in ground.runs if run.role is Role.AGENT][-1]
    asked = any(talk.positive("confirm_other") or talk.says("more") for talk in ground.agent)
    thanked = (
        last.positive("thanks")
        or last.says("thanking")
        or last.says("leaving")
        or last.says("welcome_back")
        or last.says("more")
    )
    if not asked:
        yield found(
            "no_anything_else",
            last.last.whole,
            1,
            gettext_noop("The matter was settled and nobody asked whether there was anything else."),
            ("请问还有其他可以帮到您的吗？", "Is there anything else I can do for you?"),
            ground,
        )
    if not thanked and ground.runs[-1] is last:
        yield found(
            "no_thanks",
            last.last.whole,
            1,
            gettext_noop("The conversation ends without thanks or good wishes."),
            ("感谢您的理解和配合，祝您生活愉快！", "Thank you for your patience, and have a good day!"),
            ground,
        )
