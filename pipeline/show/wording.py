"""How the dataset's words are said to people, and how an interval is written without false precision."""

from __future__ import annotations

from decimal import Decimal

from pipeline.ask.cells import RATES, Cell, Dimensions
from pipeline.ask.compare import Line
from pipeline.ask.intervals import Interval
from pipeline.ask.mismatch import Sort
from pipeline.store.fetch import IndicatorRow

KINDS = {"achieved": "实绩", "target": "目标", "norm": "常规要求", "change": "增减", "baseline": "基数"}
APPROX = {
    "exact": "准确",
    "more": "余、多",
    "near": "接近",
    "about": "约",
    "over": "超过",
    "at_least": "不低于",
    "at_most": "不超过",
    "range": "范围",
    "vague": "概数",
}
SCOPES = {
    "town": "全镇(街道)",
    "office": "内设部门",
    "village": "某村(社区)",
    "each": "平均每个",
    "superior": "上级",
    "other": "其他单位",
}
PERS = {"day": "每天", "week": "每周", "month": "每月", "quarter": "每季度", "year": "每年"}
NATURES = {"process": "过程", "outcome": "结果"}
FLOWS = {"flow": "流量(可累加)", "stock": "存量(某日现有)"}
BETTER = {"up": "越多越好", "down": "越少越好", "neither": "不论多少"}
DIMENSIONS = {"level": "级别", "stage": "环节", "outlet": "媒体", "star": "星级"}
VALUES = {"submitted": "报送", "adopted": "采用"}
CELLS = {"stated": "已报", "zero": "报为零", "missing": "未报", "not_counted": "未计入"}
DOUBTS: dict[Sort, str] = {
    "inconsistent": "说法不一",
    "parts": "分项超过合计",
    "spans": "分期与全期不合",
    "earlier": "与当时所报不合",
    "growth": "增幅不合",
    "rate": "高得不像",
    "identical": "与另一份报告雷同",
    "again": "与上期相同",
    "leap": "变动很大",
    "outlier": "远高于各单位",
    "restated": "详略不同",
}
REPORT_KINDS = {
    "summary": "总结",
    "plan": "计划",
    "summary_plan": "总结暨计划",
    "report": "报告",
    "profile": "概况",
    "notice": "通知",
    "other": "其他",
}


def dimensions(pairs: Dimensions) -> str:
    """What a detail is, in words; a mixed level has its floor in ``from``.

    >>> dimensions((("level", "市"), ("stage", "adopted"))), dimensions((("from", "地市"), ("level", "混合")))
    ('市级、采用', '地市级以上')
    """
    known = dict(pairs)
    told = []
    for name, value in pairs:
        if name == "level" and value == "混合":
            told.append(f"{known.get('from', '各')}级{'以上' if 'from' in known else ''}")
        elif name == "level":
            told.append(f"{value}级")
        elif name != "from":
            told.append(VALUES.get(value, value))
    return "、".join(told)


def number(value: Decimal | float | None) -> str:
    """With thousands separators; from a million on in 万 or 亿, where five digits say enough.

    >>> number(Decimal("12345.50")), number(1160), number(Decimal("56000000"))
    ('12,345.5', '1,160', '5,600万')
    """
    if value is None:
        return "?"
    exact = Decimal(str(value))
    for size, name in ((Decimal(10**8), "亿"), (Decimal(10**4), "万")):
        if abs(exact) >= size * 100 and exact % (size / 100) == 0:
            return number(exact / size) + name
    text = f"{exact:,.2f}" if exact != exact.to_integral_value() else f"{exact:,.0f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def interval(value: Interval, unit: str = "", sign: bool = False) -> str:
    """An interval for people; an open end is not said apart. ``sign`` puts + before what is surely a growth.

    >>> from pipeline.ask.intervals import of
    >>> interval(of("1230", "1280", "range"), "场"), interval(of("20", None, "at_least"), "条")
    ('1,230–1,280 场', '≥20 条')
    """
    plus = "+" if sign and value.low is not None and value.low > 0 else ""
    end = "" if not unit else unit if unit in ("%", "‰") else f" {unit}"
    if value.low is None and value.high is None:
        return "不定"
    if value.is_exact:
        return f"{plus}{number(value.low)}{end}"
    if value.high is None:
        return f"{'>' if value.low_open else '≥'}{number(value.low)}{end}"
    if value.low is None:
        return f"≤{number(value.high)}{end}"
    dash = " 至 " if value.low < 0 or value.high < 0 else "–"
    return f"{plus}{number(value.low)}{dash}{number(value.high)}{end}"


def percent(value: Interval) -> str:
    """A rate of growth to one decimal: +12.3%.

    >>> from pipeline.ask.intervals import of
    >>> percent(of("-12.53", "4", "range"))
    '-12.5 至 4%'
    """
    rounded = Interval(
        None if value.low is None else round(value.low, 1), None if value.high is None else round(value.high, 1)
    )
    return interval(rounded, "%", sign=True)


def cell(one: Cell, unit: str) -> str:
    """What stands in a cell of a table: the number as written, or why there is none."""
    if one.value is None:
        return "未计入" if one.state == "not_counted" else "—"
    return one.text or interval(one.value, unit)


def flow(indicator: IndicatorRow) -> str:
    """Whether its numbers may be added up; a rate never is."""
    return "比率(不可累加)" if indicator.unit in RATES else FLOWS.get(indicator.flow, "")


def line_name(line: Line) -> str:
    """An indicator with its details: 刊播采用（市级、采用）."""
    return thing(line.indicator, line.dimensions)


def thing(indicator: IndicatorRow, details: Dimensions) -> str:
    """The same of an indicator and its details."""
    told = dimensions(details)
    return f"{indicator.name}（{told}）" if told else indicator.name
