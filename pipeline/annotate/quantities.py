"""Number + approximator + unit → a quantity with its span, interval, unit and approx, by CONVENTIONS 4.

One compiled pattern finds every numeral; all further work happens around those hits only. What a quantity means
is not asked here, and whether it is a name (十八大, 5A级, 2023年) is asked of ``names``.
"""

from __future__ import annotations

import re

from pipeline.annotate import classes, clauses, names, numbers, plain_counts
from pipeline.annotate.doublings import with_doublings
from pipeline.annotate.quantity import ONE, Quantity, build
from pipeline.annotate.spellings import Vocabulary, unit_at, vocabulary
from pipeline.model import Units

HAN = "一二两三四五六七八九十百千万亿零〇几数"
_FORMAL = "壹贰叁肆伍陆柒捌玖"
_ARABIC = r"(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_PLACES = "(?:[十万亿]|百(?!分[点之])|千(?![瓦米克伏卡帕赫]|分[点之]))"
_SCALED = rf"(?: ?[余多来几]?{_PLACES}+(?:[余多][万亿])?(?:零?[0-9]+{_PLACES}+)*(?:零?[0-9]+)?|[kK](?=个百分点))?"
_DECIMALS = rf"(?:点[一二三四五六七八九零〇{_FORMAL}]+)?(?:[余多来]?[万亿]+)?"
_NUMERAL = rf"(?:{_ARABIC}{_SCALED}|[{HAN}{_FORMAL}]+{_DECIMALS})"
# One class first, told apart behind it: so the search skips all other text without trying the pattern.
_CANDIDATE = re.compile(
    rf"[0-9{HAN}{_FORMAL}拾佰仟]"
    rf"(?:(?<=[0-9])(?:[0-9]{{0,2}}(?:[,，][0-9]{{3}})+(?![0-9])|(?<![0-9].)(?<![0-9][ .].)[0-9]{{0,2}}(?: "
    rf"[0-9]{{3}})+(?![0-9])|[0-9]*)(?:\.[0-9]+)?{_SCALED}"
    rf"|(?<=[{HAN}])[{HAN}]*{_DECIMALS}"
    rf"|(?<=[{_FORMAL}拾佰仟])(?<!入伍)(?<!队伍)(?<!大陆)(?:[{_FORMAL}{HAN}拾佰仟]+|(?=元|分之|"
    rf"点[{_FORMAL}{HAN}])){_DECIMALS})"
    rf"(?:分之{_NUMERAL}[kK]?)?"
)
_NEIGHBOURS = re.compile(r"(?:(?<![0-9.])([0-9]{1,2})|(?<![一二三四五六七八九十])([两二三四五六七八]))、$")
_SECOND = re.compile(rf" ?(?:[-－–—―~～]{{1,2}}|至|到) ?({_NUMERAL})")
_JOINTS = frozenset(" -－–—―~～至到")

_FROM = re.compile("[由从自][^，。；、0-9]{0,8}$")
"""``由1支到8支`` is a change, not a range."""
_SHARED_POINTS = re.compile(r"[和、或到至](?:[0-9.]+个[和、])*[0-9.]+个百分点")
"""``提高3个和5个百分点``: the first count borrows the unit of the last."""
_LONGER = re.compile(r"个([多余半])(月|小时|星期)")
_HALVED = frozenset(("thing", "place", "event"))


def find(text: str, units: Units) -> list[Quantity]:
    """All quantities of a half-width text, in order, without overlap; names and dates are left out.

    >>> from pipeline.model import Unit, Units
    >>> units = Units((Unit("元", "money"),), {"text": "篇 条"})
    >>> [(q.low, q.high, q.unit, q.approx) for q in find("撰写30余篇，不低于20条，投入３万元", units)][:2]
    [(Decimal('30'), Decimal('40'), '篇', 'more'), (Decimal('20'), None, '条', 'at_least')]
    """
    known = vocabulary(units)
    closed = names.closed_spans(text)
    found: list[Quantity] = []
    done = 0
    for match in _CANDIDATE.finditer(text):
        start, end = match.span()
        if start < done:
            continue
        if start and text[start - 1] in "-负、":
            start = _widened(text, start, end)
        quantity = _measure(text, start, end, known)
        if quantity is None or quantity.start < done:
            continue
        if closed and names.is_inside(closed, start) and quantity.approx not in ("at_least", "at_most"):
            continue
        found.append(quantity)
        done = quantity.end
    return with_doublings(text, found, closed)


