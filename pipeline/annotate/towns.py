"""Whether a number is of the whole town: a list of what it has, a sentence that opens with all of its villages."""

from __future__ import annotations

import re

from pipeline.annotate.book import Cue
from pipeline.annotate.near import OWN, Near
from pipeline.model import Fact

_TOWN = re.compile("(?:[镇乡]|街道|苏木|农场|办事处)(?:共|现)?$")
_LIST_HEAD = re.compile("^[^，。；]{1,6}(?=[、和及]$)")
"""What the number before counted, where a list goes on: 7个社区、9个村."""
OF_TOWN = frozenset(("villages", "population", "hamlets", "villager_groups", "land_area", "party_branches"))
"""What opens a list of what the town has."""
_MISHAP = re.compile(
    "没|未(?!成年|来)|不(?!少|断|仅|低|到|足)|被|缺|参赛|参加|参与|报名|空白|薄弱|闲置|落后|流于|有名无实|像|打不开|跟不上|太|偏"
)
"""What is said of some of a stock that a clause opens with: 【2处】文化墙内容两年没有更新, 【21个】支部参赛."""
_OF_SOME = frozenset(("", "有", "还有", "仍有", "尚有", "只有"))
_ALL = re.compile("^[^，。；]{1,14}?(?:全部|全都|都(?!市)|均|个个|一个不[落少]|齐(?=[动上])|全覆盖)")
"""The clause speaks of all of them: 【34个】村全都写进了村规民约."""
_TROUBLE = re.compile("^.{0,12}(?:问题|不足|困难|短板|难处|头疼|差距|欠缺|薄弱|弱项)")
_BARE = re.compile("$|[、和及]|(?:散居|散住|居住|生活|分布|聚居|世居|住在)")
"""What follows a number that needs no noun: 9个村、1个社区，【1.8万人】散居在山沟里."""
_ORDINAL = re.compile("^(?:[一二三四五六七八九十]是|[其首][一二三四五次先]|第[一二三四五六七八九十])")
_WHOLE_OF = 7
"""Fewer villages than these that open a sentence are some of them."""
_DONE_IN = re.compile(
    "[^，。；]{0,12}?(?:成立|通|建|完成|达标|获|创|入选|评|实现|加宽|联合|打造|试点|启动|推行|受|遭|转移|竣工|出列|退出|发展|种|养|引进|的)"
)
"""What is done in some villages of many."""
_FOLK = re.compile(
    "^[一-龥]{0,4}?(?:居民|儿女|人民|父老|乡亲|百姓|群众|村民|市民)(?![一-龥]{0,4}(?:受益|参与|享受|喜|用|吃|喝|搬|参加|观看|收看|听|受|代表))"
)
_LED = re.compile("(?:^|带领|率领|团结|我们|全[镇乡县区]|街道|同|与|和)$")


def flow_of_some(near: Near) -> str | None:
    """Which flow a number is none of: a clause that opens with it tells what is wrong with some, or below 存在问题."""
    if not near.is_behind or near.is_of_town or _ORDINAL.sub("", near.own).strip("，,、 ") not in _OF_SOME:
        return None
    if _MISHAP.search(near.tail) is not None and _ALL.search(near.tail) is None:
        return "stock"
    return "flow" if _TROUBLE.match(near.text) is not None else None


def is_bare(near: Near) -> bool:
    """Whether a list of what the town has goes on with a number alone: 168个村民小组，【8960户】31240人."""
    return near.is_of_town and _BARE.match(near.tail) is not None


def is_led(cue: Cue, fact: Fact, near: Near) -> bool:
    """Whether the words of a cue stand before the number.

    ``@town``: the town itself, or a list that it began; ``@all``: the clause opens with it and speaks of them all;
    ``@folk``: those who live there do something (带领4.3万居民).
    """
    around = near.text[max(fact.sentence.start, fact.span.start - OWN) : fact.span.start]
    own = _LIST_HEAD.sub("", near.own).strip("，,、和及 ")
    for word in cue.rest:
        if word == "@town":
            holds = _TOWN.search(own) is not None or (not own and near.is_of_town)
        elif word == "@all":
            holds = not own and (_ALL.search(near.tail) is not None or _opens(fact, near))
        elif word == "@folk":
            holds = _LED.search(own) is not None and _FOLK.match(near.tail) is not None and not _is_listed(near)
        else:
            holds = word in around
        if not holds:
            return False
    return True


def _opens(fact: Fact, near: Near) -> bool:
    """Whether a sentence opens with the number, of so many that they are all: 【13个】村修订村规民约."""
    before = near.text[: fact.span.start].rstrip("“（ ")
    is_first = not before or before[-1] in "。；;！？\n" or (before[-1] in "，：:" and len(before) < OWN // 2)
    if not is_first or fact.low is None or fact.low < _WHOLE_OF:
        return False
    return _MISHAP.search(near.tail) is None and _DONE_IN.match(near.tail) is None


def _is_listed(near: Near) -> bool:
    """Whether the number goes on with a list that is none of the town's."""
    return near.text[near.low - 1 : near.low] == "、" or near.own[-1:] == "、"
