"""Whether a Chinese clause promises, how firmly, and who is to keep it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhiyin.libs.coach.promises.clauses import Clause
from zhiyin.libs.coach.promises.lexicon import has, owners, pattern
from zhiyin.libs.coach.promises.times import When
from zhiyin.libs.coach.readings import Kind, Owner

_LIST_GLUE = re.compile(r"(?:我|[您你]|[给帮])")
_NOT_ACTS = re.compile(r"[给帮为替][您你]|登录|记录|[过出回]来|[过出]去")
_ACTS_NOW = re.compile(r"就?(?:上[来去]|过[来去]|[让请叫去])")
_DOES_NOW = re.compile(r"就|[给帮为替跟打去来请让派联申提处安登催通备退补发寄换改开查]")
_AFTER = re.compile(r"(?:亲+|您)?(?:在|等|待)")
_NOT_DUE = re.compile(r"^.{0,3}(?:没|还没|不|找不|要是|晚)")


@dataclass(slots=True)
class Draft:
    """A promise in the making; `first` and `last` are places of clauses."""

    first: int
    last: int
    kind: Kind
    owner: Owner
    whens: list[When]
    standard: bool = False
    """A standard time of a process, which joins a list of such times."""


def decide(clauses: Sequence[Clause], *, asked_when: bool) -> list[Draft]:
    """The promises of a turn, in order; `asked_when`: the customer has just asked for a time."""
    drafts: list[Draft] = []
    for at, clause in enumerate(clauses):
        if _is_bare_time(clause) and _completes(clauses, at, drafts, asked_when=asked_when):
            continue
        draft = _judge(clauses, at)
        if draft is None:
            continue
        if drafts and _arrives(clauses, drafts[-1], draft):
            drafts[-1].last, drafts[-1].kind = draft.last, Kind.HARD
            drafts[-1].whens = drafts[-1].whens + draft.whens
            continue
        _take_condition(clauses, draft, drafts)
        if drafts and _continues_list(clauses, drafts[-1], draft):
            drafts[-1].last = draft.last
            drafts[-1].whens += draft.whens
        else:
            drafts.append(draft)
    return drafts


def _arrives(clauses: Sequence[Clause], last: Draft, draft: Draft) -> bool:
    """Whether a clause such as "五分钟就到" only says when one's own act, just promised, is done."""
    if (
        last.owner != Owner.SELF
        or last.last != draft.first - 1
        or clauses[last.last].closes
        or draft.kind != Kind.HARD
    ):
        return False
    return has("arrives", _without(clauses[draft.first], draft.whens).strip())


def _judge(clauses: Sequence[Clause], at: int) -> Draft | None:
    clause = clauses[at]
    text = clause.text
    if len(text) < 2 or (clause.question and not clause.tag) or has("filler", text):  # noqa: PLR2004
        return None
    timed = [when for when in clause.whens if _dates(when, clause)]
    if _merely_asked(clauses, at) and not _conditional(clauses, at):
        return None
    if not timed and not any(has(name, text) for name in ("act", "vague", "will", "never_again", "causes")):
        return None
    if _is_past(text, timed) or _is_order(text, timed) or _is_rule(clauses, at):
        return None
    if has("offer", text) or _leaves_it_to_him(clauses, at):
        return None
    kept = any(has(name, text) for name in ("never_again", "our_cost")) or (timed and "会在" in text)
    if has("negated", text) and not kept:
        return None
    return _timed(clauses, at, timed) or _untimed(clauses, at)


def _merely_asked(clauses: Sequence[Clause], at: int) -> bool:
    """Whether "…可以吗" asks for leave; "…您看可以吗" and "…行吗" only follow a promise."""
    after = clauses[at + 1].text if at + 1 < len(clauses) else ""
    return clauses[at].tag == "bare" or after in {"可以吗", "可以么", "好不好"}


def _leaves_it_to_him(clauses: Sequence[Clause], at: int) -> bool:
    """Whether the sentence ends in "要吗": an offer, which binds once it is taken."""
    for clause in clauses[at + 1 : at + 4]:
        if has("leave", clause.text) or (has("leave", clause.text + "吗") and clause.question):
            return True
        if clause.closes:
            break
    return False


