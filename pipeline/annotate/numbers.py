"""Numerals → values. Every script and form that Chinese reports use, as tables and pure functions.

``read`` takes one numeral without its unit (``30余万``, ``三千五``, ``十几``, ``一两百``, ``三分之二``) and gives
its interval by CONVENTIONS 4. Values are ``Decimal`` throughout; the time taken is linear in the length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.model import Approx

# --- tables -----------------------------------------------------------------------------------------------------

DIGITS: dict[str, int] = {
    "零": 0, "〇": 0, "○": 0,
    "一": 1, "壹": 1, "幺": 1,
    "二": 2, "两": 2, "贰": 2, "兩": 2, "貳": 2, "俩": 2, "倆": 2,
    "三": 3, "叁": 3, "參": 3, "叄": 3,
    "四": 4, "肆": 4,
    "五": 5, "伍": 5,
    "六": 6, "陆": 6, "陸": 6,
    "七": 7, "柒": 7,
    "八": 8, "捌": 8,
    "九": 9, "玖": 9,
}  # fmt: skip
PLACES: dict[str, int] = {"k": 1000, "K": 1000, "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
SECTIONS: dict[str, int] = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
FEW = "几数幾數"
MORE = "余多来餘"

WIDE = str.maketrans(
    "０１２３４５６７８９．％＋－／Ｋ點兩萬億個幾數餘貳參叄陸對", "0123456789.%+-/K点两万亿个几数余贰叁叁陆对"
)
"""Full-width signs and traditional numerals in their usual form: a copy of equal length, so that offsets stay."""

_SPACE = re.compile(r"[\s　]+")
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+|[^0-9.]")
_COMMA = re.compile(r"(?<=[0-9])[,，](?=[0-9]{3}(?![0-9]))")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_HAN_DIGIT = "一二两三四五六七八九"
_ADJACENT = re.compile(rf"(.*?)([{_HAN_DIGIT}])([{_HAN_DIGIT}])([十百千万亿萬億]*)")
_LISTED = re.compile(r"([0-9]+|[两二三四五六七八])、([0-9]+|[三四五六七八九])([十百千万亿萬億]*)")
_FEW_TENS = re.compile(rf"(.*?[百佰千仟])([{FEW}][十百])")
_FEW_LEAD = re.compile(rf"[{FEW}]([十百千万亿萬億]*)")
_FEW_TAIL = re.compile(rf"(.*?(?:[十拾百佰千仟][零〇]?|[1-9]0))[{FEW}]([万亿萬億]*)")
_MORE_MARK = re.compile(rf"(.+?)[{MORE}]([十百千万亿萬億]*)")
_ONE = Decimal(1)
_TIDY = Decimal(10**20)  # beyond it a value has more digits than the context keeps


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a numeral says: ``low``/``high`` (equal when exact; bounds of half-open forms as themselves)."""

    low: Decimal
    high: Decimal
    approx: Approx = "exact"


@lru_cache(maxsize=4096)
def read(text: str) -> Numeral:
    """The interval of one numeral without unit; raises ``ValueError`` when it is none.

    >>> read("30余万")
    Numeral(low=Decimal('300000'), high=Decimal('400000'), approx='more')
    >>> read("一两百").low, read("一两百").high
    (Decimal('100'), Decimal('200'))
    >>> read("十几").high
    Decimal('19')
    """
    if _PLAIN.fullmatch(text):  # by far the commonest form, and the cheapest
        value = Decimal(text)
        return Numeral(value, value)
    text = _SPACE.sub("", text.translate(WIDE))
    if "分之" in text:
        below, _, above = text.partition("分之")
        parts, bottom = read(above), exact(below)
        if not bottom:
            raise ValueError(f"{text!r}: 分母为零 (denominator is zero)")
        return Numeral(parts.low / bottom, parts.high / bottom, parts.approx)
    for form in (_read_listed, _read_few, _read_more, _read_adjacent):
        found = form(text)
        if found is not None:
            return found
    value = exact(text)
    return Numeral(value, value)


@lru_cache(maxsize=4096)
def exact(text: str) -> Decimal:
    """The value of a numeral that says one: ``三千五`` → 3500, ``二分之一`` → 0.5, ``负六点六`` → -6.6.

    >>> exact("5万4千6百"), exact("二分之一"), exact("１，２００")
    (Decimal('54600'), Decimal('0.5'), Decimal('1200'))
    """
    text = _SPACE.sub("", text.translate(WIDE))
    sign = 1
    while text[:1] in ("-", "负", "負", "+", "－"):
        sign, text = (sign if text[0] == "+" else -sign), text[1:]
    if "分之" in text:
        below, _, above = text.partition("分之")
        bottom = exact(below)
        if not bottom:
            raise ValueError(f"{text!r}: 分母为零 (denominator is zero)")
        return sign * (exact(above) / bottom)
    whole, point, part = text.partition("点") if "点" in text else text.partition("點")
    value = _whole(_COMMA.sub("", whole))
    if point:
        digits = [str(DIGITS[sign_]) if sign_ in DIGITS else sign_ for sign_ in part]
        if not digits or not all(digit.isdecimal() for digit in digits):
            raise ValueError(f"{text!r}: 小数部分不是数字 (decimals expected)")
        value += Decimal("0." + "".join(digits))
    return sign * (value.quantize(_ONE) if value == value.to_integral_value() and value < _TIDY else value)


