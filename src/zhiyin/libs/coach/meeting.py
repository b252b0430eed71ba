"""How a reply meets what was asked: not whether it is right, but whether it can be an answer at all.

Only forms are looked at, never the matter: words of comfort and of closing say nothing; a reply said before says
nothing new; a question of a kind (why, when, how, where, how much, yes or no) wants an answer of that kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from zhiyin.libs.coach import asking
from zhiyin.libs.coach.scene import Heard, Told
from zhiyin.libs.coach.view import View

_HOLLOW = re.compile(
    r"亲爱的|亲+|[您你]好|是的|好的|嗯+|恩+|不客气|客气|小[妹主]|妹子|放心|不用担心|别担心|(?:不要|别)着急|别急|非常|真的?|实在"
    r"|抱歉|不好意思|对不起|给[您你](?:带来|添)(?:了|的)?(?:不便|麻烦)(?:了)?|见谅|谅解|理解|耐心|等待|等候|一下|稍?等|辛苦|麻烦"
    r"|我?应该做的|这都是|感谢|谢谢|支持|配合|祝您|生活愉快|再见|很高兴遇到|善解人意|客户|在的|还?请|您|[了的呢哦哈呀噢啦啊好对太先再也都还请]"
)
"""Words of address, consent, comfort and thanks: a reply of nothing else holds no answer."""
_CLOSING = re.compile(
    r"(?:[您你]看)?(?:请?问)?(?:这边)?还有(?:其他|其它|别的|什么)[^?？吗呢]{0,20}(?:[吗呢么]|[?？])+"
)
_MASKS = re.compile(r"#e-s?\d?(?:\[[^\]]{0,6}\])?|#e-[^\s#]{1,3}|\[[^\]]{0,30}\]|https?://[!-~]{1,300}")
_STOPS = re.compile(r"[\s，,。.！!？?；;:：~～…·、]+")
_AFFIRMS = re.compile(
    r"^(?:那|这|这个|都|也|就|还)?(?:是|对|可以|能|会|有|没|不|行|好了|嗯|恩|已|无|成功|到了|需要|要|支持|正常|当然|一定|肯定|应该)"
)
_AMOUNT = re.compile(r"多少钱|多少元|多少费|金额|收费|什么价|几块|几元|多少运费|运费多少|贵吗")
_MONEY = re.compile(r"\d|\[数字|\[金额|元|块钱|免费|原价|全额|不收|不用付|不要钱|自付")
_STATE = re.compile(r"没|未|已|在|还要|需要|变|到|刚")
"""A state of things tells why; a way is in 就行, 直接, or a place."""
_WAY = re.compile(r"^(?:亲+|亲爱的|您好|好的|[呢哦，, ])*(?:您|把|将|按)|就(?:可以|行|好)|直接|里面?|下面|上面|先|再|用|选|点|填|写|找|打")
_READ = 400
"""Of a longer reply only so many characters are looked at."""
_SAME, _LEAST_PAIRS = 0.8, 4
"""This share of the pairs of characters stood in an earlier reply; a reply of fewer pairs is not compared."""
_LAST, _FIRST_CLAUSES = 2, 3


@lru_cache(1024)
def substance(text: str) -> str:
    """What a folded text says beyond masks, formulas of politeness and closings."""
    text = _CLOSING.sub(" ", _MASKS.sub(" ", text[:_READ]))
    return _STOPS.sub("", _HOLLOW.sub("", text))


@lru_cache(1024)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def question(view: View) -> Heard | None:
    """The customer's question that this reply meets first: the newest of his last two messages that asks."""
    if view.scene.content:
        return None
    return next((turn for turn in reversed(view.scene.burst[-_LAST:]) if turn.asks), None)


def says_nothing(view: View, asked: Heard) -> bool:
    """Nothing but politeness; 是的 and 好的 answer a yes-or-no question, a link whoever asked what or where."""
    if substance(view.scan.text) or view.has("wait") or asked.thanks:
        return False
    if "yes" in asked.asks and _affirms(view):
        return False
    return not ("http" in view.scan.text or (view.scan.said_mask() and asked.asks - {"why", "yes"}))


def only_closes(view: View) -> bool:
    """Nothing but the closing formula, where something was asked or wanted."""
    scene = view.scene
    if not scene.burst or scene.content or scene.burst[-1].thanks or not view.has("closing_formula"):
        return False
    return bool(scene.request or scene.asks) and not substance(view.scan.text)


def repeats(view: View) -> bool:
    """What it says stood in one of his earlier replies, and the customer asked or objected since."""
    scene = view.scene
    pairs = _pairs(substance(view.scan.text))
    if len(pairs) < _LEAST_PAIRS or not scene.burst or scene.content:
        return False
    if view.has("wait") or view.has("consent_tag"):
        return False
    if view.has("clock") and "when" in scene.asks:
        return False
    puzzled = all(not turn.scan.content() and "?" in turn.scan.text for turn in scene.burst)
    if not (scene.asks or puzzled or any(turn.rejects for turn in scene.burst)):
        return False
    told = (turn for turn in scene.turns if isinstance(turn, Told))
    return any(len(pairs & _pairs(substance(turn.scan.text))) >= _SAME * len(pairs) for turn in told)


def _why(view: View, _: Heard) -> bool:
    told = any(view.has(name) for name in ("reason", "explaining", "act"))
    return _inert(view) and not told and not _STATE.search(substance(view.scan.text))


def _how(view: View, _: Heard) -> bool:
    shown = view.has("step") or view.has("act") or _WAY.search(view.scan.text[:_READ])
    return _inert(view) and not shown


def _when(view: View, _: Heard) -> bool:
    return not (
        view.has("wait") or _matter(view) or view.has("time") or view.has("refusal") or view.has("depends")
    )


def _where(view: View, _: Heard) -> bool:
    return _inert(view) and not view.has("where_answer")


def _yes(view: View, asked: Heard) -> bool:
    """Neither yes nor no, nothing of what was asked about, no deed and no limit."""
    if not _inert(view) or _affirms(view) or view.has("act") or view.has("limit"):
        return False
    return not _pairs(substance(view.scan.text)) & _pairs(substance(asked.scan.text))


_KINDS: dict[str, Callable[[View, Heard], bool]] = {
    "why": _why,
    "how": _how,
    "when": _when,
    "where": _where,
    "yes": _yes,
}


def open_kinds(view: View, asked: Heard) -> Iterator[str]:
    """The kinds of question that the reply is no answer to."""
    yield from (kind for kind, is_open in _KINDS.items() if kind in asked.asks and is_open(view, asked))
    if _AMOUNT.search(asked.scan.text) and _inert(view) and not _MONEY.search(view.scan.text):
        yield "how much"


def _inert(view: View) -> bool:
    """No look-up, no question back, no apology: a statement that should answer."""
    return not (view.has("wait") or _matter(view) or view.has("apology"))


def _matter(view: View) -> bool:
    """Whether it asks something of the matter itself."""
    return any(
        not one.formula and not view.within("routine_opener", one.span) for one in asking.questions(view)
    )


def _affirms(view: View) -> bool:
    clauses = view.scan.clauses()[:_FIRST_CLAUSES]
    return any(
        _AFFIRMS.match(view.scan.text[low:high].strip().lstrip("亲爱的您好哒小妹")) for low, high in clauses
    )
