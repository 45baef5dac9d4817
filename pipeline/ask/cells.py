"""One town, one indicator, one time: which of the facts count, which of them is shown, what contradicts what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.ask import intervals
from pipeline.ask.intervals import Interval
from pipeline.ask.times import Time
from pipeline.store.fetch import FactRow, IndicatorRow

CellState = Literal["stated", "zero", "missing", "not_counted"]
Dimensions = tuple[tuple[str, str], ...]
RATES = frozenset({"%", "‰", "百分点", "倍"})  # never summed over towns
# Measures differ from each other; classifiers (篇, 条, 个, 名 …) of one indicator count the same thing.
MEASURES = RATES | {
    *("元", "亩", "平方米", "平方公里", "公里", "米", "吨", "千克", "天", "月", "年", "小时", "分", "人次", "户")
}
_NOT_COUNTED = {
    "change": "增减数, 不是总数",
    "baseline": "以前的数, 只作对比",
    "norm": "常规频次, 不是实绩",
}
_SCOPES = {
    "office": "内设部门的数",
    "village": "某村(社区)的数",
    "each": "平均每个单位的数",
    "superior": "上级单位的数",
    "other": "别的单位的数",
}
ANNOUNCED = "通报数, 不是自报"
ELSEWHERE = "别期报告里的说法, 以本期报告为准"
# In a table the unit stands in the head: 18.5 under 经费（万元）.
_BARE = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_SIZES = {Decimal(1): "", Decimal(100): "百", Decimal(1000): "千", Decimal(10**4): "万", Decimal(10**8): "亿"}
_TIME = re.compile(r"年|季度|同期|月|届|截至|以来")
# After one of these a sentence is back at its own time: 由上半年的30余篇增加到52篇 says 52 of now.
_TURN = re.compile("增|升|提高|扩大|发展|延长|降|减|压缩|涨|加到|比|较|倍|番|[。；;]")
_ALIKE = frozenset({"次", "人次"})  # of what is read or watched: 阅读量3万次, 阅读量3万人次
CONTRADICTED = "报告里的说法不一致, 请核对"
LISTED = "一句里写了几个数, 没有写明总数, 请看原句"
CARRIED = "不能确定说的是哪一时期"
LEVELS = ("中央", "省", "地市", "县", "镇")
LEVEL_WORDS = {
    "国家": "中央",
    "全国": "中央",
    "省部": "省",
    "市": "地市",
    "区": "县",
    "县区": "县",
    "乡": "镇",
    "乡镇": "镇",
}
PLANNED = "写在下步安排里, 以总结部分的数为准"
# A number after one of these is the whole, so that smaller ones beside it are its parts: in its own clause, or else
# earlier in its sentence. After 其中 it is a part.
_OF_ALL = (
    "共|累计|总计|合计|总数|全年|全镇|全乡|全街道|全区|全平台|半年|"
    "总(?:播放|阅读|点击|浏览|访问|投入)|现有|现在|目前|已有"
)
_WHOLE = (
    re.compile(rf"(?:{_OF_ALL})[^，,；;。：:其]{{0,14}}$"),
    re.compile(rf"(?:{_OF_ALL})(?:(?!其中|包括|；|;|。).){{0,40}}$"),
)


class Cited(NamedTuple):
    """A fact behind a cell: its value, its file, and whether it counts (else ``reason`` says why not).

    ``first_hand``: the report speaks of its own time. What another time's report says of it stands behind that.
    """

    fact: FactRow
    value: Interval
    source: str
    counted: bool
    reason: str = ""
    first_hand: bool = True


class Growth(NamedTuple):
    """Against an earlier time: difference in the unit, ``rate`` in percent (None for rates and from nothing)."""

    against: Time
    difference: Interval | None
    rate: Interval | None
    reason: str = ""


class Cell(NamedTuple):
    """One town, indicator and time. ``value`` is None unless stated or zero; ``text`` is as written.

    ``chosen`` is the id of the most precise of consistent facts; when facts contradict each other
    (``inconsistent``) there is none, and ``value`` spans all of them. ``derived`` says how a value was computed
    that no sentence states. ``rank`` is 1 + the number of towns surely better. ``announced`` are a superior's numbers
    of the same thing.
    """

    town: str
    state: CellState
    value: Interval | None = None
    approx: str = ""
    text: str = ""
    chosen: str | None = None
    facts: tuple[Cited, ...] = ()
    targets: tuple[Cited, ...] = ()
    inconsistent: bool = False
    derived: str = ""
    reason: str = ""
    growth: Growth | None = None
    rank: int | None = None
    announced: tuple[Cited, ...] = ()

    @property
    def announced_value(self) -> Interval | None:
        """The most precise of the announced numbers."""
        return min((each.value for each in self.announced), key=lambda value: value.width, default=None)

    @property
    def announced_difference(self) -> Interval | None:
        """What the town reports minus what was announced of it."""
        told = self.announced_value
        return intervals.difference(self.value, told) if self.value is not None and told is not None else None

    @property
    def is_stated(self) -> bool:
        """Has it a value (nothing is a value when it is stated)?"""
        return self.value is not None


@lru_cache(maxsize=4096)
def dimensions(stored: str) -> Dimensions:
    """``level=市;stage=adopted`` → pairs in order of their names."""
    return tuple(
        sorted((name, value) for name, _, value in (part.partition("=") for part in stored.split(";")) if name)
    )


def cite(fact: FactRow, indicator: IndicatorRow, source: str, first_hand: bool = True) -> Cited:
    """The fact with its interval, and whether it can be the town's own total."""
    reason = _NOT_COUNTED.get(fact.kind, "")
    if not reason and fact.scope != "town":
        reason = _SCOPES.get(fact.scope, "不是全镇的数")
    if not reason and fact.authority != "self":
        reason = ANNOUNCED
    if not reason and fact.per:
        reason = "按次数频率写的, 不是总数"
    if not reason and not _is_of_unit(fact.unit, indicator.unit):
        reason = f"单位是{fact.unit or '(无)'}, 不是{indicator.unit}"
    if not reason and not first_hand and not names_its_time(fact):
        reason = CARRIED
    value = intervals.of(fact.low_text, fact.high_text, fact.approx)
    return Cited(fact, value, source, not reason and fact.kind == "achieved", reason, first_hand)


