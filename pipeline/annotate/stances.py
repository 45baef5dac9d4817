"""Whether a paragraph tells what is done, looks ahead or lays down rules; its words correct its role."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.annotate import headings, rules

RULES = "rules"
"""The stance of a text of rules (制度, 办法): its numbers hold always."""
FORWARD = frozenset(("plan",))
"""Roles that look ahead."""

_AHEAD = re.compile(
    r"将(?![^，。；]{1,14}?(?:分|划|列|纳入|调整|改造|整合|合并|编|转|作为|上报|报送|下沉|融入|贯穿|送))|力争|争取|确保|计划|拟|明年|来年|下半年|下一?步|下一?阶段|今后|继续|进一步|打算|务必|努力|准备|设想|思路|年底前|年内|"
    r"目标|再(?=[一-龥]{2})|要(?![求素点闻道件害领务地塞])"
)
_OPENS_AHEAD = re.compile(
    r"(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]|[一二三四五六七八九十]是)*(?:下半年|下一?步|下一?阶段|今后|明年|来年|(?:对策|意见)?建议[与和及]打算|打算[：:]|"
    r"到?20[0-9]{2}年(?:的?(?:总体|主要|工作|预期|我们)?(?:目标|思路|打算|安排|要求)))"
)
_DONE = re.compile(
    r"已(?!经成为)|了(?=[0-9一二三四五六七八九十近约，。；])|仍(?!要|需|将)|还有|缺口|迟迟|至今|累计|截至|同比|上半年|全年共|去年|"
    r"迈出|只有|仅[0-9一二三四五六七八九十两有]|坏了|存在|短板|过境|受灾|调处"
)
_COUNTED = re.compile(r"[0-9]{2,}\.[0-9](?![0-9]?%)|占[^，。；]{0,4}(?:计划|任务)[0-9的]")
"""Only what is done is counted so exactly: ``采伐林木529.1立方米，占年计划11%``."""
_REMARK = re.compile(r"[（(]?(?:注|备注|说明|附注)[：:]")

_PLAN_HEADING = re.compile(
    r"下一?步|下一?阶段|打算|工作安排|工作计划|今后|明年|来年|下半年|工作思路|目标任务|目标要求|任务要求|努力方向|工作重点|主要任务|工作部署|发展目标|怎么[干打抓做办]|下半场|接下来|今年怎么"
)
_LOOKS_BACK = re.compile(r"完成情况|总结|回顾|开展情况|成效|存在|问题|不足")


def is_plan_heading(heading: str) -> bool:
    """Whether a heading announces what is to come: ``三、下步打算``; not ``工作总结及下半年打算``.

    >>> is_plan_heading("三、下步打算"), is_plan_heading("上半年总结和下半年打算")
    (True, False)
    """
    return _PLAN_HEADING.search(heading) is not None and _LOOKS_BACK.search(heading) is None


_LEADS = re.compile(
    r"将(?:进一步|继续|重点|着力|持续|以|围绕|紧紧|按照|坚持|从|在|全力|通过|实施|开展)|下半年|力争|争取(?=在|到|年|实现|完成|全年)|(?<!虚)拟(?!定)|明年|来年|"
    r"下一步|下一阶段|下阶段|下步|今后|打算|务必|设想|年底前|(?:主要|工作|预期|总体|奋斗|发展)目标|(?:工作|总体)(?:思路|安排)|力求|确保(?:不发生|[^，。；]{0,8}(?:达到|不低于|控制在))|"
    r"^[^，。；]{0,12}(?:抓什么|怎么[干抓办做]|[干做]什么|抓哪些|目标)"
)
_YEAR_SAID = re.compile(r"(?<![0-9])(20[0-9]{2})年")

_BEHIND = re.compile(
    r"(?<![为除不未免算受])了|先后|目前|以来|年来|截[至止]|已|现有|圆满|成功|顺利|得到|荣获|根据[^，。；]{2,12}安排|上半年|[一二三四五]年间|"
    r"[从自][^，。；]{2,8}开始|有力|有效(?:提升|保障|改善|解决|化解|遏制)|(?<![一公])共(?=[^同享青建产]{2})|推进顺利|过去|均(?=[未已])"
)
"""Words of what lies behind; wider than ``_DONE``, for paragraphs in which nothing says that they look ahead."""


def announced(heading: str, above: str | None) -> str | None:
    """What a heading announces (``plan``, ``rules``, ``back``), else what one ``above`` it did.

    >>> announced("三、下步打算", None), announced("（一）抓好队伍", "plan"), announced("投稿奖励办法", None)
    ('plan', 'plan', 'rules')
    """
    if headings.looks_back(heading):
        return headings.BACK
    if is_plan_heading(heading):
        return "plan"
    return RULES if rules.is_rule_heading(heading) else above


def announced_by(title: str, path: Iterable[str]) -> str | None:
    """What a report's title and the headings above a paragraph, from the top down, announce for it.

    The title announces rules (奖励办法), but no plan: a report's plan is said by its headings.

    >>> announced_by("2023年工作要点", ["三、下步打算", "（一）抓好队伍"]), announced_by("投稿奖励办法", ["一、总则"])
    ('plan', 'rules')
    """
    above = RULES if rules.is_rule_heading(title) else None
    for heading in path:
        above = announced(heading, above)
    return above


def settled(role: str, above: str | None) -> str:
    """The stance of a paragraph whose role a person said: their word, but rules stay rules unless it says when.

    >>> settled("achievement", "plan"), settled("overview", RULES), settled("plan", RULES)
    ('achievement', 'rules', 'plan')
    """
    return RULES if above == RULES and role not in ("plan", "achievement") else role


def leads_ahead(text: str, year: int | None = None, half: int | None = None) -> bool:
    """Whether a paragraph's words surely look ahead, so that what follows it may be a plan without a word of it.

    ``year`` is the report's: one that opens with a later year looks ahead; in that of a second ``half``
    今年下半年 does not.

    >>> leads_ahead("下一步，着重做好三件事。"), leads_ahead("进一步加强管理，完成年度目标。")
    (True, False)
    """
    if half == SECOND and "下半年" in text:
        text = text.replace("今年下半年", "").replace("下半年", "")
    opening = _YEAR_SAID.search(text, 0, _OPENING_SIZE) if year is not None else None
    return _LEADS.search(text) is not None or (opening is not None and year is not None and int(opening[1]) > year)


_OPENING_SIZE = 24

_LISTS = re.compile(
    r"[（(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]|[①-⑳]|[一二三四五六七八九十]是|第[一二三四五六七八九十][，、]|[a-hA-H][.、)）]"
)


_PROMISES = re.compile(r"(?:实事项目|民生实事|重点任务|工作任务)(?:主要|清单|具体)?(?:包括|有|如下|为|是)?[：:]$")
"""``2023年十大实事项目包括：``: what is promised for the year."""


def announces_list(text: str, half: int | None = None) -> bool:
    """Whether a paragraph announces a list of what is to come: ``下半年，我们将打好五张牌：``.

    >>> announces_list("下半年，重点做好以下工作："), announces_list("上半年主要做了以下工作：")
    (True, False)
    """
    if not text.endswith(("：", ":")):
        return False
    if half == SECOND:
        text = without_halves(text)
    return _OPENS_AHEAD.match(text) is not None or _PROMISES.search(text) is not None


def is_listed(text: str) -> bool:
    """Whether a paragraph is an item of a list, by its label."""
    return _LISTS.match(text) is not None


def opens_plan(text: str, half: int | None = None) -> bool:
    """Whether a paragraph opens a report's plan (``下半年，我镇将…``), so that what follows it is ahead as well."""
    if half == SECOND:
        text = without_halves(text)
    return _OPENS_AHEAD.match(text) is not None and _LEADS.search(text) is not None and not looks_back(text)


