"""Numbering labels at the start of a line or after a full stop: ``一、 （一） 1. （1） ① 第一部分 一是 首先``.

One line of the table ``STYLES`` for each style; its rank is the usual order of outlines (第一部分 above 一、 above
（一）…), used only where the document itself does not show another order. Half- and full-width forms are equal.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

HAN = "一二三四五六七八九十百零〇两"
_DIGIT = "0-9０-９"
_HAN_VALUES = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_FIRSTS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "然后": 3, "此外": 4, "最后": 9}
# A number right before one of these is a quantity (3.5亿元), no label (3.5 亿元项目).
_UNIT = "亿万千百元％%‰倍个公里米亩吨人户家件条篇次级分成年月日号时届岁℃"


@dataclass(frozen=True, slots=True)
class Numbering:
    """A label: its style and rank, its value (1, 2, …), how it is written, and where the text after it starts."""

    style: str
    rank: int
    value: int
    text: str
    end: int


def value_of(text: str) -> int:
    """A small counting number, Chinese or Arabic: 1 … 199; 0 when it is none.

    >>> [value_of(text) for text in ("三", "十", "十二", "二十一", "１２", "两", "")]
    [3, 10, 12, 21, 12, 2, 0]
    """
    if not text:
        return 0
    if text[0].isdigit() and text.isdecimal():
        return int(text)
    total = current = 0
    for char in text:
        if char == "百":
            total, current = total + (current or 1) * 100, 0
        elif char == "十":
            total, current = total + (current or 1) * 10, 0
        elif char in _HAN_VALUES:
            current = _HAN_VALUES[char]
        else:
            return 0
    return total + current


def _circled(text: str) -> int:
    """①…⑳ and their kin stand in runs of Unicode: the place in the run is the value.

    >>> _circled("③"), _circled("㈡"), _circled("⑵"), _circled("Ⅳ")
    (3, 2, 2, 4)
    """
    for first, length in (("①", 20), ("⑴", 20), ("⒈", 20), ("❶", 10), ("㈠", 10), ("Ⅰ", 12)):
        place = ord(text) - ord(first)
        if 0 <= place < length:
            return place + 1
    return 0


def _last_number(text: str) -> int:
    """2.3 → 3: the value among its siblings.

    >>> _last_number("2.3")
    3
    """
    return value_of(re.split("[.．]", text)[-1])


def _roman(text: str) -> int:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X").index(text) + 1


def _letter(text: str) -> int:
    return ord(text.lower()) - ord("a") + 1


@dataclass(frozen=True, slots=True)
class Style:
    """One way of numbering: group 1 of ``pattern`` is the number, ``read`` makes its value."""

    name: str
    rank: int
    pattern: str
    read: Callable[[str], int]
    starts: str


def _style(name: str, rank: int, starts: str, pattern: str, read: Callable[[str], int] = value_of) -> Style:
    return Style(name, rank, pattern, read, starts)


def _place_of(signs: str) -> Callable[[str], int]:
    """甲 → 1, 乙 → 2: the place among ``signs``."""
    return lambda text: signs.index(text) + 1


_OPENS = "（(〔【〖〈＜<["
_NUMERALS = "0123456789０１２３４５６７８９"
_OPEN, _CLOSE = "（(〔【〖〈＜<\\[", "）)〕】〗〉＞>\\]"
_AFTER = "[、．.，,：:；;。]"
_STEMS, _SUMS = "甲乙丙丁戊己庚辛壬癸", "壹贰叁肆伍陆柒捌玖拾"

# Order matters: the first that fits wins.
STYLES: tuple[Style, ...] = (
    _style(
        "part", 0, "第", rf"第\s*([{HAN}]{{1,3}}|[{_DIGIT}]{{1,2}})\s*(?:部分|篇章|板块|单元|篇|编)\s*[、．.：:]?\s*"
    ),
    _style("chapter", 1, "第", rf"第\s*([{HAN}]{{1,3}}|[{_DIGIT}]{{1,2}})\s*章\s*[、．.：:]?\s*"),
    _style("clause", 2, "第", rf"第\s*([{HAN}]{{1,3}}|[{_DIGIT}]{{1,2}})\s*(?:节|条)\s*[、．.：:]?\s*"),
    _style("nth", 8, "第", rf"第([{HAN}]{{1,2}}|[{_DIGIT}]{{1,2}})\s*[，,、：:]\s*"),
    _style("han_is", 9, HAN, rf"([{HAN}]{{1,3}})(?:是|要)(?!求|素|件|领|点)[，,：:]?"),
    _style("han", 3, HAN, rf"([{HAN}]{{1,3}})(?:\s?{_AFTER}\s*|\s+(?=\S)|(?=（))"),
    _style("han_paren", 4, _OPENS, rf"[{_OPEN}]\s*([{HAN}]{{1,3}})\s*[{_CLOSE}]\s*[、．.，,：:]?\s*"),
    _style("han_half", 4, HAN, rf"([{HAN}]{{1,3}})[)）]\s*[、．.]?\s*"),
    _style("han_paren", 4, "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", r"([㈠-㈩])\s*[、．.]?\s*", _circled),
    _style(
        "decimal",
        5,
        _NUMERALS,
        rf"([{_DIGIT}]{{1,2}}(?:[.．][{_DIGIT}]{{1,2}}){{1,3}})(?:[、．.]\s*|\s+)(?![{_DIGIT}{_UNIT}])",
        _last_number,
    ),
    _style(
        "decimal",
        5,
        _NUMERALS,
        rf"([{_DIGIT}][.．][{_DIGIT}]{{1,2}}(?:[.．][{_DIGIT}]{{1,2}})?)(?=[\u3400-\u9fff])(?![{_UNIT}平方厘毫立])",
        _last_number,
    ),
    _style(
        "arabic",
        5,
        _NUMERALS,
        rf"([{_DIGIT}]{{1,2}})\s?[、．.，,：:；;](?:(?![{_DIGIT}])|(?=(?:19|20)[0-9]{{2}}年))\s*",
    ),
    _style(
        "arabic",
        5,
        _NUMERALS,
        rf"([{_DIGIT}]{{1,2}})\s+(?=[\u3400-\u9fff“（]|(?:19|20)[{_DIGIT}]{{2}}年)(?![{_UNIT}名位场项本支张份套台辆幅册所处])",
    ),
    _style("arabic_half", 6, _NUMERALS, rf"([{_DIGIT}]{{1,2}})\s?[)）]\s*[、．.]?\s*"),
    _style("arabic", 5, "".join(map(chr, range(ord("⒈"), ord("⒛") + 1))), r"([⒈-⒛])\s*", _circled),
    _style("stem_paren", 4, _OPENS, rf"[{_OPEN}]\s*([{_STEMS}])\s*[{_CLOSE}]\s*[、．.]?\s*", _place_of(_STEMS)),
    _style("arabic_paren", 6, _OPENS, rf"[{_OPEN}]\s*([{_DIGIT}]{{1,2}})\s*[{_CLOSE}]\s*[、．.，,：:]?\s*"),
    _style("arabic_paren", 6, "".join(map(chr, range(ord("⑴"), ord("⒇") + 1))), r"([⑴-⒇])\s*", _circled),
    _style("circle", 7, "".join(map(chr, range(ord("①"), ord("⑳") + 1))), r"([①-⑳])\s*[、．.]?\s*", _circled),
    _style("circle", 7, "❶❷❸❹❺❻❼❽❾❿", r"([❶-❿])\s*", _circled),
    _style("roman", 3, "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", r"([Ⅰ-Ⅻ])\s*[、．.，]?\s*", _circled),
    _style("roman", 3, "IVX", r"(I{1,3}|IV|VI{0,3}|IX|X)(?:[、．]|\.(?=\s*[\u3400-\u9fff]))\s*", _roman),
    _style("han", 3, HAN, rf"([{HAN}]{{1,2}})\s?[·•—－-]+\s?(?=[\u3400-\u9fff“])(?![{HAN}])"),
    _style("arabic", 5, _NUMERALS, rf"([{_DIGIT}]{{1,2}})\s?[·•—－-]+\s?(?=[\u3400-\u9fff“])(?![{HAN}])"),
    _style("letter_paren", 7, _OPENS, rf"[{_OPEN}]\s*([A-Ha-h])\s*[{_CLOSE}]\s*[、．.]?\s*", _letter),
    _style("letter", 7, "ABCDEFGHabcdefgh", r"([A-Ha-h])(?:[、．)）]|\.(?=[\u3400-\u9fff]))\s*", _letter),
    _style("stem", 3, _STEMS, rf"([{_STEMS}])[、．.]\s*", _place_of(_STEMS)),
    _style("sum", 3, _SUMS, rf"([{_SUMS}])[、．.，,：:]\s*", _place_of(_SUMS)),
    _style("which", 9, "其", rf"其([{HAN}]{{1,2}})\s*[，,、：:是]\s*"),
    _style("first", 9, "首其再然最此", r"(首先|其次|再次|再者|然后|最后|此外)[，,、是要：:]?\s*", _FIRSTS.__getitem__),
)

STARTS = frozenset("".join(style.starts for style in STYLES))
# Idioms that begin like a label: 一要求, 一是一, 十是… are so rare that only these are named.
_NO_LABEL = re.compile(
    r"(?:一是一|(?:一、[二三四]|二、[三四]|三、四)(?:[、季]|月)|三要素|两要|百要|零要|〇|第[一二三]方)"
)


@functools.cache
def _styles(first: str) -> tuple[tuple[Style, re.Pattern[str]], ...]:
    """The styles that begin with this sign; few files have letters or 甲乙丙, so each is compiled when it comes."""
    return tuple((style, re.compile(style.pattern)) for style in STYLES if first in style.starts)


def parse(text: str, start: int = 0) -> Numbering | None:
    """The label that begins at ``start``, or None.

    >>> parse("（二）抓实中心组学习。")
    Numbering(style='han_paren', rank=4, value=2, text='（二）', end=3)
    >>> parse("３．强化保障").text, parse("一是学得更深").value, parse("3.5亿元项目"), parse("2023年工作")
    ('３．', 1, None, None)
    """
    if text[start : start + 1] not in STARTS or _NO_LABEL.match(text, start):
        return None
    for style, pattern in _styles(text[start]):
        found = pattern.match(text, start)
        if found:
            value = style.read(found[1])
            if value:
                return Numbering(style.name, style.rank, value, found[0].rstrip(), found.end())
    return None
