"""Which level a number belongs to, and which outlet: 市级 of a county-level city is 县."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import Media, Place

ORDER = ("中央", "省", "地市", "县", "镇")
MIXED = "混合"
_MUNICIPALITIES = frozenset({"北京市", "天津市", "上海市", "重庆市", "北京", "天津", "上海", "重庆"})
_NOT_BEFORE = "全我本该各外城都集超闹门街社园小景校厂库厅下家自"
"""Signs whose last character ends another word when one of these stands before it: 全市, 社区, 城乡."""
_FOLLOWS = (
    "级|以上|及以上|媒|主流|主要|各大|报刊|党报|日报|电视|广播|广电|台|平台|融媒|新闻|三级|两级|四级|文明|道德|好人|最美|身边|先进|优秀|非遗|劳模|"
    "代表性|重点|客户端|采用|刊|录用|登载|党委|委|政府|两办|领导|部门|直|外|\n|$"
)
_STAR = re.compile(r"([一二三四五六七八九十]|[0-9]{1,2})星")
_STARS = {sign: str(value) for value, sign in enumerate("一二三四五六七八九十", 1)}


@dataclass(frozen=True, slots=True)
class _Ready:
    """A media book made ready: one pattern for all names and signs, and what each means."""

    pattern: re.Pattern[str]
    sign: re.Pattern[str]
    signs: Mapping[str, str]
    words: Mapping[str, str]
    outlets: Mapping[str, str]
    suffixes: Mapping[str, str]


def _any(words: list[str] | tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


@lru_cache(maxsize=8)
def _ready(media: Media) -> _Ready:
    signs = {word: each.level for each in media.levels for word in each.signs.split()}
    words = {word: each.level for each in media.levels for word in each.words.split()}
    outlets = {name: each.level for each in media.levels for name in each.outlets.split()}
    suffixes = dict(pair.split("=", 1) for pair in media.suffixes.split())
    sign = _any(tuple(signs))
    pattern = re.compile(
        rf"(?P<outlet>{_any(tuple(outlets))})"
        rf"|(?P<suffix>[一-龥]{{2}}(?:{_any(tuple(suffixes))}))"
        rf"|(?P<word>{_any(tuple(words))})(?P<floor>及?以上)?"
        rf"|(?<![{_NOT_BEFORE}])(?P<signs>(?>{sign})(?:[、和及与/（(]?(?>{sign})[）)]?)*+)"
        rf"(?:(?P<above>级?及?以上)|(?={_FOLLOWS}))"
    )
    return _Ready(pattern, re.compile(sign), signs, words, outlets, suffixes)


def level(words: str, media: Media, place: Place) -> tuple[tuple[str, str], ...]:
    """The ``level`` that the words name, and ``from`` where they say 以上; nothing when they name none.

    >>> from pipeline.model import Outlets
    >>> media = Media("1", (Outlets("地市", "市"), Outlets("县", "县")), "", "", "")
    >>> level("被市级媒体采用", media, Place(county="枝江市"))
    (('level', '县'),)
    >>> level("被市级以上媒体采用", media, Place(county="秭归县"))
    (('level', '混合'), ('from', '地市'))
    """
    found, floor = _levels(words, media, place)
    if floor:
        return (("level", MIXED), ("from", floor))
    if not found:
        return ()
    return (("level", found[0] if len(found) == 1 else MIXED),)


def _levels(words: str, media: Media, place: Place) -> tuple[list[str], str]:
    """The levels named, and the lowest of those named with 以上; outlets with 等 (三峡日报等媒体) are of any level."""
    ready = _ready(media)
    found: set[str] = set()
    floors: set[str] = set()
    outlets: set[str] = set()
    signed = -1
    for match in ready.pattern.finditer(words):
        if match["signs"]:
            named = {_own(sign, ready.signs[sign], place) for sign in ready.sign.findall(match["signs"])}
            (floors if match["above"] else found).update(named)
            signed = match.end()
        elif match["word"]:
            named = {_own(match["word"][0], ready.words[match["word"]], place)}
            (floors if match["floor"] else found).update(named)
        elif match.start() != signed:  # 市融媒体中心: the sign has spoken
            outlets.add(ready.outlets[match["outlet"]] if match["outlet"] else _by_suffix(match["suffix"], ready))
    lowest = max(floors, key=ORDER.index) if floors else ""
    if outlets and not found and "等" in words:
        return list(ORDER), lowest
    return sorted(found | outlets, key=ORDER.index), lowest


def _own(sign: str, named: str, place: Place) -> str:
    """市 means the county in a county-level city, and the province in a municipality."""
    if sign != "市":
        return named
    if place.county and place.county.endswith("市"):
        return "县"
    return "省" if place.province in _MUNICIPALITIES else named


def _by_suffix(name: str, ready: _Ready) -> str:
    return next(level for suffix, level in ready.suffixes.items() if name.endswith(suffix))


def outlet(words: str, media: Media) -> tuple[tuple[str, str], ...]:
    """The outlets that the words name, in their order, parted by 、.

    >>> from pipeline.model import Outlets
    >>> outlet("在《湖北日报》刊发", Media("1", (Outlets("省", "省", "", "湖北日报"),), "", "", ""))
    (('outlet', '湖北日报'),)
    """
    names = [match["outlet"] for match in _ready(media).pattern.finditer(words) if match["outlet"]]
    return (("outlet", "、".join(dict.fromkeys(names))),) if names else ()


def star(words: str) -> tuple[tuple[str, str], ...]:
    """How many stars: 十星级文明户 → 10.

    >>> star("评选“十星级文明户”")
    (('star', '10'),)
    """
    match = _STAR.search(words)
    return (("star", _STARS.get(match[1], match[1])),) if match else ()
