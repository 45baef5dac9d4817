"""What a number counts when it stands behind the unit: ``12家合作社成为…`` counts 合作社."""

from __future__ import annotations

import re

from pipeline.annotate.lexicon import (
    ABSTRACT,
    ADVERBS,
    CLEAR_VERBS,
    COMPOUNDS,
    INNER,
    LATE_PREDICATES,
    PEOPLE,
    PREDICATES,
    SHORT_PREDICATES,
    SOFT_PREDICATES,
)
from pipeline.annotate.phrases import OWNING, PAIR, tidy

_RIGHT = re.compile(r"(?:(?:[省市县区国镇乡]|[省市县区镇乡]委|党委|党政)、)?[^，。；、！？（）()\s0-9,;]{1,30}")
_SHORT_NOUNS = frozenset("村镇乡县组点站台人户社厂店")
"""What a bare 个 counts by one sign: ``少的三五个人``, ``走遍12个村``."""


def behind(text: str, at: int, end: int) -> str:
    """The counted noun behind the unit, up to its predicate: ``12家合作社成为…`` → 合作社; ``""`` when none.

    >>> behind("3个贫困村的老人", 2, 8)
    '贫困村'
    """
    praised = _PRAISED.match(text, at) if text.find("的", at + 5, at + 28) > 0 else None
    if praised is not None:
        return behind(text, praised.end(), max(end, praised.end()))
    match = _RIGHT.match(text, at, end)
    if match is None:
        return ""
    if text[match.end() : match.end() + 1] == "、" and text[at - 1] in "次场期轮":
        event = _EVENT.match(text, at)
        if event is not None:
            return event["what"]
    chunk = match[0]
    if chunk[0] == "的":
        chunk = chunk[1:]
    elif chunk[0] in "等，、":
        return ""
    size = len(chunk)
    for index in range(size):
        if index == 1 and chunk[0] in OWNING and (_is_said_of(chunk) or _is_predicate(chunk, 1)):
            chunk = chunk[:1]
            break
        if index != 1 and _is_predicate(chunk, index):
            chunk = chunk[:index]
            break
        if index > 1 and (chunk[index] in SHORT_PREDICATES or _goes_to(chunk, index)) and not _is_inner(chunk, index):
            chunk = chunk[:index]
            break
    if "以及" in chunk[2:]:
        chunk = chunk[: chunk.index("以及", 2)]
    chunk = _before_deed(chunk)
    undone = _UNDONE.match(chunk)
    if undone is not None:
        chunk = undone[1]
    if "的" in chunk:
        head, _, rest = chunk.partition("的")
        owner = _OWNERS.match(chunk)
        if owner is not None:
            chunk = owner[0]
        elif rest in ABSTRACT or rest.removesuffix("工作") in ABSTRACT or (head[-1:] in OWNING and len(rest) < 12):
            chunk = head
        else:
            chunk = chunk.rpartition("的")[2] or head
    for ending in ("作用", "优势", "以及", "当中", "项目中", "活动中", "团队中") if len(chunk) > PAIR else ():
        if ending[-1] == "中" and chunk.endswith(ending):
            chunk = chunk.removesuffix("中").removesuffix("当")
        chunk = chunk.removesuffix(ending)
    if len(chunk) > PAIR and chunk[-1] == "中" and chunk[-2] in "业户社位村员校项区":
        chunk = chunk[:-1]
    if len(chunk) > PAIR and (chunk[-1] in "和及与" or (chunk[-1] == "等" and chunk[-2] not in "中高初上同平")):
        chunk = chunk[:-1]
    if chunk.rstrip("了出") in ("多", "少", "高", "低", "快", "慢", "增", "减"):
        return ""
    if chunk in ADVERBS:
        return ""
    if chunk[:1] in SHORT_PREDICATES and len(chunk) > 1 and chunk[:2] not in COMPOUNDS:
        return ""
    return tidy(chunk)