def _dates(when: When, clause: Clause) -> bool:
    """Whether a time can be a promise's: checkable, ahead, not the time of a condition, not a moment to wait."""
    if when.past or not when.checkable or when.word == "now":
        return False
    if when.day is not None and when.day.kind == "masked" and when.clock is not None and not when.before:
        return has("will", clause.text)  # a line copied from a log
    after = clause.text[when.end - clause.start :]
    return not _NOT_DUE.match(after) or after.startswith("不管") or has("never_again", clause.text)


def _is_past(text: str, timed: Sequence[When]) -> bool:
    if has("past", text) and not has("not_done", text):
        return True
    return has("done", text) and not timed and not has("not_done", text) and not has("never_again", text)


def _is_order(text: str, timed: Sequence[When]) -> bool:
    if not has("order", text):
        return False
    if timed and has("you_get", text):
        return False
    return all(pattern(name).search(text, 2) is None for name in ("self_act", "us_act", "for_you"))


def _is_rule(clauses: Sequence[Clause], at: int) -> bool:
    """A rule for every customer, told with "if"."""
    return has("rule_if", clauses[at].text) or bool(
        at and has("rule_if", clauses[at - 1].text) and not clauses[at - 1].closes
    )


def _conditional(clauses: Sequence[Clause], at: int) -> bool:
    return has("condition", clauses[at].text) or bool(at and has("condition", clauses[at - 1].text))


def _timed(clauses: Sequence[Clause], at: int, timed: Sequence[When]) -> Draft | None:
    clause = clauses[at]
    text = clause.text
    if not timed or has("wait", text):
        return None
    rest = _without(clause, timed)
    if _only_after(clauses, at, rest):
        return None
    if has("order", rest) and not has("you_get", text) and not has("told", rest):
        return None
    if has("never_again", text) or (has("guarantee", text) and has("act", rest)):
        return Draft(at, at, Kind.HARD, owner(clauses, at), list(timed))
    lasting = any(when.duration is not None for when in timed)
    process = lasting and has("process", text)
    if has("rule", text) or (has("general", rest) and not process):
        return None
    if (has("system", rest) and not lasting) or has("supposed", rest):
        return None
    if _self_does(rest):
        return Draft(at, at, Kind.HARD, Owner.SELF, list(timed))
    if not (has("result", rest) or process):
        return None
    if _only_looks(rest) and not has("told", rest) and not has("send_you", rest):
        return None
    standard = all(when.duration is not None for when in timed) and not _LIST_GLUE.search(rest)
    return Draft(at, at, Kind.HARD, owner(clauses, at), list(timed), standard=standard)


def _only_after(clauses: Sequence[Clause], at: int, rest: str) -> bool:
    """Whether the time only says after what the next clause holds: "在订单完成24小时后，您就能…"."""
    goes_on = at + 1 < len(clauses) and not clauses[at].closes
    return goes_on and clauses[at].text.endswith("后") and _AFTER.match(rest) is not None and not has("will", rest)


def _self_does(rest: str) -> bool:
    """Whatever one will do oneself at a time that is said, looking included."""
    return pattern("self_does").search(rest) is not None


def _untimed(clauses: Sequence[Clause], at: int) -> Draft | None:
    clause = clauses[at]
    text = clause.text
    if any(has(name, text) for name in ("ability", "general", "wait", "system")):
        return None
    now = [when for when in clause.whens if when.word == "now"]
    act = any(has(name, text) for name in ("self_act", "us_act", "for_you", "send_you", "once"))
    if now and not has("on_his_side", text) and (act or _acts_now(clause, now)) and not _only_looks(text):
        # What is done "at once" when something uncertain has come about has no time yet.
        waits = has("upon", text[: now[0].start - clause.start])
        return Draft(at, at, Kind.SOFT if waits else Kind.HARD, owner(clauses, at), now)
    if _is_soft(text, act=act):
        vague = [when for when in clause.whens if when.word == "vague"]
        return Draft(at, at, Kind.SOFT, owner(clauses, at), vague)
    return None


def _acts_now(clause: Clause, now: Sequence[When]) -> bool:
    """马上 and an act right behind it, whoever does it."""
    rest = clause.text[now[0].end - clause.start :]
    if clause.text.startswith("现在", now[0].start - clause.start) and not _DOES_NOW.match(rest):
        return False  # how things are now, not what is done now
    return _ACTS_NOW.match(rest) is not None or pattern("act").search(rest, 0, 8) is not None