def looks_ahead(text: str) -> bool:
    """Whether any word of a paragraph says that it speaks of what is to come.

    >>> looks_ahead("继续办好书屋3个。"), looks_ahead("将全镇划分为37个网格。")
    (True, False)
    """
    return _AHEAD.search(text) is not None


def looks_back(text: str) -> bool:
    """Whether any word of a paragraph says that it speaks of what is done."""
    return _DONE.search(text) is not None or _BEHIND.search(text) is not None


def stance(role: str, above: str | None, text: str, half: int | None = None, is_borne_out: bool = True) -> str:
    """The role as far as tense goes: the paragraph's own words correct what a model made of it.

    ``above`` is ``plan`` when a heading above says so (下步打算); ``is_borne_out`` says whether the report looks ahead
    before this paragraph: where nothing does, a plan without a word of the future is none.

    >>> stance("plan", None, "去年建成书屋3个，至今未用。"), stance("achievement", None, "下一步，建书屋3个。")
    ('achievement', 'plan')
    """
    if above == RULES or rules.opens_rules(text):
        return RULES
    if half == SECOND:
        text = without_halves(text)
    if role in FORWARD:
        if _REMARK.match(text):
            return "other"
        if above == "plan":
            return role
        if not is_borne_out:
            is_behind = _DONE.search(text) or _BEHIND.search(text) or _COUNTED.search(text)
            return "achievement" if is_behind else role
        return "achievement" if _DONE.search(text) and not _AHEAD.search(text) else role
    if above == "plan" or _OPENS_AHEAD.match(text):
        return role if _DONE.search(text) else "plan"
    return role


SECOND = 2
"""The second half of a year."""
_HALVES = re.compile("(?:去年|上年|今年|全)?[上下]半年")


def without_halves(text: str, sign: str = "") -> str:
    """The text without the names of halves, which tell no tense in a report of the second half.

    >>> without_halves("今年上半年办班3期"), without_halves("办班3期")
    ('办班3期', '办班3期')
    """
    return _HALVES.sub(sign, text) if "半年" in text else text
