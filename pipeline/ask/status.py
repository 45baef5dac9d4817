"""What is in the dataset, what was not read and why, and what to do about it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.ask import standing
from pipeline.ask.reporters import Reporter, reporters
from pipeline.ask.standing import Roll, roll
from pipeline.ask.times import Time
from pipeline.model import Towns
from pipeline.store import fetch
from pipeline.store.fetch import DraftRow, SourceRow, UnlinkedRow

STATES = {
    "ok": "已读",
    "partial": "部分已读",
    "needs_ocr": "待识别",
    "failed": "读取失败",
    "empty": "空文件",
    "skipped": "跳过",
    "gone": "已不在",
}
# Cause → what to do. A cause that is not here still shows its own message.
REMEDIES = {
    "damaged": "在 Word 或 WPS 里打开修复后另存一份; 打不开就向报送单位要原件",
    "scan": '这是扫描件: 安装识别组件 (pip install "zongjie[ocr]") 后再运行, 或要一份电子版',
    "encrypted": "在设置的 passwords 里写上密码, 或要一份不加密的",
    "garbled": "文字成了乱码: 在原软件里打开, 另存为 docx",
    "unsupported": "用能打开它的软件另存为 docx 或 pdf",
    "too_large": "确需读取时调高设置 limits 里的相应上限",
    "bomb": "文件展开后异常地大, 不要打开; 向报送单位核实",
    "timeout": "调高设置 limits.seconds, 或把文件拆小",
    "memory": "调高设置 limits.memory_mb, 或把文件拆小",
    "crash": "另存为 docx 再试; 仍然如此请把文件发给维护者",
    "denied": "没有读取权限: 请管理员开放, 或复制到自己的文件夹",
    "empty": "文件里没有文字: 向报送单位核实",
    "lock": "正在编辑时留下的临时文件, 不必处理",
    "temporary": "临时文件, 不必处理",
    "hidden": "系统文件, 不必处理",
    "classified": "带有密级标志, 没有读取; 确可公开时把文件名写进设置的 released",
    "gone": "文件已移走或删除; 它的报告不再参加对比",
    "archive": "压缩包里的文件请解开后再读, 或检查其中读不出来的那几个",
    "missing": "读的时候文件已不在原处; 再运行一次",
    "thumbnail": "系统的缩略图文件, 不必处理",
    "same": "内容与另一个文件相同, 不重复计算",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Files of one state and cause: their paths, the first file's message, what to do."""

    state: str
    cause: str
    message: str
    remedy: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Towns × times: how many reports each town has for each time, in the order of ``towns`` and ``times``."""

    towns: tuple[Reporter, ...]
    times: tuple[Time, ...]
    reports: tuple[tuple[int, ...], ...]
    facts: tuple[tuple[int, ...], ...]
    without_town: tuple[str, ...]
    without_time: tuple[str, ...]
    undated: tuple[int, ...] = ()  # of each town, reports whose time is unknown: it did report, nobody knows when


@dataclass(frozen=True, slots=True)
class Status:
    """The dataset in figures. ``states`` counts files by state, in the order of ``STATES``."""

    states: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]
    reports: int
    paragraphs: int
    facts: int
    honours: int
    linked: int
    coverage: Coverage
    unlinked: tuple[UnlinkedRow, ...]
    drafts: tuple[DraftRow, ...] = ()
    roll: Roll | None = None


def status(base: sqlite3.Connection, towns: Towns = Towns()) -> Status:  # noqa: B008
    """Files by state and cause with their remedy, towns × times, the roster's standing, what no indicator knows."""
    sources = fetch.sources(base)
    current = fetch.reports(base)
    count = Counter(row.state for row in sources)
    reports, paragraphs, facts, honours = fetch.totals(base)
    return Status(
        states=tuple((state, count[state]) for state in STATES if count[state]),
        problems=problems(sources),
        reports=reports,
        paragraphs=paragraphs,
        facts=facts,
        honours=honours,
        linked=fetch.linked(base),
        coverage=coverage(current),
        unlinked=tuple(fetch.unlinked(base)),
        drafts=tuple(fetch.drafts(base)),
        roll=roll(current, sources, towns),
    )


def problems(sources: Iterable[SourceRow]) -> tuple[Problem, ...]:
    """Files that were not wholly read, grouped by state and cause; what needs a hand comes first."""
    grouped: dict[tuple[str, str], list[SourceRow]] = {}
    for row in sources:
        if row.state != "ok":
            grouped.setdefault((row.state, row.cause or ""), []).append(row)
    order = ("failed", "needs_ocr", "partial", "empty", "gone", "skipped")
    return tuple(
        Problem(state, cause, rows[0].message or "", REMEDIES.get(cause, ""), tuple(row.path for row in rows))
        for (state, cause), rows in sorted(grouped.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    )


def coverage(reports: Iterable[fetch.ReportRow]) -> Coverage:
    """Who reported on which time; a town without a report for a time has a nought there."""
    rows = list(reports)
    who = reporters(rows)
    count: Counter[tuple[str, Time]] = Counter()
    facts: Counter[tuple[str, Time]] = Counter()
    undated = Counter(who[row.id].name for row in rows if row.id in who and not row.period_start)
    for row in rows:
        if row.id in who and row.period_start and row.period_end:
            key = who[row.id].name, Time(row.period_start, row.period_end)
            count[key] += 1
            facts[key] += row.facts
    towns = sorted(set(who.values()), key=lambda each: (each.level != "town", each.county or "", each.name))
    times = sorted({time for _, time in count})
    return Coverage(
        tuple(towns),
        tuple(times),
        tuple(tuple(count[town.name, time] for time in times) for town in towns),
        tuple(tuple(facts[town.name, time] for time in times) for town in towns),
        tuple(row.source for row in rows if row.id not in who),
        tuple(row.source for row in rows if row.id in who and not row.period_start),
        tuple(undated[town.name] for town in towns),
    )


def plain(told: Status) -> dict[str, Any]:
    """The same for machines."""
    own = told.coverage
    return {
        "states": dict(told.states),
        "problems": [asdict(each) for each in told.problems],
        "reports": told.reports, "paragraphs": told.paragraphs, "facts": told.facts, "honours": told.honours,
        "linked": told.linked,
        "coverage": [
            {"town": town.name, "period": time.label, "reports": reports, "facts": facts}
            for town, counts, numbers in zip(own.towns, own.reports, own.facts, strict=True)
            for time, reports, facts in zip(own.times, counts, numbers, strict=True)
        ],
        "without_town": own.without_town,
        "without_time": own.without_time,
        "unlinked": [each._asdict() for each in told.unlinked],
        "superseded": [each._asdict() for each in told.drafts],
        "roster": standing.plain(told.roll) if told.roll else None,
    }  # fmt: skip
