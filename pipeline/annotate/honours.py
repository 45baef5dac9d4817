"""Prizes, titles and ranks (CONVENTIONS 5): what was won, never what is wished for or tried out.

Three forms, each with its own file: a rank (``全省第二``), a prize (``社区组一等奖``), a title behind a verb that
awards it (``被评为省级文明镇``).
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.annotate import prizes, ranks, titles
from pipeline.annotate.signs import full_width
from pipeline.model import Honour


def find(text: str, is_district: bool = False) -> tuple[Honour, ...]:
    """The honours of one paragraph, in order, spans relative to it.

    ``is_district``: 全区 is a district of a city, which stands where a county does, not an autonomous region.

    >>> [(h.span.of("参加县广场舞大赛获一等奖。"), h.name, h.rank) for h in find("参加县广场舞大赛获一等奖。")]
    [('一等奖', '县广场舞大赛', '一等奖')]
    >>> [h.name for h in find("被评为省级文明镇。")]
    ['省级文明镇']
    """
    if not (_SIGN.search(text) or _SIGNS.search(text)):
        return ()
    text = full_width(text)
    found = [*prizes.find(text), *titles.find(text)]
    if _RANK_SIGNS.search(text):
        found += ranks.find(text)
    found.sort(key=lambda honour: (honour.span.start, -honour.span.end))
    kept: list[Honour] = []
    for honour in found:
        if not kept or honour.span.start >= kept[-1].span.end:
            kept.append(honour)
    return tuple(_of_district(honour, text) for honour in kept) if is_district and "全区" in text else tuple(kept)


def _of_district(honour: Honour, text: str) -> Honour:
    """The honour with the level of a county where 全区 gave it that of a province."""
    said = text[max(0, honour.span.start - _NEAR) : honour.span.end]
    return replace(honour, level="县") if honour.level == "省" and "全区" in said and "省" not in said else honour


_NEAR = 30
"""How far before a rank its 全区 may stand, in characters."""
_RANK_SIGNS = re.compile("[第强榜首前][一二三四五六七八九十百0-9位名首，。；、企县镇区市产园]|之首")
# One of these stands in every honour: the single signs are sought first, most paragraphs with an honour have one.
_SIGN = re.compile("[获奖评第强荣捧夺摘]")
_SIGNS = re.compile(
    "列为|批准为|树为|定为|登上|系全|系国|是全国|是国家|是省|表彰|授予|命名|认定|成为|创成|创建|入选|列入|跻身|挺进|上榜|前[一二三四五六七八九十0-9]|申报"
    "|冠军|当选|蝉联|首位|保[留持]|牌子|等功|榜首|之首|锦旗"
)
