"""What went wrong on a call, from its figures and its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from zhiyin.libs.coach import wording
from zhiyin.libs.coach.calls.figures import Figures, Silence, is_backchannel
from zhiyin.libs.coach.conversation.finding import found
from zhiyin.libs.coach.conversation.ground import Ground
from zhiyin.libs.coach.conversation.results import TalkFinding
from zhiyin.libs.coach.readings import Role, gettext_noop

CLIPPED = 60.0
"""A transcript that begins later than this is a clip: its first word is taken for the beginning."""
SEVERAL = 3
MANY_SILENCES = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """A call laid out: its words and its figures."""

    ground: Ground
    figures: Figures

    def line(self, name: str) -> float:
        """Where a line runs."""
        return self.ground.measures.line(name)

    def said(self, turn: int) -> str:
        """The beginning of a turn."""
        return wording.excerpt(self.ground.talks[turn].text)


def late_greeting(call: Heard) -> Iterator[TalkFinding]:
    """The line is open and nobody speaks."""
    at = call.figures.greeting_at
    begun = min((talk.turn.start or 0.0 for talk in call.ground.talks), default=0.0)
    delay = None if at is None else at - (begun if begun > CLIPPED else 0.0)
    if delay is None or delay <= call.line("greeting_within"):
        return
    first = call.ground.agent[0]
    yield found(
        "late_greeting",
        first.whole,
        1,
        gettext_noop("The first word came after %(seconds)s seconds; the line is %(line)s."),
        (
            f"让您久等了，您好！{call.said(first.number)}",
            f"Hello, and thank you for waiting! {call.said(first.number)}",
        ),
        call.ground,
        seconds=round(delay, 1),
        line=call.line("greeting_within"),
    )


def no_name(call: Heard) -> Iterator[TalkFinding]:
    """On the telephone the customer does not even see a name."""
    ground = call.ground
    opening = ground.agent[:3]
    if len(ground.agent) < SEVERAL or any(
        talk.positive("own_name") or talk.says("naming") for talk in opening
    ):
        return
    yield found(
        "no_name",
        ground.agent[0].whole,
        1,
        gettext_noop("On the telephone, the agent's name was not given at the beginning."),
        ("您好，我是客服［姓名］，很高兴为您服务。", "Hello, my name is [name]. How can I help you?"),
        ground,
    )


def interrupts(call: Heard) -> Iterator[TalkFinding]:
    """The agent talks over the customer."""
    crossings = call.figures.interruptions
    asked = next((talk for talk in call.ground.customer if talk.says("let_finish")), None)
    if not crossings or (len(crossings) < call.line("interruptions_a_call") and asked is None):
        return
    first = crossings[0]
    over = call.said(first.over)
    yield found(
        "interrupts",
        call.ground.talks[first.turn].whole,
        2 if asked is not None or len(crossings) >= SEVERAL else 1,
        gettext_noop("The customer was talked over %(count)s times, first after “%(said)s”."),
        (
            f"（等客户说完）您是说{wording.turned(over)}，是吗？",
            f"(let the customer finish) So: “{over}” – is that right?",
        ),
        call.ground,
        count=len(crossings),
        said=over,
    )


def overlaps(call: Heard) -> Iterator[TalkFinding]:
    """Both speak at once for much of the call, and mostly the agent begins it."""
    figures = call.figures
    speech = figures.agent.speech + figures.customer.speech
    by_agent = len(figures.interruptions) >= len(figures.interruptions_by_customer)
    if speech < call.line("talk_share_from") or figures.overlap_share < call.line("overlap") or not by_agent:
        return
    if not figures.interruptions:
        return
    yield found(
        "overlaps",
        call.ground.talks[figures.interruptions[0].turn].whole,
        1,
        gettext_noop("Both spoke at once for %(share)s %% of the speech (%(seconds)s seconds)."),
        ("（先停一拍，听对方说完再接话）", "(wait a beat after he has finished, then answer)"),
        call.ground,
        share=round(100 * figures.overlap_share),
        seconds=round(figures.overlap, 1),
    )


def talk_share(call: Heard) -> Iterator[TalkFinding]:
    """The agent speaks nearly all the time, or hardly at all."""
    figures = call.figures
    if (
        figures.agent.speech + figures.customer.speech < call.line("talk_share_from")
        or not call.ground.customer
    ):
        return
    share = round(100 * figures.talk_share)
    if figures.talk_share >= call.line("talk_share_high"):
        yield found(
            "talks_too_much",
            call.ground.agent[0].whole,
            1,
            gettext_noop("The agent took %(share)s %% of the speech; the customer hardly got a word in."),
            ("您那边的情况能再跟我说说吗？", "Could you tell me more about your side of it?"),
            call.ground,
            share=share,
        )
    elif figures.talk_share <= call.line("talk_share_low") and not call.ground.troubled:
        yield found(
            "says_too_little",
            call.ground.agent[0].whole,
            1,
            gettext_noop("The agent took only %(share)s %% of the speech; the customer talks into a void."),
            (
                f"我在听，您是说“{call.said(call.ground.customer[0].number)}”。",
                "I am listening: you were saying …",
            ),
            call.ground,
            share=share,
        )


def pace(call: Heard) -> Iterator[TalkFinding]:
    """Too fast or too slow, by itself or beside the customer's pace."""
    own, his = call.figures.agent.pace, call.figures.customer.pace
    if own is None:
        return
    words = "" if call.figures.unit == "characters/min" else "_words"
    fast, slow, ratio = (
        call.line(f"pace_fast{words}"),
        call.line(f"pace_slow{words}"),
        call.line("pace_ratio"),
    )
    middle = (fast + slow) / 2
    facts: dict[str, object] = {
        "pace": round(own),
        "his": round(his) if his else "–",
        "unit": call.figures.unit,
    }
    place = max(call.ground.agent, key=lambda talk: len(talk.content)).whole
    if own > fast or (his and own / his >= ratio and own > middle):
        yield found(
            "too_fast",
            place,
            1,
            gettext_noop("The agent speaks %(pace)s %(unit)s, the customer %(his)s: that sounds like haste."),
            (
                "（放慢到接近客户的语速，报单号和金额时逐个停顿）",
                "(slow down towards his pace; pause at numbers and amounts)",
            ),
            call.ground,
            **facts,
        )
    elif own < slow or (his and his / own >= ratio and own < middle * 0.75):
        yield found(
            "too_slow",
            place,
            1,
            gettext_noop("The agent speaks %(pace)s %(unit)s, the customer %(his)s: that drags."),
            (
                "（跟上客户的语速，要查的先说一声“我查一下”）",
                "(pick up his pace; announce a look-up instead of thinking aloud)",
            ),
            call.ground,
            **facts,
        )