_PRAISED = re.compile(r"(?:[一-龥]{4}(?:、[一-龥]{4})+|以[^，。；、]{2,16}?为[^，。；、的]{1,8})的(?=[一-龥]{2})")
"""Words that describe the thing behind them: ``近百场形式丰富、多姿多彩的文化活动``, ``80处以助餐为主的服务站``."""
_EVENT = re.compile(
    r"[^，。；、！？（）0-9的]{1,20}(?:、[^，。；、！？（）0-9的]{1,20})+的(?P<what>[^，。；、的0-9]{0,6}(?:会议|会|活动|讲座|培训班?|仪式|演出|比赛|展览))(?=[，。；]|$)"
)
"""A meeting behind all that it is about: ``召开一次研究信访、维稳的碰头会``."""
_OWNERS = re.compile(
    r"(?:居民)?小区(?!域)|社区|乡镇|(?:党)?支部|(?:行政|自然|贫困|脱贫|重点|示范|试点)村|村[居组]|学校|家庭|村民小组|县市区|殊荣|荣誉|奖项|[一-龥]{2,10}(?:委员会|调委会)"
)


def _is_said_of(chunk: str) -> bool:
    """Whether the second sign begins what is said of a thing of one sign: ``4个村为示范点``, not ``村为民服务站``."""
    if chunk[:2] in ("室内", "室外", "户外", "户内", "场内", "场馆"):
        return False
    return chunk[1] in "中里内未有全均都已分划入" or (chunk[1] in "为被将在" and chunk[1:3] not in COMPOUNDS)


def _goes_to(chunk: str, index: int) -> bool:
    """Whether people go somewhere from this sign on (``志愿者到敬老院``); ``壮大到`` says how many there are now."""
    return chunk[index] == "到" and chunk[index - 1] in "员者部众民师生工队团"


def _before_deed(chunk: str) -> str:
    """What stands before a verb that 了 marks: ``社区建起了书屋`` → 社区."""
    done = chunk.find("了", 2)
    if done < 0 or "的" in chunk[done:]:
        return chunk
    if done == PAIR:
        return chunk[:1] if chunk[0] in OWNING else chunk
    return chunk[: done - 2] if done > PAIR + 1 or chunk[0] in OWNING else chunk


_UNDONE = re.compile(r"^(.{2,}?)(?:坏|走|丢|没|少|缺|空|停|换|修|掉)(?=了)")


def is_short_noun(thing: str) -> bool:
    """Whether one sign is a thing by itself behind 个."""
    return thing in _SHORT_NOUNS


def _is_predicate(chunk: str, index: int) -> bool:
    word = chunk[index : index + 2]
    if word == "组织" and chunk[index - 1 : index] == "党":
        return False
    if word in SOFT_PREDICATES:
        return chunk[index + 2 : index + 4] in PEOPLE or chunk[index + 2 : index + 3] == "了"
    if index and word in LATE_PREDICATES and (word != "整理" or len(chunk) > index + 2):  # not 土地整理 itself
        return chunk[index + 2 : index + 3] not in ("类", "方", "主", "单", "点", "项")
    return word in PREDICATES


def _is_inner(chunk: str, index: int) -> bool:
    """Whether a sign that could begin a predicate stands inside a word (在校生, 可再生)."""
    return chunk[index : index + 2] in COMPOUNDS or chunk[index - 1 : index + 1] in INNER


_FACILITY = re.compile(
    r"(?:工程|项目|基地|中心|生产线|产业园|园区|示范区|功能区|电站|储备库|装置|大棚|田|果园|茶园|林场|牧场|厂房|车间|仓库|停车场|办公楼|综合楼|公路|道路|水泥路|弹石路|管网|步道|绿道)(?:建设)?$"
)


def is_facility(thing: str) -> bool:
    """Whether a noun behind a measure is what has that size: ``10万亩吨粮田示范区``."""
    return _FACILITY.search(thing) is not None


_DEED = re.compile(r"(?:在[^，。；、]{2,20}?[中上里])?([^，。；、！？（0-9]{2,16})")


def deed(text: str, at: int) -> tuple[str, int]:
    """What people did who are not named otherwise, and where it ends: ``3人在文艺展评中获奖`` → 获奖."""
    match = _DEED.match(text, at)
    if match is None:
        return "", at
    said = match[1]
    return tidy(said[2:] if said[:2] in CLEAR_VERBS and len(said) > 3 else said), match.end()
