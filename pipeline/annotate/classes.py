"""Numbers that only define a class (500亩以上种植园, 亿元企业): they belong to the object, not to the facts."""

from __future__ import annotations

import re

from pipeline.annotate.clauses import END


def is_class_size(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    """``亿元``, ``万元``, ``百亩`` without a digit: the name of a class unless an approximator makes it a value."""
    if numeral[0] == "每" or numeral.strip("十百千万亿") or text[unit_at - 1 : unit_at] in tuple("余多来"):
        return False
    if text.startswith(("左右", "上下"), unit_end):
        return False
    return not (text[start - 1 : start] in tuple("近上超过逾破约达") and start and END.match(text, unit_end))


SIZES = frozenset(("money", "money_usd", "area", "mass", "volume", "power", "length", "energy", "household"))
"""Dimensions of a size, by which classes are defined."""

COUNTS = frozenset(("people", "person_times", "household", "event", "text", "place", "thing", "noun", ""))
"""Dimensions of things counted one by one."""
_CLASS_OF = re.compile(
    r"的(?:还|仍|只|也|就|尚|共|约|均|都)?有?(?:近|约)?[0-9一二三四五六七八九十两几]|的(?:科室|单位|村|社区|企业|部门|支部|人员|"
    r"干部|学校|乡镇|镇|街道|党员|农户|户|项目|商户|家庭|班子|网格)"
)
_LATER_COUNT = re.compile(r"[^，。；、！？0-9]{2,16}[0-9]")
_NOT_CLASS_NOUN = re.compile(
    r"(?:比|的?(?:要求|标准)|[的]?(?:水平|目标|增速|增长|速度|的比例|的增长)|以上|左右|时|开展|实施|用于|完成|建设了|收入|资金|投资|"
    r"投入)"
)


def is_class(text: str, end: int, dimension: str, approx: str) -> bool:
    """Whether a bound only defines a class (``500亩以上种植园12个``, ``60岁以上老人``): it belongs to the object.

    >>> is_class("500亩以上种植园12个", 6, "area", "at_least"), is_class("培育2家以上企业", 6, "place", "at_least")
    (True, False)
    """
    if approx not in ("at_least", "at_most", "over"):
        return False
    if dimension in SIZES and text[end : end + 1].isdigit():  # 50亿元以上15个
        return True
    if _CLASS_OF.match(text, end) is not None and text[end - 2 : end] not in ("以上", "以下", "以内", "左右"):
        return True
    if not ("一" <= text[end : end + 1] <= "龥" or text.startswith("“", end)):
        return False
    if dimension in COUNTS:
        return text[end - 2 : end] in ("以上", "以下") and _LATER_COUNT.match(text, end) is not None
    if approx == "over" and dimension in SIZES and _LATER_COUNT.match(text, end) is not None:
        return _NOT_CLASS_NOUN.match(text, end) is None
    if dimension in ("ratio", "points", "times") or text[end - 2 : end] not in ("以上", "以下", "以内"):
        return False
    return _NOT_CLASS_NOUN.match(text, end) is None
