"""How a conversation begins: greeting, name, the feeling met first, the account taken up, open questions first."""

from __future__ import annotations

from collections.abc import Iterator

from zhiyin.libs.coach import feelings, wording
from zhiyin.libs.coach.conversation import shape
from zhiyin.libs.coach.conversation.finding import found
from zhiyin.libs.coach.conversation.ground import Ground, Run, Talk
from zhiyin.libs.coach.conversation.results import Step, TalkFinding
from zhiyin.libs.coach.readings import AgentReading, Kind, Owner, Promise, Question, Role, gettext_noop

EXCHANGE = 2
GUESSES = 2
ECHO = 3
"""So many pairs of characters shared with the customer's account show that it was taken up."""


def no_greeting(ground: Ground) -> Iterator[TalkFinding]:
    """The agent's first words do not greet."""
    agent = [run for run in ground.runs if run.role is Role.AGENT]
    if len(agent) < EXCHANGE or agent[0].positive("greet") or agent[0].says("greeting"):
        return
    first = agent[0].first
    said = wording.excerpt(first.text)
    yield found(
        "no_greeting",
        first.whole,
        1,
        gettext_noop("The conversation begins without a greeting: “%(said)s”."),
        (f"您好！{said}", f"Hello! {said}"),
        ground,
        said=said,
    )


def no_name(ground: Ground) -> Iterator[TalkFinding]:
    """Something was promised or a trouble taken on, by nobody whom the customer could ask for."""
    answerable = ground.first_upset is not None or any(_own_deadline(talk) for talk in ground.agent)
    if not (ground.matter and answerable) or any(
        talk.positive("own_name") or talk.says("naming") for talk in ground.agent
    ):
        return
    yield found(
        "no_name",
        ground.agent[0].whole,
        1,
        gettext_noop("The customer cannot tell who has taken on his matter: no name was given."),
        (
            "您好，我是客服［姓名］，这件事由我来跟进。",
            "Hello, my name is [name], and I will see this through for you.",
        ),
        ground,
    )


def _own_deadline(talk: Talk) -> bool:
    """Whether the agent promises, himself, by a time: somebody to come back to."""
    reading = talk.reading
    return isinstance(reading, AgentReading) and any(
        promise.kind is Kind.HARD and promise.owner is Owner.SELF and not _at_once(promise)
        for promise in reading.promises
    )


def _at_once(promise: Promise) -> bool:
    """Whether it is done while the customer looks on."""
    return any(word in promise.text for word in ("马上", "现在", "立刻", "立即", "这就", "right away", "now"))


def _acknowledged(told: str, said: str) -> tuple[str, str]:
    """The feeling answered, after what was told is said back; a reproach or a question is not."""
    chinese, english = feelings.sentence(told, "zh"), feelings.sentence(told, "en")
    if any(
        mark in said for mark in ("！", "!", "？", "?", "到底", "凭什么", "憑什麼", "等我", "听我", "聽我")
    ):
        return chinese, english
    return f"您说{wording.turned(said)}。{chinese}", english


def missing_steps(ground: Ground) -> Iterator[TalkFinding]:
    """A troubled customer met without willingness, empathy or responsibility."""
    if not (ground.troubled and ground.matter):
        return
    there = shape.steps(ground)
    told = max(
        ground.customer, key=lambda talk: (talk.upset * (1 + talk.hurt), talk.says("trouble") is not None)
    )
    answer = next((talk for talk in ground.agent if talk.number > told.number), ground.agent[0])
    said = wording.excerpt(told.text)
    if Step.WILLINGNESS not in there:
        yield found(
            "no_willingness",
            answer.whole,
            1,
            gettext_noop("He told of his trouble (“%(said)s”), and nobody said: I will help you."),
            ("我来帮您处理这件事。", "Let me take care of this for you."),
            ground,
            said=said,
        )
    if ground.felt and Step.EMPATHY not in there:
        yield found(
            "no_empathy",
            answer.whole,
            2 if ground.first_upset is not None else 1,
            gettext_noop("His trouble (“%(said)s”) was never acknowledged, in the whole conversation."),
            _acknowledged(told.text, said),
            ground,
            said=said,
        )
    if Step.RESPONSIBILITY not in there:
        yield found(
            "no_responsibility",
            ground.agent[-1].whole,
            2,
            gettext_noop("Nobody took the matter on: no “I”, no “we”, nothing promised."),
            (
                "这件事由我负责跟进，［时间］前给您回复。",
                "I am taking this on and will get back to you by [time].",
            ),
            ground,
        )


