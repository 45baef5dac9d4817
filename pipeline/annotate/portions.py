"""Numbers that are parts of a total told beside them: no indicator's own number, unless a dimension names the part."""

from __future__ import annotations

import re

from pipeline.annotate.near import Near
from pipeline.model import Fact

_NAMED = frozenset(("level", "outlet", "star"))
"""The dimensions that make a part a number of its own: 其中省级5篇."""
_NEW = ("act", "新增")
"""The year's new ones beside how many there are: 志愿者3200人，新增560人."""
_PARTED = re.compile("其中|(?:[二三]是|包括|含)[^，。；：]{0,12}$")
_OUTLET = re.compile("《|[日晚时早周]报|电视台|广播站|客户端")
_DISTRICT = re.compile("[一-龥]{1,5}(?:片区?|管区|管理区|工作区|组团|总支|战区)(?=\t)")
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


def is_part(found: Fact, near: Near, told: list[Fact], parted: str | None) -> bool:
    """Whether a linked number is a part of one before it: 学习7次，其中扩大学习2次.

    ``parted`` is the indicator whose parts the numbers just before were: 上级补助108万元，镇村自筹79万元 goes on.
    """
    if any(key in _NAMED for key, _ in found.dimensions) or _OUTLET.search(found.object) is not None:
        return False
    if found.indicator == parted or near.own[:1] == "含":
        return True
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