def _is_soft(text: str, *, act: bool) -> bool:
    if any(has(name, text) for name in ("never_again", "our_cost", "guarantee")):
        return True
    if has("vague", text):
        return (
            has("act", text)
            or has("outcome", text)
            or has("will", text)
            or text.endswith(("尽快", "尽快的", "尽量的"))
        )
    if has("will", text) and (has("outcome", text) or has("told", text)) and not has("system", text):
        return True
    return act and not _only_looks(text)


def _only_looks(text: str) -> bool:
    """Whether nothing is left of the act once looking, asking and explaining are taken away."""
    if has("causes", text) or has("told_so", text):
        return False
    if has("look_first", text) and not has("tells", text):
        return True
    left = pattern("look").sub("", text)
    return left != text and not (has("outcome", left) or _real_act(left))


def _real_act(text: str) -> bool:
    return pattern("act").search(_NOT_ACTS.sub("", text)) is not None


def _without(clause: Clause, timed: Sequence[When]) -> str:
    """The clause with its times blanked out."""
    text = clause.text
    for when in timed:
        low, high = max(0, when.start - clause.start), when.end - clause.start
        text = text[:low] + " " * (min(high, len(text)) - low) + text[high:]
    return text


def _is_bare_time(clause: Clause) -> bool:
    if (
        not clause.whens
        or clause.question
        or not all(when.checkable and not when.past and when.word != "now" for when in clause.whens)
    ):
        return False
    rest = _without(clause, clause.whens)
    return not rest.strip() or all(has("bare_time", piece) for piece in rest.split())


def _completes(clauses: Sequence[Clause], at: int, drafts: list[Draft], *, asked_when: bool) -> bool:
    """Let a mere time finish the promise before it, or answer the customer's "when"; whether it did either."""
    clause = clauses[at]
    before = clauses[at - 1] if at else None
    if drafts and drafts[-1].last == at - 1 and before is not None and not before.closes:
        drafts[-1].last, drafts[-1].kind = at, Kind.HARD
        drafts[-1].whens = drafts[-1].whens + clause.whens
        return True
    if (
        before is not None
        and not before.closes
        and has("under_way", before.text)
        and not has("order", before.text)
    ):
        drafts.append(Draft(at - 1, at, Kind.HARD, owner(clauses, at - 1), list(clause.whens)))
        return True
    bare_clock = all(
        (when.clock is not None and not when.before and when.day is None) or _for_long(when)
        for when in clause.whens
    )
    if asked_when and not bare_clock and not (before is not None and before.question):
        drafts.append(Draft(at, at, Kind.HARD, Owner.ORGANISATION, list(clause.whens)))
        return True
    return False


def _for_long(when: When) -> bool:
    return when.duration is not None and when.duration.get("unit") in {"月", "年"}


def _take_condition(clauses: Sequence[Clause], draft: Draft, drafts: Sequence[Draft]) -> None:
    """A condition just before belongs to the promise that hangs on it; so does what a list of times is about."""
    at = draft.first - 1
    if at < 0 or (drafts and drafts[-1].last >= at):
        return
    before = clauses[at]
    if draft.standard and not before.closes and has("will", before.text) and has("process", before.text):
        draft.first = at
    if draft.kind == Kind.HARD and not draft.standard:
        return
    if (
        not before.closes
        and not before.question
        and has("condition", before.text)
        and not has("order", before.text)
    ):
        draft.first = at


def _continues_list(clauses: Sequence[Clause], last: Draft, draft: Draft) -> bool:
    return (
        last.standard
        and draft.standard
        and last.last == draft.first - 1
        and clauses[last.last].stop[:1] in {",", "，", ".", " "}
    )


def owner(clauses: Sequence[Clause], at: int) -> Owner:
    """Whose promise a clause is: the first who is named in it; where nobody is, a personal act is the speaker's own.

    Money, goods and calls back are the house's unless someone is named; what is told in the chat is one's own.
    """
    text = clauses[at].text
    named = owners().search(text)
    if named is not None:
        if named.lastgroup != "self" and not has("us_act", text) and has("self_act", text):
            return Owner.SELF
        if named.lastgroup == "self":
            return Owner.SELF
        return Owner.THIRD_PARTY if named.lastgroup == "third" else Owner.ORGANISATION
    if text.startswith(("让他", "让她", "让小哥", "让师傅")):
        return Owner.SELF
    if has("backoffice", text):
        return Owner.ORGANISATION
    return (
        Owner.SELF
        if has("told", text) or has("for_you", text) or has("send_you", text)
        else Owner.ORGANISATION
    )
