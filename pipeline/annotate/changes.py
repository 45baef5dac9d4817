"""Differences and growth: whether a number is one, and which way it goes (CONVENTIONS 4, ``change``)."""

from __future__ import annotations

import re

from pipeline.model import Direction

_DOWN = (
    "下降|降低|减少|减亏|减负|核减|回落|缩短|压减|压缩|缩减|缩小|下滑|下调|降|减|跌|少|低|退|后退|让利|节约|节省|"
    "节支|负增长|降幅|跌幅|减幅|提前|减征|减免|精简|压降|下浮|偏少|偏低|萎缩|递减|回缩|收窄"
)
_UP = (
    "增长|增加|提高|提升|上升|上涨|扩大|净增|增收|增产|增效|增|升|涨|多|高|增幅|涨幅|增速|增长率|再进|前进|前移|"
    "跃升|进步|攀升|升幅|上调|延长|加快|快|进位|晋升|反弹|回升|拉动|多收|偏多|偏高|改善|递增|上浮"
)
_MIDDLE = (
    r"(?:同比|环比|累计|平均|分别|同口径|可比口径|按可比价|比上年|较上年|约|了|近|均|已|再|达|、|各|率|各自|将|"
    r"年均|为|幅度|幅度达|达到|均为|：)*"
)
_CHANGED = re.compile(rf"(?:(?P<down>{_DOWN})|(?P<up>{_UP}))(?P<middle>{_MIDDLE})$")
_CHANGED_ENDS = frozenset(
    "、为了亏产价位低免再减利到前加动升各善均增多大将小少已幅年度弹征径快支收效步比浮涨滑率省短移窄简约缩自落计调负跌达近进退速长降高："
)
"""The last signs of what ``_CHANGED`` finds, looked at first."""
_COMPARISON = re.compile(
    r"[比较][^，。；]{1,24}?(?P<word>多|少|低|高|快|慢|早|晚|长|短|大|小|宽|重|轻|差)(?:了|出了?|出来)?(?:近|约|整整)?$"
)
_LESS = "少低短小轻差"
_LESS_NOW = re.compile(
    r"(?:^|[，、；])(?:又|还|却|则)?(?P<word>多|少)了$|(?:还|仅|只|相)?(?<![补价温落误级时顺偏])(?P<short>差)(?:了)?$"
)
_ADDED = re.compile(r"[比较][^，。；]{1,16}?(?:加|添|扩|追加|增加)了?$")
_GROWN = re.compile(r"(?P<word>宽|长|高|厚|大|重|多|矮|短|窄|轻|少)了$")
_TIMED = re.compile(r"时间|用时|时长|时限|周期|工期|办结|办理|响应|天数")
_HARM = re.compile(r"PM|浓度|污染|能耗|投诉|超标|降尘")
_ONLY = re.compile(
    rf"[，、；（）和及]*(?:(?:同比|环比|同口径|可比价|年均|平均|整整|分别|累计|已|再|均|约|净|又|[比较与](?:[^，。；、0-9]{{1,8}}))+)?"
    rf"(?!节约|节省|节支|让利|提前|减免|减负|减亏|增收|增产|增效|减征|[降跌减涨增升]幅|增速|增长率)"
    rf"(?:{_DOWN}|{_UP}|压|放宽|发展壮大|发展|壮大|扩充|拓宽|调整|改|变|翻|攀升|扩展|拓展|延伸|压减|慢|晚|短|小|大)(?:了|出|率|幅度?|幅达)?(?:到|至|为|成|达)?(?:了)?"
    rf"(?:(?:现在|今年|目前|如今|当前|现今|[一二]测|年底)的?)?(?:一[周天年月])?(?:近|约|每[人户月年亩天]{{1,3}})?$"
)
_RATES = frozenset(("ratio", "points", "times", "permille"))
_AMOUNT_FIRST = re.compile("[减降核压下缩节退净增]")
_AMOUNT_CHANGE = re.compile(
    r"(?P<down>减税降费|减免(?=[^，。；、的]*(?:租|税|费|息))|减租|降费|减负|减亏|核减|调减|减少|降低|压减|压缩|下降|缩减|节支|减免税费)|(?P<up>净增|增收|(?<!新)增产(?!值|"
    r"业|能)|增效)"
)
_AMOUNT_UP = re.compile(r"增加(?=[^，。；、]*(?:收入|投资|税收|产值|效益|利润|资金|存款|贷款))")
_PLUS = ("+", "＋")
_MINUS_CUE = r"(?:同比|环比|[较比][^，。；]{1,6}|增速|增幅|增长率?|[，、])$"
REACHED = re.compile(r"(?:至|到|为|成)(?:了)?(?:约|近)?(?:每[人户月年亩天]){0,3}$")
_GREW_BY = re.compile(r"(?:增长|下降|提升|降低|增幅|增速|涨幅|降幅)(?:率)?(?:分别|均|已|也)?(?:高|多)?达到?$")
"""``年均增长达到25%`` says by how much, 增长到25% to what."""
_COMPARED_MORE = r"[比较](?:去年|上年|同期|往年|前年|今年|年初|目标|计划|[0-9]{4}年)[^，。；]{0,6}(多|少)[一-龥]{0,2}$"
_MORE_DONE = r"(?:同比|环比)(多|少)[一-龥]{0,3}$"
_EXCEEDS = re.compile(r"(?:高于|低于|高出|快于|超出)[^，。；]{0,12}$")


