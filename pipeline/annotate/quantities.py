"""Number + approximator + unit → a quantity with its span, interval, unit and approx, by CONVENTIONS 4.

One compiled pattern finds every numeral; all further work happens around those hits only. What a quantity means
is not asked here, and whether it is a name (十八大, 5A级, 2023年) is asked of ``names``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from pipeline.annotate import approximators, names, numbers
from pipeline.model import Approx, Per, Units

# --- tables -----------------------------------------------------------------------------------------------------

HAN = "一二两三四五六七八九十百千万亿零〇几数"
_FORMAL = "壹贰叁肆伍陆柒捌玖"
_ARABIC = r"(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_PLACES = "(?:[十万亿]|百(?!分[点之])|千(?![瓦米克伏卡帕赫]|分[点之]))"
_SCALED = rf"(?: ?[余多来几]?{_PLACES}+(?:零?[0-9]+{_PLACES}+)*(?:零?[0-9]+)?|[kK](?=个百分点))?"
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

_PER_UNIT: dict[str, Per] = {"日": "day", "天": "day", "周": "week", "月": "month", "季": "quarter", "季度": "quarter",
                             "年": "year"}  # fmt: skip
_SLASH = re.compile(
    r"[/／](日|天|周|月|季度|季|年|人|亩|公斤|千克|斤|吨|平方米|立方米|平方公里|公里|户|次|度|千瓦时|小时|升|场|头|"
    r"㎡|m³)"
)
_SHARED_POINTS = re.compile(r"[和、或到至](?:[0-9.]+个[和、])*[0-9.]+个百分点")
"""``提高3个和5个百分点``: the first count borrows the unit of the last."""
_LONGER = re.compile(r"个([多余半])(月|小时|星期)")
_DOUBLING = re.compile(r"翻了?(?:([一两二三四123])?番)([多余])?")
_SOME = re.compile(r"若干([个条项家名次件处场支位])")
_HALF = re.compile(
    r"(?:(?<=打)对折|半折|半成(?![品熟立])|半数|一半|(?<=[近约过达])半(?=以上)|(?<=[近过])半(?=[，。；、的]|$))(?:以上|左右)?"
)
_HALVED = frozenset(("thing", "place", "event"))
_QUOTIENT = re.compile(r"(?<=[占近约达超足到的过剩])([1-9])/([2-9]|10)(?![0-9/年月.])(以上|左右)?")
_HUNDREDTH = Decimal("0.01")
_DIGITS_KEPT = 15
_ONE = Decimal(1)
_WIDE_SIGN = re.compile("[０-９．％＋－／Ｋ點兩萬億個幾數餘貳參叄陸對]")
_ASCII_SIGN = re.compile(r"[,;!?()\":.]")
_ASCII_STOP = re.compile(
    r"[,;!?():.](?:(?<=[;!?()])|(?<=,)(?:(?<![0-9],)|(?![0-9]{3}(?![0-9])))"
    r"|(?<=:)(?:(?<![0-9A-Za-z/]:)(?!//)|(?![0-9/]))|(?<=[一-龥”」』》）)%]\.)(?![0-9.]))"
)
_ASCII_QUOTES = re.compile('"([^"\\n]{1,40})"')
_FULL = {",": "，", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）", ":": "：", ".": "。"}
_SHARES: dict[str, tuple[int, str]] = {"成": (10, "%"), "折": (10, "%")}
_NOT_SHARE = "立功为员果效绩人本都长品熟片型套交材就分像了叠扣腾旧返射合"
_TENTHS = re.compile("[一二三四五六七八九](?![一二三四五六七八九十百千万个成])")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as it stands: ``[start, end)`` with approximators and unit, ``core`` where its digits begin.

    ``unit_end`` is where the unit ends, before an approximator behind it; ``dimension`` is of ``units.yaml``
    (``""`` for a unit that it does not list); ``numeral`` is the text of the number.
    """

    start: int
    end: int
    core: int
    unit_end: int
    low: Decimal | None
    high: Decimal | None
    unit: str
    dimension: str
    approx: Approx
    numeral: str
    per: Per | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``Units`` made ready: every spelling with its stored name and dimension.

    ``sizes``: the first sign of a spelling → how long those that begin with it are, the longest first.
    """

    names: dict[str, tuple[str, str]]
    sizes: dict[str, tuple[int, ...]]


@lru_cache(maxsize=8)
def vocabulary(units: Units) -> Vocabulary:
    """Every spelling of a unit → (name, dimension); remembered for each ``Units``."""
    known: dict[str, tuple[str, str]] = {}
    for dimension, words in units.classifiers.items():
        for word in words.split():
            spelling, _, name = word.partition("=")
            known[spelling] = (name or spelling, dimension)
    for unit in units.measures:
        for spelling in (unit.name, *unit.also):
            known[spelling] = (unit.name, unit.dimension)
    sizes: dict[str, set[int]] = {}
    for word in known:
        sizes.setdefault(word[0], set()).add(len(word))
    return Vocabulary(known, {sign: tuple(sorted(each, reverse=True)) for sign, each in sizes.items()})


def half_width(text: str) -> str:
    """A copy of equal length with ASCII digits and signs, so that offsets stay.

    >>> half_width("增长３.２％")
    '增长3.2%'
    """
    if _WIDE_SIGN.search(text):
        text = text.translate(numbers.WIDE)
    return _full_stops(text) if _ASCII_SIGN.search(text) else text


def _full_stops(text: str) -> str:
    """ASCII punctuation of a Chinese text in its full-width form, where it is no part of a number or a code.

    >>> _full_stops("投稿1,200篇,采用45篇.二是宣讲(12场);")
    '投稿1,200篇，采用45篇。二是宣讲（12场）；'
    """
    text = _ASCII_STOP.sub(lambda match: _FULL[match[0]], text)
    return _ASCII_QUOTES.sub("“\\1”", text) if '"' in text else text


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
    return _with_doublings(text, found, closed)


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


# --- one candidate ----------------------------------------------------------------------------------------------


def _measure(text: str, start: int, end: int, known: Vocabulary) -> Quantity | None:
    """The quantity whose numeral stands at ``[start, end)``, or None when it is a name, a date or no quantity."""
    numeral = text[start:end]
    is_han = numeral[0] not in "-0123456789"
    size = len(text)
    at, more = end, False
    after = text[at] if at < size else ""
    if is_han and after not in known.sizes and after not in "余多来成折半至到-—~":
        if names.is_round(text, start, end):
            return _build(text, start, numeral, False, "", "", "", end)
        return _fraction(text, start, end)
    if after in "余多来" and after and (at + 1 < size):
        following = text[at + 1]
        if (
            following in known.sizes
            or following == "成"
            or names.is_end(text, at + 1)
            or (not is_han and names.UNLISTED.match(text, at + 1))
        ):
            at, more = at + 1, True
            after = following
    if after == "几" and not is_han and numeral[-1] == "0" and text[at + 1 : at + 2] in known.sizes:
        at, numeral = at + 1, numeral + "几"
        after = text[at]
    if names.is_glued(text, start, end):
        return None
    second = ""
    if after in _JOINTS and not _is_change(text, start, after):
        joined = _SECOND.match(text, at)
        if joined is not None:
            second, at = joined[1], joined.end()
            if at < size and text[at] in "余多":
                at += 1
        elif after == " ":
            at += 1
    name, dimension, unit_end = _unit(text, at, known, is_han)
    if name and names.is_populace(text, at, numeral):
        name, dimension, unit_end = "", "", at
    if "分之" in numeral:
        name, dimension, unit_end = "%", "ratio", at
    if name in ("", "块") and names.is_spent(text, start, unit_end, numeral):
        name, dimension = "元", "money"
    if (
        not second
        and name
        and unit_end < size
        and text[unit_end] in _JOINTS
        and text[at:unit_end] != "月"  # 1月-6月 is when, not how much
        and not _is_change(text, start, text[unit_end])
    ):
        joined = _SECOND.match(text, unit_end)
        if joined is not None:
            other = _unit(text, joined.end(), known, False)
            if other[0] == name:
                second, unit_end = joined[1], other[2]
    longer = _LONGER.match(text, at) if after == "个" else None
    if name == "个" and unit_end < size and text[unit_end] in "和、或到至":
        points = _SHARED_POINTS.match(text, unit_end)
        name, dimension = ("百分点", "points") if points is not None else (name, dimension)
    half = longer is not None and longer[1] == "半"
    if longer is not None:
        name, dimension, unit_end, more = (
            "月" if longer[2] == "月" else longer[2],
            "time",
            longer.end(),
            longer[1] != "半",
        )
    if not is_han and "." in numeral and (start == 0 or text[start - 1] in "。；\n\t "):
        start, numeral = names.without_label(start, numeral, dimension)
    if not name and not (
        names.is_told(text, start, numeral) and more if is_han else names.is_plain_count(text, start, end, at, numeral)
    ):
        return None
    if name and names.is_name(text, start, end, at, unit_end, name, dimension, numeral, bool(second)):
        return None
    quantity = _build(text, start, numeral, more, second, name, dimension, unit_end)
    if (
        (half or _is_and_half(text, unit_end, dimension))
        and quantity is not None
        and quantity.low is not None
        and quantity.high is not None
    ):
        more_than = 0 if half else 1
        quantity = replace(
            quantity, low=quantity.low + _ONE / 2, high=quantity.high + _ONE / 2, end=quantity.end + more_than
        )
    return None if quantity is None or names.is_class(text, quantity.end, dimension, quantity.approx) else quantity


def _is_change(text: str, start: int, joint: str) -> bool:
    """Whether 至 or 到 behind a number leads on from 由 before it, so that the two numbers are no range."""
    return joint in "至到" and _FROM.search(text, max(0, start - 10), start) is not None


def _is_and_half(text: str, at: int, dimension: str) -> bool:
    """Whether half of one more is said behind the classifier (``四个半，``), which time and shares know anyway."""
    return text[at : at + 1] == "半" and dimension in _HALVED and names.is_end(text, at + 1)


def _unit(text: str, at: int, known: Vocabulary, is_han: bool) -> tuple[str, str, int]:
    """(name, dimension, end) of the unit at ``at``; an unlisted classifier only between a digit and a boundary."""
    if at < len(text) and text[at] == " ":
        at += 1
    table = known.names
    for length in known.sizes.get(text[at : at + 1], ()):
        word = text[at : at + length]
        entry = table.get(word)
        if entry is not None:
            end = at + len(word)
            if text[at:end] == "家" and text[end : end + 1] in tuple("庭园长乡具政规风训教电禽畜"):
                continue
            if text[end - 1] == "队" and text[end : end + 1] in ("伍", "员") and length > 1:
                continue
            if (
                text[at].isascii()
                and text[at].isalpha()
                and end < len(text)
                and text[end].isascii()
                and text[end].isalnum()
            ):
                continue
            return entry[0], entry[1], end
    share = text[at : at + 1]
    if share in _SHARES and share and text[at + 1 : at + 2] not in tuple(_NOT_SHARE):
        return "%", "ratio_" + share, at + 1
    if not is_han:
        unlisted = names.UNLISTED.match(text, at)
        if unlisted is not None:
            return unlisted[0], "", unlisted.end()
    return "", "", at


def _build(
    text: str, start: int, numeral: str, more: bool, second: str, name: str, dimension: str, unit_end: int
) -> Quantity | None:
    """Interval and approximators of a numeral whose unit is known."""
    try:
        value = numbers.read(numeral)
        upper = numbers.read(second) if second else None
    except ValueError:
        return None
    low, high, approx = value.low, value.high, value.approx
    if upper is not None:
        low, high, approx = _range(numeral, value, second, upper)
    elif more:
        approx, high = "more", low + numbers.place(low)
    if dimension[:6] == "ratio_":
        low, high = _share(numeral, low, high, dimension)
        tenth = _TENTHS.match(text, unit_end) if dimension == "ratio_成" and low == high else None
        if tenth is not None:
            low = high = low + numbers.DIGITS[tenth[0]]
            unit_end = tenth.end()
        dimension = "ratio"
    elif "分之" in numeral:
        low, high = _percent(low), _percent(high)
    per: Per | None = None
    if unit_end < len(text) and text[unit_end] in "/／":
        slash = _SLASH.match(text, unit_end)
        if slash is not None:
            per, unit_end = _PER_UNIT.get(slash[1]), slash.end()
            name = name if per else f"{name}/{slash[1]}"
    end, behind = approximators.behind(text, unit_end, name, dimension)
    if behind == "half":
        half = _ONE * 5 if dimension == "ratio" else _ONE / 2
        low, high, behind = low + half, high + half, None
    first, before = approximators.before(text, start, numeral, dimension)
    is_capped = (before is None and behind == "at_most") or (behind is None and text[end : end + 1] == "内")
    if is_capped and text[start - 3 : start] == "控制在":
        first, end, behind = start - 3, end + (behind is None), "at_most"
    bounds = approximators.combine(low, high, approx, before, behind)
    if before == "vague" and bounds[2] != "vague":
        first = start
    return Quantity(first, end, start, unit_end, *bounds[:2], name, dimension, bounds[2], numeral, per)


def _range(first: str, low: numbers.Numeral, second: str, high: numbers.Numeral) -> tuple[Decimal, Decimal, Approx]:
    """``5-8万``: what scales the second number scales the first, unless it is scaled itself."""
    tail = second.lstrip("0123456789.,，")
    scale = numbers.exact(tail) if tail and tail[0] in "十百千万亿" and first[-1] in "0123456789" else _ONE
    start = low.low * scale
    if start > high.high and scale != _ONE:
        start = low.low
    return min(start, high.high), max(start, high.high), "range"


def _percent(share: Decimal) -> Decimal:
    """A share in percent; one that never ends (三分之二) is rounded to hundredths."""
    value = share * 100
    return value.quantize(_HUNDREDTH) if len(value.as_tuple().digits) > _DIGITS_KEPT else value


def _share(numeral: str, low: Decimal, high: Decimal, dimension: str) -> tuple[Decimal, Decimal]:
    """成 and 折 in percent: 三成 → 30, 九折 → 90, 八五折 and 85折 → 85."""
    if dimension == "ratio_折" and len(numeral) == 2 and all(sign in "123456789一二三四五六七八九" for sign in numeral):
        value = numbers.exact(numeral[0]) * 10 + numbers.exact(numeral[1]) if numeral[0] not in "0123456789" else low
        return value, value
    return low * 10, high * 10


# --- forms without a unit ---------------------------------------------------------------------------------------


def _fraction(text: str, start: int, end: int) -> Quantity | None:
    """``三分之二以上``, ``百分之九十五点六``: a share that needs no unit."""
    numeral = text[start:end]
    if "分之" not in numeral or names.is_glued(text, start, end):
        return None
    return _build(text, start, numeral, False, "", "%", "ratio", end)


def _with_doublings(text: str, found: list[Quantity], closed: list[tuple[int, int]]) -> list[Quantity]:
    """Adds 翻番, 翻一番, 翻两番 and 半数, which hold no numeral of their own; dropped where they touch another."""
    extra = (
        list(_doublings(text))
        if "番" in text or "半" in text or "对折" in text or "若干" in text or "/" in text
        else []
    )
    if not extra:
        return found
    kept = list(found)
    for one in extra:
        if names.is_inside(closed, one.start):
            continue
        kept = [other for other in kept if other.end <= one.start or other.start >= one.end]
        kept.append(one)
    return sorted(kept, key=lambda quantity: quantity.start)


def _doublings(text: str) -> Iterator[Quantity]:
    for match in _DOUBLING.finditer(text):
        times = int(numbers.exact(match[1])) if match[1] else 1
        value = Decimal(100 * (2**times - 1))
        high = value + numbers.place(value) if match[2] else value
        approx: Approx = "more" if match[2] else "exact"
        yield Quantity(*match.span(), match.start(), match.end(), value, high, "%", "ratio", approx, match[0])
    for match in _SOME.finditer(text):
        few = numbers.read("几")
        end = match.end()
        yield Quantity(match.start(), end, match.start(), end, few.low, few.high, match[1], "thing", "vague", "若干")
    for match in _QUOTIENT.finditer(text):
        first, before = approximators.before(text, match.start(), match[1])
        behind = {"以上": "at_least", "左右": "about"}.get(match[3] or "")
        share = _percent(Decimal(match[1]) / Decimal(match[2]))
        bounds = approximators.combine(share, share, "exact", before, behind)
        yield Quantity(first, match.end(), match.start(), match.end(2), *bounds[:2], "%", "ratio", bounds[2], match[0])
    for match in _HALF.finditer(text):
        core = match.start()
        first, before = approximators.before(text, core, "半")
        end = match.end()
        behind = "at_least" if match[0].endswith("以上") else "about" if match[0].endswith("左右") else None
        value = Decimal(5 if match[0] == "半成" else 50)
        bounds = approximators.combine(value, value, "exact", before, behind)
        yield Quantity(first, end, core, min(core + 2, end), *bounds[:2], "%", "ratio", bounds[2], match[0])
