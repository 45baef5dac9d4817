"""Zero is a fact where it is stated (``未发生重大舆情``, ``零事故``); ``未作统计`` is a state of its own.

Silence is neither, and a hope (``确保不发生``) or a slogan in quotation marks is no statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.annotate.quantity import Quantity

_THINGS = (
    "事故|上访|信访|投诉|差错|伤亡|感染|违纪|违规|违法|火灾|火情|舆情|案件|积压|新增|疫情|死亡|复发|返贫|失误|纠纷|"
    "命案|非访|进京|溺水|诈骗|犯罪|举报|发生|亡人|中毒|炒作|泄密|旷工"
)
_ZERO = re.compile(rf"零(?=(?:重大|较大|安全|网络|负面)?(?:{_THINGS}))|(?<=[为是达])零(?=[，。；、！）]|$)")
_NONE = re.compile(
    r"(?:均|都|从|尚|也|并)?未(?:有)?(?:发生|出现|产生)(?:过|一起|1起|任何|一例)?|没有(?:发生|出现)(?:过|一起|"
    r"任何)?|无一(?:起|例|人)|无(?=(?:重大|较大|一般|负面|网络)[^，。；、]{0,10}(?:发生|出现))"
)
_UNCOUNTED = re.compile(r"未作统计|未做统计|未予统计|暂未统计|未统计|尚未统计|没有统计")
_HOPED = re.compile(r"(?:确保|力争|努力|争取|实现不|坚决防止|防止|避免|如|若|凡|对|因)[^，。；]{0,16}$")
_THING = re.compile(r"(?:一起|一例|任何|过|因[^，。；]{2,12}引发的)?([^，。；、！？（]{2,20})")
ZERO = Decimal(0)


def find(text: str) -> Iterator[tuple[Quantity, str]]:
    """(quantity, object) of every stated zero; an uncounted thing has no bounds and ``approx`` vague.

    >>> [(text_, str(q.low)) for q, text_ in find("全年未发生重大舆情。")]
    [('重大舆情', '0')]
    """
    if "零" in text:
        for match in _ZERO.finditer(text):
            if text[match.start() - 1 : match.start()] not in ("“", "归", "清", "”") or not match.start():
                yield _zero(match, "exact"), _thing(text, match)
    if "未" in text or "没有" in text or "无" in text:
        for match in _NONE.finditer(text):
            if not _HOPED.search(text[max(0, match.start() - 20) : match.start()]):
                yield _zero(match, "exact"), _thing(text, match)
        for match in _UNCOUNTED.finditer(text):
            yield _zero(match, "vague"), _before(text, match.start())


def _zero(match: re.Match[str], approx: str) -> Quantity:
    value = ZERO if approx == "exact" else None
    first, last = match.span()
    return Quantity(
        first, last, first, last, value, value, "", "zero", "exact" if value is not None else "vague", match[0]
    )


def _thing(text: str, match: re.Match[str]) -> str:
    behind = _THING.match(text, match.end())
    thing = behind[1] if behind else ""
    if thing[:2] in ("发生", "新增"):
        return _before(text, match.start())
    for ending in ("发生", "出现", "和", "及"):
        thing = thing.removesuffix(ending)
    return thing or _before(text, match.start())


def _before(text: str, at: int) -> str:
    left = re.search(r"[^，。；、！？：]{2,16}$", text[max(0, at - 16) : at])
    return re.sub(r"(?:保持|实现|达到|为|是|全年|均|动态)+$", "", left[0]) if left else ""
