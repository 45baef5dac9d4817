"""Approximators: the words around a number that make it an interval (CONVENTIONS 4, ``approx``)."""

from __future__ import annotations

from decimal import Decimal

from pipeline.annotate import numbers
from pipeline.model import Approx

BEFORE: dict[str, Approx] = {
    "不低于": "at_least", "不少于": "at_least", "不小于": "at_least", "不得少于": "at_least", "不得低于": "at_least",
    "不能少于": "at_least", "不能低于": "at_least", "不能超过": "at_most",
    "至少": "at_least", "最少": "at_least", "最低": "at_least", "起码": "at_least", "不下": "at_least",
    "不下于": "at_least", "没少于": "at_least", "没低于": "at_least", "未少于": "at_least", "未低于": "at_least",
    "没超过": "at_most", "没超": "at_most", "没到": "at_most", "没过": "at_most", "不止": "over",
    "不超过": "at_most", "不高于": "at_most", "不多于": "at_most", "不大于": "at_most", "不得超过": "at_most",
    "不得高于": "at_most", "至多": "at_most", "最多": "at_most", "最高": "at_most", "低于": "at_most",
    "不过": "at_most", "不逾": "at_most", "顶多": "at_most", "不满": "at_most", "未满": "at_most",
    "未达": "at_most", "不及": "at_most",
    "少于": "at_most", "小于": "at_most", "不足": "at_most", "不到": "at_most", "未超过": "at_most", "不超": "at_most",
    "超": "over", "超过": "over", "超过了": "over", "超出": "over", "逾": "over", "突破": "over", "突破了": "over",
    "高于": "over", "多于": "over", "大于": "over", "过": "over", "破": "over",
    "近": "near", "接近": "near", "将近": "near",
    "约": "about", "约为": "about", "大约": "about", "大概": "about", "大致": "about",
    "上": "vague",
}  # fmt: skip
"""Approximators that stand before the number and belong to the span."""

AFTER: dict[str, Approx] = {
    "以上": "at_least", "及以上": "at_least", "之上": "at_least", "起": "at_least",
    "以下": "at_most", "及以下": "at_most", "以内": "at_most", "之内": "at_most",
    "左右": "about", "上下": "about",
    "多": "more", "余": "more", "封顶": "at_most", "为限": "at_most",
    "起步": "at_least", "往上": "at_least", "出头": "more", "开外": "more", "保底": "at_least",
}  # fmt: skip
"""Approximators that stand behind the unit and belong to the span."""

_NOT_BEFORE = {
    "约": "民乡婚规节签预条制公集履合违特契大邀誓盟简失隐",
    "近": "附最邻靠临亲贴远相新就抵迫",
    "超": "赶反高",
    "不过": "只超通经错",
    "不满": "对心有为",
    "过": "不通经超不度走跨错悔渡",
    "破": "突攻侦打爆击冲",
    "上": "网线以路地身会街周月年晚早台市车船岸天向史床之党桌纸送跟加",
}  # fmt: skip
"""What must not stand before a short approximator: 节约30元 is no 约30元."""

_BARE_ONLY = frozenset(("过", "破", "上"))  # 过百场, 破千亿, 上百个; never before a digit
_BEFORE_ENDS = frozenset(word[-1] for word in BEFORE)
_AFTER_STARTS = frozenset(word[0] for word in AFTER)
_TENTH_LOW, _TENTH_HIGH = Decimal("0.9"), Decimal("1.1")


_ROUNDED = frozenset(("time", "times", "length", "area", "mass", "volume"))
_NOT_MORE = tuple("元样种数年方渠层彩项出了于次")


def behind(text: str, at: int, name: str, dimension: str) -> tuple[int, str | None]:
    """Where the span ends, and the approximator behind the unit."""
    if at >= len(text) or (text[at] not in _AFTER_STARTS and text[at] != "半"):
        return at, None
    for length in (3, 2, 1):
        word = text[at : at + length]
        approx = AFTER.get(word)
        if approx is None or len(word) < length:
            continue
        if word == "起" or (word in "多余" and dimension not in _ROUNDED and not _is_closed(text, at + 1)):
            return at, None
        if approx == "more" and len(word) > 1:
            return at + length, approx
        if word in "多余" and text[at + 1 : at + 2] in _NOT_MORE:
            return at, None
        return at + length, approx
    if text[at] == "半" and dimension in ("time", "times", "ratio"):
        return at + 1, "half"
    return at, None


def _is_closed(text: str, at: int) -> bool:
    """Whether nothing follows that 多 could belong to (29元多，; but 5个多功能厅)."""
    return text[at : at + 1] in ("", *"，。；、！？）的") and text[at : at + 1] != ","


def before(text: str, start: int, numeral: str, dimension: str = "") -> tuple[int, Approx | None]:
    """Where the span begins, and the approximator before the number."""
    at = start - 1 if start and text[start - 1] == " " else start
    if not at or text[at - 1] not in _BEFORE_ENDS:
        return start, None
    for length in (4, 3, 2, 1):
        if length > at:
            continue
        word = text[at - length : at]
        approx = BEFORE.get(word)
        if approx is None:
            continue
        if (
            word in _BARE_ONLY
            and numeral[0] not in "百千万亿十半"
            and not (word == "过" and dimension == "money")
            and text[at - 2 : at - 1] not in tuple("量数值额入丝已均")
        ):
            return start, None
        if at > length and text[at - length - 1] in _NOT_BEFORE.get(word, "") and text[at - 3 : at - 1] != "损失":
            return start, None
        return at - length, approx
    return start, None


def combine(
    low: Decimal, high: Decimal, own: Approx, before: Approx | None, behind: str | None
) -> tuple[Decimal | None, Decimal | None, Approx]:
    """One interval of a number's own approximation and those around it (two of them: ``约6000余`` is ``more``)."""
    if own in ("more", "vague", "range") and not (
        before in ("at_least", "at_most") or behind in ("at_least", "at_most")
    ):
        return low, high, own
    if before in ("at_least", "at_most", "over"):
        return (None, high, before) if before == "at_most" else (low, None, before)
    if behind in ("at_least", "at_most"):
        return (low, None, "at_least") if behind == "at_least" else (None, high, "at_most")
    if behind == "more":
        return low, low + numbers.place(low), "more"
    if before == "vague":  # 上百: its own hundred
        return low, 2 * low - 1, "vague"
    if behind == "about" or before == "about":
        return low * _TENTH_LOW, high * _TENTH_HIGH, "about"
    if before == "near":
        return low * _TENTH_LOW, high, "near"
    return low, high, own