def _widened(text: str, start: int, end: int) -> int:
    """Where a numeral begins with its sign, or with the first of two neighbours (``2、3百人``, ``三、四个``)."""
    before = text[start - 1]
    if before == "负":
        return start - 1 if start == 1 or text[start - 2] in "为是达至到、，。；（ " else start
    if before == "-":
        return (
            start
            if start > 1
            and ((text[start - 2].isascii() and text[start - 2] not in " (,:;") or text[start - 2] in "）‰·℃")
            else start - 1
        )
    first = _NEIGHBOURS.search(text, max(0, start - 4), start)
    if first is None:
        return start
    if first[1]:
        follows = (
            text[start : start + 1].isdigit()
            and text[end - 1] in "百千万"
            and text[start:end].rstrip("十百千万") == str(int(first[1]) + 1)
        )
    else:
        digit = numbers.DIGITS.get(text[start], 0)
        follows = digit == numbers.DIGITS[first[2]] + 1 and (
            text[start + 1 : end] != "" or text[end : end + 1] in tuple("个名次人家")
        )
    return first.start() if follows else start


def _measure(text: str, start: int, end: int, known: Vocabulary) -> Quantity | None:
    """The quantity whose numeral stands at ``[start, end)``, or None when it is a name, a date or no quantity."""
    numeral = text[start:end]
    is_han = numeral[0] not in "-0123456789"
    if is_han and text[end : end + 1] not in known.sizes and text[end : end + 1] not in _AFTER_HAN:
        return _bare(text, start, end, numeral)
    at, numeral, more = _lengthened(text, end, numeral, is_han, known)
    if names.is_glued(text, start, end):
        return None
    second = ""
    if text[at : at + 1] in _JOINTS and not _is_change(text, start, text[at]):
        second, at = _joined(text, at)
    name, dimension, unit_end = _unit(text, start, at, numeral, is_han, known)
    if not second and name and text[unit_end : unit_end + 1] in _JOINTS and _may_range(text, start, at, unit_end):
        second, unit_end = _second_of(text, unit_end, name, known)
    if name == "个" and text[unit_end : unit_end + 1] in _SHARES_UNIT and _SHARED_POINTS.match(text, unit_end):
        name, dimension = "百分点", "points"
    longer = _LONGER.match(text, at) if text[at : at + 1] == "个" else None
    half = longer is not None and longer[1] == "半"
    if longer is not None:
        name, dimension, unit_end, more = longer[2], "time", longer.end(), not half
    if not is_han and "." in numeral and (start == 0 or text[start - 1] in "。；\n\t "):
        start, numeral = names.without_label(start, numeral, dimension)
    if name:
        is_counted = not names.is_name(text, start, end, at, unit_end, name, dimension, numeral)
    else:
        is_counted = _is_plainly_counted(text, start, at, numeral, is_han, more)
    if not is_counted:
        return None
    quantity = build(text, start, numeral, more, second, name, dimension, unit_end)
    if quantity is not None and (half or _is_and_half(text, unit_end, dimension)):
        quantity = _half_more(quantity, quantity.end if half else quantity.end + 1)
    return None if quantity is None or classes.is_class(text, quantity.end, dimension, quantity.approx) else quantity


_SHARES_UNIT = ("和", "、", "或", "到", "至")
_AFTER_HAN = frozenset("余多来成折半至到-—~")
"""What may follow a Chinese numeral that counts, but its unit."""


def _bare(text: str, start: int, end: int, numeral: str) -> Quantity | None:
    """A Chinese numeral without a unit, which counts where its neighbours say so (``观众逾五千``, ``三分之二``)."""
    if plain_counts.is_round(text, start, end) or (
        numeral[0] in "几数" and plain_counts.is_populace(text, end, numeral)
    ):
        return build(text, start, numeral, False, "", "", "", end)
    return _fraction(text, start, end)


