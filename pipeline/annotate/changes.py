"""Differences and growth: whether a number is one, and which way it goes (CONVENTIONS 4, ``change``)."""

from __future__ import annotations

import re

from pipeline.model import Direction

_DOWN = (
    "下降|降低|减少|减亏|减负|核减|回落|缩短|压减|压缩|缩减|缩小|下滑|下调|降|减|跌|少|低|退|后退|让利|节约|节省|"
    "节支|负增长|降幅|跌幅|减幅|提前|减征|减免"
)
_UP = (
    "增长|增加|提高|提升|上升|上涨|扩大|净增|增收|增产|增效|增|升|涨|多|高|增幅|涨幅|增速|增长率|再进|前进|前移|"
    "跃升|进步|攀升|升幅|上调|延长|加快|快|进位|晋升|反弹|回升|拉动|多收"
)
_MIDDLE = (
    r"(?:同比|环比|累计|平均|分别|同口径|可比口径|按可比价|比上年|较上年|约|了|近|均|已|再|达|、|各|率|各自|将|"
    r"年均|为|幅度|幅度达|达到|均为|：)*"
)
_CHANGED = re.compile(rf"(?:(?P<down>{_DOWN})|(?P<up>{_UP}))(?P<middle>{_MIDDLE})$")
_RATES = frozenset(("ratio", "points", "times", "permille"))
_AMOUNT_CHANGE = re.compile(
    r"(?P<down>减负|减亏|核减|减少|降低|压减|压缩|下降|缩减|节支|减免税费|退出)|(?P<up>净增|增收|(?<!新)增产(?!值|"
    r"业|能)|增效)"
)
_AMOUNT_UP = re.compile(r"增加(?=[^，。；、]*(?:收入|投资|税收|产值|效益|利润|资金|存款|贷款))")
REACHED = re.compile(r"(?:至|到|为|成)(?:了)?(?:约|近)?(?:每[人户月年亩天]){0,3}$")
_COMPARED_MORE = re.compile(
    r"[比较](?:去年|上年|同期|往年|前年|今年|年初|目标|计划|[0-9]{4}年)[^，。；]{0,6}(多|少)[一-龥]{0,2}$"
)
_EXCEEDS = re.compile(r"(?:高于|低于|高出|快于|超出)[^，。；]{0,12}$")


def change_of(left: str, dimension: str) -> tuple[bool, Direction | None]:
    """Whether a number is a difference, and which way: what stands directly before it decides.

    >>> change_of("社会消费品零售总额同比增长", "ratio")
    (True, 'up')
    >>> change_of("提高到", "money")
    (False, None)
    """
    if REACHED.search(left) and not left.endswith(("增幅为", "增速为", "幅度为")):
        return False, None
    more = _COMPARED_MORE.search(left)
    if more is not None:
        return True, "up" if more[1] == "多" else "down"
    match = _CHANGED.search(left)
    if match is not None:
        word = match["down"] or match["up"]
        if (dimension in _RATES and word not in ("多", "高", "快", "少", "低", "提前", "延长")) or _is_difference(
            word, left, match.start(), dimension
        ):
            return True, "down" if match["down"] else "up"
    if dimension == "points" and _EXCEEDS.search(left):
        return True, "down" if "低于" in left[-14:] else "up"
    if dimension not in _RATES:
        amounts = list(_AMOUNT_CHANGE.finditer(left))
        amount = amounts[-1] if amounts else None
        if amount is not None and not _is_word_inside(left, amount.start()):
            return True, "down" if amount["down"] else "up"
        if dimension == "money" and _AMOUNT_UP.search(left):
            return True, "up"
    return False, None


def _is_word_inside(left: str, at: int) -> bool:
    """减少 … 的 X: the change word modifies something else."""
    tail = left[at + 2 :]
    return "、" in tail or "的" in tail or len(tail) > 14 or "后" in tail or left[at - 1 : at + 1] in ("节能减",)


_COMPARED = re.compile(r"(?:比|较|同比|再|净|年)[^，。；]{0,8}$")


def _is_difference(word: str, left: str, at: int, dimension: str) -> bool:
    """Direct neighbours only: 增加8篇 is a difference, 新增8篇 a level."""
    if word in ("增", "高", "少", "低", "多", "快", "升", "退", "降", "减", "涨", "跌"):
        return _COMPARED.search(left[:at]) is not None
    if word in ("提前", "加快", "让利", "节约", "节省", "减免"):
        return word == "让利"
    return True
