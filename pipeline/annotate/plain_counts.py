"""Numbers without a unit that count or cost all the same: 阅读量突破30万, 8.9万居民, 花了5万2."""

from __future__ import annotations

import re

from pipeline.annotate.clauses import END, is_end

_POPULACE = re.compile(
    r"(?!元|块)(?:[一-龥]{0,4}(?:儿女|人民|父老|乡亲|人口)|(?:城乡|各族|常住|农村|广大|[一-龥]{2})?(?:居民|群众|市民|村民|百姓|农民|牧民|渔民|师生|学生|职工|粉丝|网友))"
)


def is_populace(text: str, at: int, numeral: str) -> bool:
    """Whether people follow a number in ten thousands without a classifier: ``8.9万居民``, ``6万儿女``."""
    return numeral[-1] in "万亿" and len(numeral) > 1 and _POPULACE.match(text, at) is not None


_TELLING = re.compile(r"(?:粉丝|播放|阅读|浏览|点击|关注|用户|人口|访问)(?:量|数|人数)?(?:已)?[由从]$")
_RATIO_CUE = re.compile(
    r"(?:[一-龥]比|系数|指数|浓度|均值)(?:值)?[由从为]$|(?:缩小|提高|上升|下降|降|提升|扩大|升|降低)[到至为]$"
)
_RATIO_NEXT = re.compile(r"[一-龥]{1,4}[到至为]|\s*(?:[，。；、！？）]|$)")
_ROUND_HAN = re.compile(r"[一二两三四五六七八九].*[百千万]$")
_REACHED_CUE = re.compile(
    r"(?:增至|增加到|升至|提高到|涨到|涨至|涨粉|达到?|突破|破|超过?|逾|近|约|过|点赞|播放|阅读|浏览|点击|观看|关注|粉丝|曝光|转发|访问)(?:了|量|数|共|累计)*$"
)


def is_round(text: str, start: int, end: int) -> bool:
    """Whether a Chinese numeral without a unit counts people by itself: ``观众逾五千，``.

    >>> is_round("观众逾五千。", 3, 5), is_round("这五千。", 1, 3)
    (True, False)
    """
    return (
        text[start - 1 : start] in ("近", "超", "逾", "约", "过")
        and start > 1
        and is_end(text, end)
        and _ROUND_HAN.match(text[start:end]) is not None
    )


_MANY = re.compile(
    r"(?:老人|居民|群众|户|人员|学生|农民|青年|儿童|妇女|职工|党员)(?:共?有|达到?|为|约|近|超过?|突破)+$"
)


def is_told(text: str, start: int, numeral: str) -> bool:
    """Whether a round Chinese numeral without a unit is told of people (``来了五千多，``).

    >>> is_told("最多一场来了五千多。", 6, "五千")
    True
    """
    return (
        text[start - 1 : start] in ("了", "有", "到", "达", "约", "近") and numeral[-1] in "百千万" and len(numeral) > 1
    )


_SPENT = re.compile(
    r"(?:(?:花|投|用|补|给|凑|筹|拨|奖|要|配|欠|收|挣|省)(?:去|掉|进|入|助|贴|齐|集|款|到|补|出)?了?|"
    r"(?:投资|资金|税收|收入|财政|预算|产值|贷款|经费|存款|总额|罚款|工资|利润|捐款|造价|损失|补助|补贴|奖金|(?:低保|保障|抚恤|慰问|养老|救助|补助|供养|公积)金|自筹|报酬|债务|专款)"
    r"(?:达到?|共计?|完成|累计|合计|总计|为|是|仅|只有|各|增至|升至|突破|超过?)*|争取(?:到|来|上级|项目|资金)*)(?:大概|将近|近|约|不低于|不少于|至少|不超过)?$"
)
_ROUND_MONEY = re.compile(
    r"[0-9一二两三四五六七八九十]+(?:\.[0-9]+)?[余多]?(?:[万亿][0-9一二三四五六七八九]?千?|千[0-9一二三四五六七八九]?百?|百)|[1-9][0-9]*00(?:\.[0-9]+)?"
)
_BOUGHT = r"[买修建办装购请做添订租印给把用换，]"


def is_counted_in_hundred_millions(text: str, at: int, numeral: str) -> bool:
    """Whether 亿 at ``at`` is what is counted: ``收入13.6个亿，``; not in ``3个亿元企业``.

    >>> is_counted_in_hundred_millions("13.6个亿，", 5, "13.6"), is_counted_in_hundred_millions("3个亿元", 2, "3")
    (True, False)
    """
    return text[at : at + 1] == "亿" and (
        is_end(text, at + 1) or ("." in numeral and text[at + 1 : at + 2] != "元") or text.startswith("的", at + 1)
    )


def is_spent(text: str, start: int, unit_end: int, numeral: str) -> bool:
    """Whether a round sum without 元 is money, as people talk: ``花了5万2，``, ``花了4万3千块``.

    >>> is_spent("花了5万2，", 2, 5, "5万2"), is_spent("来了3千，", 2, 4, "3千")
    (True, False)
    """
    if _ROUND_MONEY.fullmatch(numeral) is None:
        return False
    if not (is_end(text, unit_end) or (numeral[-1] in "万亿" and text.startswith(("的", "对"), unit_end))):
        return numeral[-1] not in "万亿百千0" and (
            re.compile(_BOUGHT).match(text, unit_end) is not None
            and _SPENT.search(text[max(0, start - 12) : start]) is not None
        )
    return _SPENT.search(text[max(0, start - 12) : start]) is not None or (
        numeral[-1] in "万亿" and _BUDGETED.search(text[max(0, start - 40) : start]) is not None
    )


_BUDGETED = re.compile(
    r"(?:财政|预算|税收|收入|支出)[^。；]{0,34}(?:任务|预算|完成|支出|收入|入库)(?:数|额|了|为|达到?|约|近|超)*$"
)
"""``财政收入任务300万，完成320万``: what was spoken of before is money still."""


_COUNT_CUE = re.compile(
    r"(?:[一-龥][量数值]|指数|性别比|评分|得分|粉丝|人数|总数|户数|浓度|均值|人口|听众|观众|受众|读者|游客|学员|党员|转发|点赞|点击|浏览|播放|评论|收看|"
    r"订阅|资料|志愿者|用户|会员|网民|阅读)(?:累计|合计|共|已)?(?:为|是|达到?|超过?|"
    r"突破|过|近|约|不低于|不少于|至|到|提高到|增至)?$"
)


def is_plain_count(text: str, start: int, unit_at: int, numeral: str) -> bool:
    """Whether a number without a unit is a count: ``阅读量突破30万，``, never a label or a year."""
    if "." in numeral and _RATIO_CUE.search(text[max(0, start - 8) : start]) and _RATIO_NEXT.match(text, unit_at):
        return True
    if is_populace(text, unit_at, numeral):
        return True
    if numeral[-1] in "万亿" and _TELLING.search(text[max(0, start - 8) : start]) and _RATIO_NEXT.match(text, unit_at):
        return True
    if END.match(text, unit_at) is None or "分之" in numeral:
        return False
    if numeral[-1] in "万亿" and _MANY.search(text[max(0, start - 8) : start]):
        return True
    if numeral[-1] in "万亿" and _REACHED_CUE.search(text[max(0, start - 8) : start]):
        return True
    return _COUNT_CUE.search(text[max(0, start - 12) : start]) is not None