def feeling_late(ground: Ground) -> Iterator[TalkFinding]:
    """First the feeling, then the matter: here the acknowledgement came runs later."""
    start = ground.first_upset
    if start is None:
        return
    runs = [run for run in ground.runs[start:] if run.role is Role.AGENT]
    met = next((at for at, run in enumerate(runs) if shape.acknowledges(run)), 0)
    if not met or not runs[0].substance or runs[0].positive("willing", "own_I"):
        return
    said = wording.excerpt(ground.runs[start].last.text)
    first = runs[0].first
    answer = wording.excerpt(first.text)
    yield found(
        "feeling_late",
        first.whole,
        1,
        gettext_noop(
            "He was upset (“%(said)s”); the matter came first, the acknowledgement %(later)s replies later."
        ),
        (f"实在抱歉，让您遇到这样的事。{answer}", f"I am sorry you had to go through this. {answer}"),
        ground,
        said=said,
        later=met,
    )


def no_restating(ground: Ground) -> Iterator[TalkFinding]:
    """A long account answered without a sign that it was taken in."""
    long = ground.measures.line("long_account")
    if not ground.matter:
        return
    for run, answer in zip(ground.runs, ground.runs[1:], strict=False):
        if run.role is Role.AGENT or run.size < long:
            continue
        if answer.substance and not _taken_up(run, answer):
            said = wording.excerpt(max(run.talks, key=lambda talk: len(talk.content)).text)
            yield found(
                "no_restating",
                answer.first.whole,
                1,
                gettext_noop(
                    "He gave a long account (“%(said)s”); the answer shows no sign that it was understood."
                ),
                (f"您是说“{said}”，我理解得对吗？", f"So what happened is: “{said}” – did I get that right?"),
                ground,
                said=said,
            )
        return


def _taken_up(run: Run, answer: Run) -> bool:
    if any(shape.asks_for(talk) for talk in answer.talks):
        return True
    if (
        answer.says("restating")
        or shape.acknowledges(answer)
        or any(
            isinstance(talk.reading, AgentReading) and talk.reading.question is not Question.NONE
            for talk in answer.talks
        )
    ):
        return True
    told = frozenset().union(*(talk.pairs for talk in run.talks))
    return len(told & frozenset().union(*(talk.pairs for talk in answer.talks))) >= ECHO


def guessing(ground: Ground) -> Iterator[TalkFinding]:
    """Closed questions that miss, one after the other, before a single open one."""
    missed = 0
    for asked, answer in zip(ground.runs, ground.runs[1:], strict=False):
        if asked.role is not Role.AGENT:
            continue
        kinds = {talk.reading.question for talk in asked.talks if isinstance(talk.reading, AgentReading)}
        if Question.OPEN in kinds:
            return
        if Question.CLOSED in kinds and not asked.positive("confirm_other") and _denies(answer):
            missed += 1
        if missed == GUESSES:
            said = wording.excerpt(answer.first.text)
            yield found(
                "guessing",
                asked.last.whole,
                1,
                gettext_noop(
                    "Two guesses missed (last answer: “%(said)s”): an open question lets him tell it himself."
                ),
                ("您能具体说说是什么情况吗？", "Could you tell me what happened?"),
                ground,
                said=said,
            )
            return


def _denies(answer: Run) -> bool:
    place = answer.first.says("not_so")
    return place is not None and place.start == 0