def monologue(call: Heard) -> Iterator[TalkFinding]:
    """A stretch longer than anybody takes in."""
    stretch = call.figures.monologue
    if stretch is None or stretch.seconds <= call.line("monologue"):
        return
    said = call.said(stretch.first)
    yield found(
        "monologue",
        call.ground.talks[stretch.first].whole,
        1,
        gettext_noop("The agent spoke for %(seconds)s seconds without letting him in (“%(said)s”)."),
        (f"{said}。到这里您看清楚吗？", f"{said} – is that clear so far?"),
        call.ground,
        seconds=round(stretch.seconds),
        said=said,
    )


def dead_air(call: Heard) -> Iterator[TalkFinding]:
    """Silence that nobody announced, and announced waits that grew too long."""
    short, hold = call.line("dead_air"), call.line("hold")
    reported = 0
    for silence in call.figures.silences:
        announced = _announced(call, silence)
        if silence.seconds <= (hold if announced else short) or not _agents_turn(call, silence):
            continue
        reported += 1
        if reported > MANY_SILENCES:
            return
        yield _silent(call, silence, announced=announced)


def _silent(call: Heard, silence: Silence, *, announced: bool) -> TalkFinding:
    why = (
        gettext_noop("The announced wait grew to %(seconds)s seconds without a word in between.")
        if announced
        else gettext_noop("%(seconds)s seconds of silence after “%(said)s”, unannounced.")
    )
    better = (
        (
            "还在为您查，大约还要［时间］，您方便再等一下吗？",
            "I am still looking; about [time] more. May I keep you waiting?",
        )
        if announced
        else ("我查一下，大约需要［时间］，请您稍等。", "Let me look that up; it will take about [time].")
    )
    return found(
        "long_hold" if announced else "dead_air",
        call.ground.talks[silence.after].whole,
        2 if silence.seconds > 2 * call.line("hold" if announced else "dead_air") else 1,
        why,
        better,
        call.ground,
        seconds=round(silence.seconds, 1),
        said=call.said(silence.after),
    )


def _announced(call: Heard, silence: Silence) -> bool:
    """Whether the agent asked him to wait in his last words; the customer's 好的 may stand between."""
    for talk in reversed(call.ground.talks[max(0, silence.after - 2) : silence.after + 1]):
        if talk.turn.role is Role.AGENT:
            return talk.says("waiting") is not None or talk.says("looking") is not None
        if not is_backchannel(talk.text, call.ground.measures) and not talk.says("done"):
            return False
    return False


def _agents_turn(call: Heard, silence: Silence) -> bool:
    """Whether it was for the agent to speak: he does so next, or the customer calls into the silence."""
    following = call.ground.talks[silence.after + 1] if silence.after + 1 < len(call.ground.talks) else None
    if following is None:
        return False
    return following.turn.role is Role.AGENT or following.says("calling") is not None


def slow_responses(call: Heard) -> Iterator[TalkFinding]:
    """Answers regularly come late."""
    line, figures = call.line("response"), call.figures
    late = sum(response > line for response in figures.responses)
    if figures.response_median is None or late < SEVERAL or figures.response_median <= line / 2:
        return
    yield found(
        "slow_responses",
        call.ground.agent[0].whole,
        1,
        gettext_noop(
            "%(late)s of %(all)s answers came later than %(line)s seconds; the median is %(median)s."
        ),
        ("（先接一句“好的，我看一下”，再去查）", "(answer first: “right, let me look”, then look)"),
        call.ground,
        late=late,
        all=len(figures.responses),
        line=line,
        median=round(figures.response_median, 1),
    )


RULES: tuple[Callable[[Heard], Iterator[TalkFinding]], ...] = (
    late_greeting,
    no_name,
    interrupts,
    overlaps,
    talk_share,
    pace,
    monologue,
    dead_air,
    slow_responses,
)
IDS = (
    "late_greeting",
    "no_name",
    "interrupts",
    "overlaps",
    "talks_too_much",
    "says_too_little",
    "too_fast",
    "too_slow",
    "monologue",
    "dead_air",
    "long_hold",
    "slow_responses",
)
"""Every rule id over a timed call; those of conversations apply as well."""
