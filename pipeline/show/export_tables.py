"""What can be exported: our tables as other systems see them, with types, keys and what each column means.

Keys are stable: the same content gives the same key on every machine, so that a second export updates and never
doubles. ``deleted`` is 0 in every row that is exported; it becomes 1 in the destination where gone rows are marked.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.ask.cells import Cell, Cited
from pipeline.ask.compare import Comparison, Line, compare
from pipeline.ask.reporters import Reporter, reporters
from pipeline.ask.roster import owing
from pipeline.model import Towns
from pipeline.store import fetch

Kind = Literal["text", "integer", "number", "date"]
Row = tuple[Any, ...]
KINDS = ("achieved", "target", "norm", "change", "baseline")
SCOPES = ("town", "office", "village", "each", "superior", "other")
STATES = ("stated", "zero", "not_counted", "missing")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, type, Chinese title and what it holds; ``choices`` where only certain words stand."""

    name: str
    kind: Kind
    title: str
    about: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first column is its key. ``rows`` gives tuples in the order of the columns."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[sqlite3.Connection, Towns | None], Iterator[Row]]

    @property
    def key(self) -> str:
        """The name of the key column."""
        return self.columns[0].name


DELETED = Column("deleted", "integer", "已删除", "1 = 来源已撤回或被新稿取代")
KEY = Column("id", "text", "编号", "稳定不变: 同样的内容在哪台机器上都是同一个编号")
TOWN = Column("town", "text", "单位")
COUNTY = Column("county", "text", "县(市、区)")
PERIOD = (
    Column("period_label", "text", "时期"), Column("period_start", "date", "起"), Column("period_end", "date", "止"),
)  # fmt: skip
SOURCE = Column("source", "text", "来源文件")
_CURRENT = "r.state = 'current'"
# A report that names no county belongs to the only county in which the dataset knows its town, as in comparisons.
_COUNTY = (
    "coalesce(r.county, (SELECT max(t.county) FROM town t WHERE t.name = r.town AND t.county != ''"
    " HAVING count(DISTINCT t.county) = 1))"
)


def _selected(sql: str) -> Callable[[sqlite3.Connection, Towns | None], Iterator[Row]]:
    def rows(base: sqlite3.Connection, owed: Towns | None) -> Iterator[Row]:
        return fetch.columns(base, sql)

    return rows


def _texts(words: str) -> tuple[Column, ...]:
    pairs = (each.split("=") for each in words.split())
    return tuple(Column(name, "text", title) for name, title in pairs)