def written(fact: FactRow) -> str:
    """The number as it stands, with the unit of its table's head where it has none of its own: 18.5 is 18.5万元."""
    in_table = "\t" in fact.sentence and fact.unit and "、" not in fact.unit
    if not in_table or fact.low_text is None or not _BARE.fullmatch(fact.text):
        return fact.text
    plain = Decimal(re.sub("[,，]", "", fact.text))
    size = _SIZES.get(Decimal(fact.low_text) / plain if plain else Decimal(1))
    return fact.text if size is None else f"{fact.text}{size}{fact.unit}"


def level(word: str) -> str:
    """A level as the dataset names it, from what people write; what is no level comes back as it is.

    >>> level("市级"), level("国家"), level("县"), level("星")
    ('地市', '中央', '县', '星')
    """
    bare = word.removesuffix("级")
    return LEVEL_WORDS.get(bare, bare)


def names_its_time(fact: FactRow) -> bool:
    """A number of a time that is not its report's: does the sentence lead from that time to it without a turn?

    A row of a table has its time in the head.
    """
    before = fact.sentence[: max(0, fact.offset)]
    named = [*_TIME.finditer(before)]
    return "\t" in fact.sentence or bool(named and not _TURN.search(before[named[-1].end() :]))


def _is_of_unit(unit: str, wanted: str) -> bool:
    """Classifiers of one indicator count the same; measures differ from each other."""
    if unit == wanted or {unit, wanted} == _ALIKE:
        return True
    return unit not in MEASURES and wanted not in MEASURES


def cell(town: str, indicator: IndicatorRow, found: Sequence[Cited]) -> Cell:
    """The cell that these facts of one town, indicator, set of dimensions and time make."""
    targets = tuple(each for each in found if each.fact.kind == "target")
    others = tuple(each for each in found if each.fact.kind != "target")
    every = [each for each in others if each.counted]
    fitting = _of_one_unit(_reported([each for each in every if each.first_hand] or every), indicator.unit)
    counted = _without_parts(fitting)
    facts = tuple(_judged(each, fitting, counted, indicator.unit) for each in others)
    announced = tuple(each for each in others if each.reason == ANNOUNCED and each.fact.kind == "achieved")
    if not counted:
        state: CellState = "not_counted" if others else "missing"
        reason = "; ".join(dict.fromkeys(each.reason for each in others)) or "只有目标, 没有实绩"
        return Cell(town, state, facts=facts, targets=targets, reason=reason, announced=announced)
    best = min(counted, key=lambda each: (each.value.width, -each.fact.score))
    if any(not intervals.are_consistent(one.value, other.value) for one in counted for other in counted):
        one_sentence = len({each.fact.sentence for each in counted}) == 1
        return Cell(
            town, "stated", intervals.hull(each.value for each in counted), "range",
            "／".join(dict.fromkeys(written(each.fact) for each in counted)), None, facts, targets,
            inconsistent=True, reason=LISTED if one_sentence else CONTRADICTED, announced=announced,
        )  # fmt: skip
    state = "zero" if best.value.is_zero else "stated"
    return Cell(
        town, state, best.value, best.fact.approx, written(best.fact), best.fact.id, facts, targets, announced=announced
    )


def _judged(each: Cited, fitting: Sequence[Cited], counted: Sequence[Cited], unit: str) -> Cited:
    if not each.counted or each in counted:
        return each
    if not each.first_hand and any(other.first_hand for other in fitting):
        return each._replace(counted=False, reason=ELSEWHERE)
    if each.fact.role == "plan" and any(other.fact.role != "plan" for other in fitting):
        return each._replace(counted=False, reason=PLANNED)
    reason = "小于合计数, 看作其中一部分" if each in fitting else f"单位是{each.fact.unit or '(无)'}, 不是{unit}"
    return each._replace(counted=False, reason=reason)


def _reported(counted: list[Cited]) -> list[Cited]:
    """What stands in the plan is no result where the report itself tells one."""
    return [each for each in counted if each.fact.role != "plan"] or counted


def _without_parts(counted: list[Cited]) -> list[Cited]:
    """When some numbers are said to be the whole (共、累计 …), smaller ones are its parts."""
    for whole_words in _WHOLE if len(counted) > 1 else ():
        whole = [each for each in counted if whole_words.search(each.fact.sentence[: max(0, each.fact.offset)])]
        if whole:
            return [
                each
                for each in counted
                if each in whole or not all(intervals.is_above(one.value, each.value) for one in whole)
            ]
    return counted


def _of_one_unit(counted: list[Cited], unit: str) -> list[Cited]:
    """Values in the indicator's own unit, where there are any: 检查5次, 网吧1家 counts the 5."""
    own = [each for each in counted if each.fact.unit == unit]
    return own or counted
