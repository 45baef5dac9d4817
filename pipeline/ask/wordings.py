"""How alike two mentions of a counted thing are: the words around a number, without the number and its frame."""

from __future__ import annotations

import re
from functools import lru_cache

_CUT = re.compile(r"[，,；;。！!？?：:\t\n]|(?<!\d)\.|\.(?!\d)")
_NUMBER = re.compile(
    r"(?:[\d０-９.,%％‰]+[万亿]?|[一二两三四五六七八九十百千万亿几数]+(?=[余多来]?[^\W\d_]))[余多来]*"
    r"(?:人次|场次|[个名位次场期篇条件份户支块处本册套遍届人])?"
)
# What frames a number and says nothing of the thing that is counted.
_FRAME = re.compile(
    "上半年|下半年|全年|半年|今年|明年|年底前?|年内|累计|总共|一共|合计|共计|不少于|不低于|不超过|以上|以下|左右|至少|力争|争取|确保|"
    "达到|突破|超过|完成|实现|开展|组织|举办|进行|新增|新建|继续|每月|每季度?|每周|每年|平均|各级?|全部|比计划|原?计划|打算|只|仅|"
    "往上|发展|保证|保持|了|的|到|达|约|近|再|还|共|为|在|把|给|搞|办|做|要|将"
)


def clause(sentence: str, offset: int, length: int) -> str:
    """The clause of a sentence in which a number stands; for a table row the cell before it.

    >>> clause("坚持每月1次中心组学习，下半年不少于6次；宣讲40场", 14, 5)
    '下半年不少于6次'
    """
    start = max((found.end() for found in _CUT.finditer(sentence, 0, max(0, offset))), default=0)
    found = _CUT.search(sentence, offset + length)
    return sentence[start : found.start() if found else len(sentence)]


def before(sentence: str, offset: int) -> str:
    """The clause before the one in which a number stands.

    >>> before("给9个书屋配水产养殖的书,每个40本以上.", 15)
    '给9个书屋配水产养殖的书'
    """
    ends = [found.start() for found in _CUT.finditer(sentence, 0, max(0, offset))]
    return clause(sentence, ends[-1] - 1, 1) if ends else ""


@lru_cache(maxsize=20_000)
def things(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters of what is left when numbers and their frames are taken out.

    >>> sorted(things("下半年送戏下乡不少于8场"))
    ['下乡', '戏下', '送戏']
    """
    bare = _NUMBER.sub(" #", _FRAME.sub(" ", text))
    runs = re.findall(r"[^\W\d_]+", bare)
    alone = re.findall(r"#([^\W\d_])(?![^\W\d_])", bare)  # 12条船
    return frozenset([*alone, *(run[n : n + 2] for run in runs for n in range(len(run) - 1))])


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """0…1: the pairs that both have, by the smaller set; 0 when either says nothing.

    >>> round(likeness(things("送戏下乡8场"), things("县剧团送戏下乡11场")), 2)
    1.0
    """
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