REPORT = Table(
    "report", "报告",
    (KEY, SOURCE, *_texts("title=标题 kind=种类 issuer=报送单位 town=单位 county=县 city=市 province=省"),
     Column("town_code", "text", "区划代码"),
     *PERIOD, *_texts("as_of=数据截至 published=发布日期 version=稿次"), DELETED),
    _selected(f"SELECT r.id, r.source, r.title, r.kind, r.issuer, r.town, {_COUNTY}, r.city, r.province, r.town_code,"
              " r.period_label, r.period_start, r.period_end, r.as_of, r.published, r.version, 0 FROM report r"
              f" WHERE {_CURRENT} ORDER BY r.id"),
)  # fmt: skip
PARAGRAPH = Table(
    "paragraph", "段落",
    (KEY, Column("report", "text", "报告"), TOWN, COUNTY, PERIOD[0], Column("ordinal", "integer", "第几段", "从 0 起"),
     Column("role", "text", "角色"), Column("role_score", "number", "角色把握"), Column("topic", "text", "主题"),
     Column("topic_score", "number", "主题把握"), Column("text", "text", "正文"), DELETED),
    _selected(f"SELECT p.id, p.report, r.town, {_COUNTY}, r.period_label, p.ordinal, p.role, p.role_score, p.topic,"
              " p.topic_score, p.text, 0 FROM paragraph p JOIN report r ON r.id = p.report"
              f" WHERE {_CURRENT} ORDER BY p.id"),
)  # fmt: skip
FACT = Table(
    "fact", "数字",
    (KEY, Column("report", "text", "报告"), Column("paragraph", "text", "段落"), TOWN, COUNTY, *PERIOD,
     Column("indicator", "text", "指标"), Column("dimensions", "text", "细分", "level=市;stage=adopted"),
     Column("text", "text", "原文数字"), Column("low", "number", "下限", "空 = 没有下限; 以 unit 计"),
     Column("high", "number", "上限", "空 = 没有上限; 以 unit 计"), Column("unit", "text", "计量单位"),
     Column("approx", "text", "写法"),
     Column("kind", "text", "性质", "achieved 实绩 target 目标 norm 常规 change 增减 baseline 基数", KINDS),
     Column("object", "text", "事项"), Column("per", "text", "频率"), Column("direction", "text", "方向"),
     Column("scope", "text", "口径", "谁的数: town 全镇"),
     Column("authority", "text", "出处", "self 自报 announced 通报"),
     Column("sentence", "text", "原句"), SOURCE, Column("score", "number", "把握"), DELETED),
    _selected(f"SELECT f.id, f.report, f.paragraph, r.town, {_COUNTY}, f.period_label, f.period_start, f.period_end,"
              " f.indicator, f.dimensions, f.text, f.low, f.high, f.unit, f.approx, f.kind, f.object, f.per,"
              " f.direction, f.scope, f.authority, f.sentence, r.source, f.score, 0 FROM fact f JOIN report r"
              f" ON r.id = f.report WHERE {_CURRENT} ORDER BY f.id"),
)  # fmt: skip
HONOUR = Table(
    "honour", "荣誉",
    (KEY, *_texts("report=报告 town=单位 county=县 period_label=时期 text=原文"),
     *_texts("name=名称 level=级别 rank=名次 scope=范围"), DELETED),
    _selected(f"SELECT h.id, h.report, r.town, {_COUNTY}, r.period_label, h.text, h.name, h.level, h.rank, h.scope, 0"
              f" FROM honour h JOIN report r ON r.id = h.report WHERE {_CURRENT} ORDER BY h.id"),
)  # fmt: skip
INDICATOR = Table(
    "indicator", "指标",
    (Column("id", "text", "编号"), *_texts("name=名称 topic=主题 unit=计量单位 definition=口径"),
     Column("nature", "text", "性质", "process 过程 outcome 结果", ("process", "outcome")),
     Column("flow", "text", "流量或存量", "flow 可按时段相加 stock 时点数", ("flow", "stock")),
     *_texts("better=方向 part_of=属于 version=口径版本"), DELETED),
    _selected("SELECT id, name, topic, unit, definition, nature, flow, better, part_of, version, 0 FROM indicator"
              " ORDER BY ordinal"),
)  # fmt: skip


def _towns(base: sqlite3.Connection, owed: Towns | None) -> Iterator[Row]:
    rows = list(fetch.columns(base, "SELECT name, county, city, province, code FROM town ORDER BY name, county"))
    counties: dict[Any, set[Any]] = defaultdict(set)
    for name, county, *_ in rows:
        if county:
            counties[name].add(county)
    towns: dict[tuple[Any, Any], list[Row]] = defaultdict(list)
    for row in rows:
        own = counties[row[0]]
        towns[row[0], row[1] or (next(iter(own)) if len(own) == 1 else "")].append(row)
    for (name, county), same in sorted(towns.items()):
        city, province, code = (next((row[n] for row in same if row[n]), "") for n in (2, 3, 4))
        told = (name, county, city, province)
        yield (key_of(*told), *(value or None for value in (*told, code)), 0)


TOWNS = Table("town", "单位", (KEY, *_texts("name=名称 county=县 city=市 province=省 code=区划代码"), DELETED), _towns)


def _sources(base: sqlite3.Connection, owed: Towns | None) -> Iterator[Row]:
    for row in fetch.sources(base):
        yield (key_of(row.path), row.path, row.sha256, row.state, row.cause, row.message, row.format,
               row.characters, 0)  # fmt: skip


FILES = Table(
    "source", "文件",
    (KEY, *_texts("path=文件 sha256=指纹 state=状态 cause=原因 message=说明 format=格式"),
     Column("characters", "integer", "字数"), DELETED), _sources,
)  # fmt: skip


def key_of(*parts: object) -> str:
    """A key of sixteen characters from what names a row.

    >>> key_of("青禾镇", None) == key_of("青禾镇", ""), len(key_of("青禾镇"))
    (True, 16)
    """
    return hashlib.sha256("\x1f".join("" if each is None else str(each) for each in parts).encode()).hexdigest()[:16]