def _lengthened(text: str, at: int, numeral: str, is_han: bool, known: Vocabulary) -> tuple[int, str, bool]:
    """Where the numeral ends with what goes on behind it, the numeral, and whether it is 余 or 多.

    ``30多|篇``, ``10几|篇``, ``13.6个亿``.
    """
    more = False
    after = text[at : at + 1]
    following = text[at + 1 : at + 2]
    if after in ("余", "多", "来") and following:
        more = (
            following in known.sizes
            or following == "成"
            or clauses.is_end(text, at + 1)
            or (not is_han and names.UNLISTED.match(text, at + 1) is not None)
        )
        if more:
            at += 1
    elif after == "几" and not is_han and numeral[-1] == "0" and following in known.sizes:
        at, numeral = at + 1, numeral + "几"
    if text.startswith("个亿", at) and plain_counts.is_counted_in_hundred_millions(text, at + 1, numeral):
        at, numeral = at + 2, numeral + "亿"
    return at, numeral, more


def _joined(text: str, at: int) -> tuple[str, int]:
    """The other number of a range and where it ends (``5-8``); a mere space is skipped."""
    joined = _SECOND.match(text, at)
    if joined is not None:
        end = joined.end()
        return joined[1], end + (text[end : end + 1] in ("余", "多"))
    return "", at + (text[at] == " ")


def _unit(text: str, start: int, at: int, numeral: str, is_han: bool, known: Vocabulary) -> tuple[str, str, int]:
    """(name, dimension, end) of the unit of a number, said or meant: ``8.9万|居民`` has none, ``花了50万`` 元."""
    name, dimension, end = unit_at(text, at, known, is_han)
    if name and plain_counts.is_populace(text, at, numeral):
        name, dimension, end = "", "", at
    if "分之" in numeral:
        name, dimension, end = "%", "ratio", at
    if name == "对" and numeral[-1] in "万亿" and plain_counts.is_spent(text, start, at, numeral):
        name, dimension, end = "元", "money", at  # 投入300余万对街面改造
    if name in ("", "块") and plain_counts.is_spent(text, start, end, numeral):
        name, dimension = "元", "money"
    return name, dimension, end


def _may_range(text: str, start: int, at: int, unit_end: int) -> bool:
    """Whether a range may go on behind the unit; 1月-6月 is when, not how much."""
    return text[at:unit_end] != "月" and not _is_change(text, start, text[unit_end])


def _is_plainly_counted(text: str, start: int, at: int, numeral: str, is_han: bool, more: bool) -> bool:
    """Whether a number without any unit counts all the same."""
    if not is_han:
        return plain_counts.is_plain_count(text, start, at, numeral)
    return (plain_counts.is_told(text, start, numeral) and more) or (
        numeral[0] in "几数" and plain_counts.is_populace(text, at, numeral)
    )


def _second_of(text: str, at: int, name: str, known: Vocabulary) -> tuple[str, int]:
    """The other number of a range whose both ends have their unit (``5万元至8万元``) and where it ends; else ``""``."""
    joined = _SECOND.match(text, at)
    if joined is not None:
        unit, _, end = unit_at(text, joined.end(), known, False)
        if unit == name:
            return joined[1], end
    return "", at


def _half_more(quantity: Quantity, end: int) -> Quantity:
    """Half of one more, which stands up to ``end``: ``四个半``, ``两个半月``."""
    if quantity.low is None or quantity.high is None:
        return quantity
    return quantity._replace(low=quantity.low + ONE / 2, high=quantity.high + ONE / 2, end=end)


def _is_change(text: str, start: int, joint: str) -> bool:
    """Whether 至 or 到 behind a number leads on from 由 before it, so that the two numbers are no range."""
    return joint in "至到" and _FROM.search(text, max(0, start - 10), start) is not None


def _is_and_half(text: str, at: int, dimension: str) -> bool:
    """Whether half of one more is said behind the classifier (``四个半，``), which time and shares know anyway."""
    return text[at : at + 1] == "半" and dimension in _HALVED and clauses.is_end(text, at + 1)


def _fraction(text: str, start: int, end: int) -> Quantity | None:
    """``三分之二以上``, ``百分之九十五点六``: a share that needs no unit."""
    numeral = text[start:end]
    if "分之" not in numeral or names.is_glued(text, start, end):
        return None
    return build(text, start, numeral, False, "", "%", "ratio", end)