def place(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero: 120 → 10, 7000 → 1000, 1.2 → 0.1; 0 → 1.

    >>> place(Decimal("12000"))
    Decimal('1E+3')
    """
    if not value:
        return _ONE
    exponent = value.normalize().as_tuple().exponent
    return _ONE.scaleb(exponent if isinstance(exponent, int) else 0)


# --- forms ------------------------------------------------------------------------------------------------------


def _read_listed(text: str) -> Numeral | None:
    """``2、3百`` is one range."""
    match = _LISTED.fullmatch(text)
    if match is None:
        return None
    return Numeral(exact(match[1] + match[3]), exact(match[2] + match[3]), "range")


def _read_few(text: str) -> Numeral | None:
    """``几``, ``数十``, ``十几``, ``二十几万``: vague; the sections behind scale both ends."""
    lead = _FEW_LEAD.fullmatch(text)
    if lead is not None:
        return Numeral(*_few(lead[1]), "vague")
    tens = _FEW_TENS.fullmatch(text)
    if tens is not None:  # 四百几十
        head, (low, high) = exact(tens[1]), _few(tens[2][1:])
        return Numeral(head + low, head + high, "vague")
    tail = _FEW_TAIL.fullmatch(text)
    if tail is None:
        return None
    scale = exact(tail[2]) if tail[2] else _ONE
    head = exact(tail[1].rstrip("零〇") or "零")
    step = _ONE if tail[1][-1] in "零〇" else place(head) / 10
    return Numeral((head + step) * scale, (head + 9 * step) * scale, "vague")


def _few(places: str) -> tuple[Decimal, Decimal]:
    """``几`` → 2…9; ``几十`` → 20…99; ``数十万`` → 20万…99万: nine in every place of the first word."""
    if not places:
        return Decimal(2), Decimal(9)
    first = PLACES.get(places[0]) or SECTIONS[places[0]]
    scale = exact(places[1:]) if places[1:] else _ONE
    return 2 * first * scale, (10 * first - 1) * scale


def _read_more(text: str) -> Numeral | None:
    """``30余``, ``1.2万多``, ``30余万``: from the value to one more in its last place that counts."""
    match = _MORE_MARK.fullmatch(text)
    if match is None:
        return None
    value = exact(match[1] + match[2])
    return Numeral(value, value + place(value), "more")


def _read_adjacent(text: str) -> Numeral | None:
    """``三五``, ``七八十``, ``一两百``, ``十七八``: two neighbours are a range; ``一百五十二`` is not."""
    match = _ADJACENT.fullmatch(text)
    if match is None or (match[1] and match[1][-1] not in PLACES and match[1][-1] not in SECTIONS):
        return None
    low, high = DIGITS[match[2]], DIGITS[match[3]]
    if high != low + 1 and (low, high) != (3, 5):
        return None
    if match[1] and match[1][-1] in SECTIONS and not match[4]:
        return None
    return Numeral(exact(match[1] + match[2] + match[4]), exact(match[1] + match[3] + match[4]), "range")


def _whole(text: str) -> Decimal:
    """The part before the decimal point, in ASCII, Chinese or mixed; one pass, each piece is folded once."""
    pieces: list[tuple[Decimal, int]] = []  # finished values with the section they were scaled by
    section = Decimal(0)  # what stands since the last section word
    run = ""  # digits that wait for their place
    last, zero, any_token = 0, False, False
    for token in _TOKEN.findall(text):
        any_token = True
        if token in DIGITS:
            zero = zero or (DIGITS[token] == 0 and not run)
            run += str(DIGITS[token])
        elif token in PLACES:
            section += (Decimal(run) if run.strip("0") else _ONE) * PLACES[token]
            run, last, zero = "", PLACES[token], False
        elif token in SECTIONS:
            scale = SECTIONS[token]
            total = section + (Decimal(run) if run else 0)
            while pieces and pieces[-1][1] <= scale:
                total += pieces.pop()[0]
            pieces.append(((total or _ONE) * scale, scale))
            section, run, last, zero = Decimal(0), "", scale, False
        elif token[0] in "0123456789.":
            run += token
        else:
            raise ValueError(f"{text!r}: 不认识的数字 {token!r} (not a numeral)")
    if not any_token:
        raise ValueError("空的数字 (an empty numeral)")
    rest = Decimal(run) if run else Decimal(0)
    if last > 10 and len(run) == 1 and not zero:
        rest = rest * last / 10  # 三千五 is 3500, 三千零五 is 3005
    return sum((value for value, _ in pieces), section) + rest