def _town_indicator(base: sqlite3.Connection, owed: Towns | None) -> Iterator[Row]:
    """Every cell of the comparison: stated, zero, not counted, missing; targets and announced numbers beside them."""
    rows = fetch.reports(base)
    codes = {(row.town, row.county): row.town_code for row in rows}
    dates = fetch.dates_and_versions(base)
    known = set(reporters(rows).values())
    levels: dict[str, list[str]] = {}
    for each in sorted({*known, *owing(known, owed or Towns())}, key=lambda each: each.name):
        levels.setdefault(each.level, []).append(each.name)
    for names in levels.values():  # towns beside towns, counties beside counties
        yield from _level_rows(compare(base, towns=names, owed=owed), codes, dates)


def _level_rows(
    told: Comparison, codes: Mapping[tuple[str | None, str | None], str | None],
    dates: Mapping[str, tuple[str | None, str | None]],
) -> Iterator[Row]:  # fmt: skip
    for line in told.lines:
        for town, cell in zip(told.towns, line.cells, strict=True):
            code = codes.get((town.town, town.county))
            chosen = _chosen(cell)
            yield _cell_row(line, town, code, cell.state, "achieved", "self", cell, chosen, dates)
            for kind, authority, cited in (("target", "self", cell.targets), ("achieved", "announced", cell.announced)):
                best = min(cited, key=lambda each: each.value.width, default=None)
                if best:
                    state = "zero" if best.value.is_zero else "stated"
                    yield _cell_row(line, town, code, state, kind, authority, None, best, dates)


def _chosen(cell: Cell) -> Cited | None:
    counted = [each for each in cell.facts if each.counted] or list(cell.facts)
    return next((each for each in counted if each.fact.id == cell.chosen), counted[0] if counted else None)


def _cell_row(
    line: Line, town: Reporter, code: str | None, state: str, kind: str, authority: str, cell: Cell | None,
    cited: Cited | None, dates: Mapping[str, tuple[str | None, str | None]],
) -> Row:  # fmt: skip
    value = cell.value if cell else cited.value if cited else None
    low, high = (value.low, value.high) if value else (None, None)
    dimensions = ";".join(f"{name}={word}" for name, word in line.dimensions)
    as_of, version = dates.get(cited.fact.report, (None, None)) if cited else (None, None)
    reason = "; ".join(filter(None, (cell.reason, cell.derived))) if cell else ""
    return (
        key_of(town.town, town.county, line.time.start, line.time.end, line.indicator.id, dimensions, kind, authority),
        town.name, town.county, code, line.time.label, line.time.start, line.time.end, line.indicator.id,
        line.indicator.name, dimensions, kind, "town", authority, state,
        None if low is None else float(low), None if high is None else float(high),
        cell.approx if cell else cited.fact.approx if cited else "", line.indicator.unit,
        (cell.text if cell else cited.fact.text if cited else "") or None, as_of, line.indicator.version, version,
        cited.fact.sentence if cited else None, cited.source if cited else None, cited.fact.id if cited else None,
        reason or None, 0,
    )  # fmt: skip


TOWN_INDICATOR = Table(
    "town_indicator", "单位指标",
    (KEY, TOWN, COUNTY, Column("town_code", "text", "区划代码"), *PERIOD, Column("indicator", "text", "指标编号"),
     Column("indicator_name", "text", "指标"), Column("dimensions", "text", "细分"),
     Column("kind", "text", "性质", "achieved 实绩 target 目标", ("achieved", "target")),
     Column("scope", "text", "口径"),
     Column("authority", "text", "出处", "self 自报 announced 通报", ("self", "announced")),
     Column("state", "text", "状态", "stated 已报 zero 报为零 not_counted 不能计入 missing 未报(不等于零)", STATES),
     Column("value_low", "number", "下限", "以 unit 计; 空 = 没有下限或未报"),
     Column("value_high", "number", "上限", "以 unit 计; 空 = 没有上限或未报"), Column("approx", "text", "写法"),
     Column("unit", "text", "计量单位"), Column("text", "text", "原文数字"), Column("as_of", "text", "数据截至"),
     Column("version", "text", "口径版本"), Column("report_version", "text", "稿次"),
     Column("sentence", "text", "原句"), SOURCE, Column("fact", "text", "数字编号"),
     Column("reason", "text", "说明"), DELETED),
    _town_indicator,
)  # fmt: skip

TABLES: dict[str, Table] = {
    each.name: each for each in (TOWN_INDICATOR, FACT, REPORT, PARAGRAPH, HONOUR, INDICATOR, TOWNS, FILES)
}
