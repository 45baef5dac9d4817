"""Numbers that are parts of a total told beside them: no indicator's own number, unless a dimension names the part."""

from __future__ import annotations

import re

from pipeline.annotate.lexicon import ADVERBS, SUBJECTS, TIMES, VERBS
from pipeline.annotate.near import Near
from pipeline.model import Fact

_NAMED = frozenset(("level", "outlet", "star"))
"""The dimensions that make a part a number of its own: 其中省级5篇."""
ELSEWHERE = frozenset(("village", "superior"))
"""Scopes of numbers that are not the town's."""
_OPENING = frozenset("（(")
_NEW = ("act", "新增")
"""The year's new ones beside how many there are: 志愿者3200人，新增560人."""
_PARTED = re.compile("其中|(?:[二三]是|包括|含)[^，。；：]{0,12}$")
_OUTLET = re.compile("《|[日晚时早周]报|电视台|广播站|客户端")
_DISTRICT = re.compile("[一-龥]{1,5}(?:片区?|管区|管理区|工作区|组团|总支|战区)(?=\t)")
_VILLAGE = re.compile("(?:其中|如|以)?([一-龥]{2,3})(?:村|社区|屯)")
_NO_NAMES = VERBS | SUBJECTS | TIMES | ADVERBS
"""What is no village's name before 村: 开展社区志愿服务, 今年社区."""
_ABOVE = re.compile("全(?:国|省|市|县|区|州|旗|自治区)(?:共|现|有|累计|已|总|各)")
_OF_ALL = re.compile("[全我本][镇乡街村]|[我本]办|各村|各社区|其他|其余|另有|[；;。]")
"""Words that bring a sentence on one village back to the town."""
_ONE_UNIT = re.compile("[一-龥]{1,8}(?:站|所|学校|小学|中学|社区|公司|[办局]|中心|卫生院|医院|派出所|机关)(?=\t)")
"""A row of a table for a part of the town (河东片), or for one unit where the column says what is counted (司法所)."""


def is_of_district(fact: Fact, near: Near) -> bool:
    """Whether a number stands in a table's row of one district or unit, not of the town.

    >>> _DISTRICT.match("河东片\\t16\\t84") is not None, _DISTRICT.match("合计\\t31\\t204") is not None
    (True, False)
    """
    if "\t" not in near.text:
        return False
    if _DISTRICT.match(near.text) is not None:
        return True
    unit = _ONE_UNIT.match(near.text)
    return unit is not None and fact.object not in unit[0] and unit[0] not in fact.object


def is_of_place(fact: Fact, near: Near, goes_on: bool) -> bool:
    """Whether a number is of one village or of those above, not of the town; ``goes_on``: the one before it was.

    石门村流转土地800亩，发展茶叶300亩 speaks of that village to the end; 全县共有文明村96个，我镇7个 does not.
    """
    if "\t" in near.text:
        return False
    village = _VILLAGE.match(near.own) if fact.scope == "village" else None
    if village is not None:
        return village[1][:2] not in _NO_NAMES and village[1][-2:] not in _NO_NAMES
    if fact.scope == "superior":
        return _ABOVE.match(near.own) is not None
    return goes_on and fact.scope != "each" and _OF_ALL.search(near.text, near.left, near.low + len(near.own)) is None


def is_part(found: Fact, near: Near, told: list[Fact], parted: str | None) -> bool:
    """Whether a linked number is a part of one before it: 学习7次，其中扩大学习2次.

    ``parted`` is the indicator whose parts the numbers just before were: 上级补助108万元，镇村自筹79万元 goes on.
    """
    if any(key in _NAMED for key, _ in found.dimensions) or _OUTLET.search(found.object) is not None:
        return False
    if found.indicator == parted or near.own[:1] == "含":
        return True
    if told and near.low - told[-1].span.end == 1 and near.text[near.low - 1] in _OPENING:  # 学习12次（扩大4次）
        return told[-1].indicator == found.indicator and told[-1].unit == found.unit
    if _PARTED.search(near.own) is None and _NEW not in found.dimensions:
        return False
    for before in reversed(told):
        if before.sentence != found.sentence:
            return False
        if before.indicator == found.indicator and before.unit == found.unit:
            return not any(key in _NAMED or key == _NEW[0] for key, _ in before.dimensions)
    return False


def goes_on(near: Near) -> bool:
    """Whether a number stands in the clause after that of the number before, or in the same one."""
    return near.low - near.left <= 1


def summands(linked: list[Fact]) -> list[int]:
    """The places of numbers that make up the number before them: 五保对象203人，集中供养61人，分散供养142人."""
    found: list[int] = []
    for at, total in enumerate(linked[:-2]):
        if total.indicator is None or total.low is None or total.low != total.high:
            continue
        left, parts = total.low, []
        for place in range(at + 1, len(linked)):
            part = linked[place]
            if not _is_like(part, total) or part.low is None or part.low > left:
                break
            parts.append(place)
            left -= part.low
            if not left:
                break
        if not left and len(parts) > 1:
            found += parts
    return found


def _is_like(part: Fact, total: Fact) -> bool:
    """Whether a number is told in the sentence of another, of the same indicator and unit, with no dimension."""
    return (
        part.indicator == total.indicator
        and part.unit == total.unit
        and part.kind == total.kind
        and part.sentence == total.sentence
        and not any(key in _NAMED for key, _ in part.dimensions)
    )