def change_of(left: str, dimension: str, clause: str = "") -> tuple[bool, Direction | None]:
    """Whether a number is a difference, and which way: what stands directly before it decides.

    ``left`` is what stands since the number before, ``clause`` the whole clause so far (``比去年的6次多了`` 3次).

    >>> change_of("社会消费品零售总额同比增长", "ratio")
    (True, 'up')
    >>> change_of("提高到", "money")
    (False, None)
    """
    if left[-1:] in _PLUS and left and dimension in _RATES:
        return True, "up"
    if REACHED.search(left) and not (
        left.endswith(("增幅为", "增速为", "幅度为")) or (dimension in _RATES and _GREW_BY.search(left))
    ):
        return False, None
    compares = "比" in left or "较" in left or "比" in clause or "较" in clause
    compared = _COMPARISON.search(clause or left) if compares else None
    if compared is not None and left[-1:] in tuple("多少低高快慢早晚长短大小宽重轻差了出近约整来"):
        return True, _way(compared["word"], clause or left, dimension)
    if compares and _ADDED.search(left):
        return True, "up"
    now = _LESS_NOW.search(left) if left[-1:] in ("了", "差") else None
    if now is not None:
        return True, "up" if now["word"] == "多" else "down"
    grown = _GROWN.search(left) if dimension in ("length", "area", "mass", "time") else None
    if grown is not None:
        return True, "down" if grown["word"] in "矮短窄轻少" else "up"
    compares = compares and ("多" in left[-4:] or "少" in left[-4:])
    more = (re.search(_COMPARED_MORE, left) or re.search(_MORE_DONE, left)) if compares else None
    if more is not None:
        return True, "up" if more[1] == "多" else "down"
    match = _CHANGED.search(left) if left[-1:] in _CHANGED_ENDS else None
    if match is not None:
        word = match["down"] or match["up"]
        if word == "改善" and dimension in _RATES:
            return True, "down" if _HARM.search(clause or left) else "up"
        if (
            dimension == "points"
            or (dimension in _RATES and word not in ("多", "高", "快", "少", "低", "提前", "延长"))
            or _is_difference(word, left, match.start(), dimension)
        ):
            return True, "down" if match["down"] else "up"
    if dimension == "points" and _EXCEEDS.search(left):
        return True, "down" if "低于" in left[-14:] else "up"
    if dimension not in _RATES:
        amounts = list(_AMOUNT_CHANGE.finditer(left)) if _AMOUNT_FIRST.search(left) else []
        amount = amounts[-1] if amounts else None
        if amount is not None and not _is_word_inside(left, amount.start()):
            return True, "down" if amount["down"] else "up"
        if dimension == "money" and _AMOUNT_UP.search(left):
            return True, "up"
    return False, None


def is_minus(left: str) -> bool:
    """Whether a negative rate is a decrease, by what stands before its sign: ``税收同比-3.2%``, ``+2%、-1%``.

    >>> is_minus("税收同比"), is_minus("最低气温")
    (True, False)
    """
    return re.search(_MINUS_CUE, left) is not None


def _way(word: str, left: str, dimension: str) -> Direction:
    """``快7分钟`` takes less time, ``慢`` more; elsewhere the word itself says it."""
    if word in "快慢早晚":
        return "down" if (word in "快早") == (dimension == "time" or _TIMED.search(left) is not None) else "up"
    return "down" if word in _LESS else "up"


def is_harm(thing: str) -> bool:
    """Whether less of a thing is an improvement: ``PM2.5浓度``."""
    return _HARM.search(thing) is not None


def is_only_change(item: str) -> bool:
    """Whether nothing but a change is said, so that the number is one of the thing before: ``同比增长``, ``增至``.

    >>> is_only_change("，同比增长"), is_only_change("发展到"), is_only_change("投稿增长")
    (True, True, False)
    """
    if item[-1:] in _PLUS and item:
        return item.strip("+＋，、；（ ") in ("", "同比", "环比", "比上年", "较上年")
    return _ONLY.match(item) is not None


def _is_word_inside(left: str, at: int) -> bool:
    """减少 … 的 X: the change word modifies something else."""
    tail = left[at + 2 :]
    return "、" in tail or "的" in tail or len(tail) > 14 or "后" in tail or left[at - 1 : at + 1] in ("节能减",)


_COMPARED = re.compile(r"(?:比|较|同比|再|净|年)[^，。；]{0,8}$")


def _is_difference(word: str, left: str, at: int, dimension: str) -> bool:
    """Direct neighbours only: 增加8篇 is a difference, 新增8篇 a level."""
    if word == "增" and left[at - 1 : at] == "新" and "比" not in left:
        return False
    if word == "退" and left[at - 1 : at] in tuple("腾清辞劝"):
        return False
    if word in ("增", "高", "少", "低", "多", "快", "升", "退", "降", "减", "涨", "跌"):
        return _COMPARED.search(left[:at]) is not None
    if word == "提升" and dimension in ("place", "thing"):  # 完善提升1处服务中心
        return _COMPARED.search(left[:at]) is not None
    if word in ("提前", "加快", "让利", "节约", "节省", "减免"):
        return word == "让利"
    return True
