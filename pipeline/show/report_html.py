"""The page of a run: one file, without a network or a script, for reading, printing and passing on.

What was read and what was not and why; towns × times; what the reports are about; towns side by side; every fact
with its sentence one click away.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.ask import labels
from pipeline.ask import ledger as ask_ledger
from pipeline.ask.compare import Comparison
from pipeline.ask.doubts import doubts
from pipeline.ask.reporters import Reporter, reporters
from pipeline.ask.status import STATES, Status, status
from pipeline.ask.times import Time
from pipeline.model import Towns
from pipeline.show import charts, report_compare, report_doubts, report_ledger, report_towns, report_years
from pipeline.show.gathered import Given, gathered
from pipeline.show.markup import Markup, join, tag
from pipeline.show.whole import replaced
from pipeline.store import fetch
from pipeline.store.fetch import ReportRow, SourceRow, TopicRow

HERE = Path(__file__).parent
FILES = 400  # lines of the list of files; the spreadsheet has them all
NAMED = 12  # files named under one problem
TOPICS = 8  # topics with a colour of their own; the rest is one
QUIET = frozenset({"skipped", "gone"})  # states that ask nothing of anybody


def write(base: sqlite3.Connection, path: Path, owed: Towns | None = None, given: Given | None = None) -> None:
    """Write the page; the old file is there until the new one is whole. Raises ``InputError`` when it may not be."""
    text = page(base, owed, given)
    with replaced(path) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")


def page(base: sqlite3.Connection, owed: Towns | None = None, given: Given | None = None) -> str:
    """The page as HTML; coverage is said against the units of ``owed`` that owe a report, where there are any."""
    state = status(base)
    rows = fetch.reports(base)
    who = reporters(rows)
    facts, comparison = given or gathered(base, owed)
    times = report_compare.columns(comparison)
    shown = report_compare.blocks(comparison, times, labels.names(base))
    made = report_towns.entries(facts, report_compare.cited(shown), who)
    places = report_towns.places(made)
    names = {row.id: row.name for row in fetch.indicators(base)}
    promised = report_ledger.section(ask_ledger.ledger(base, facts=facts))
    over_years = report_years.section(report_years.series(shown, comparison))
    doubtful = report_doubts.section(doubts(base, comparison, facts), places)
    body = [
        _header(_title(state, who), state, comparison),
        _nav({"years": over_years, "ledger": promised, "doubts": doubtful}),
        tag(
            "main",
            _read(state, fetch.sources(base)),
            tag(
                "div",
                _coverage(state),
                _topics(fetch.topics(base), who, state.coverage.towns, labels.names(base)),
                class_="pair",
            ),
            compared(comparison, shown, times, places),
            over_years,
            promised,
            doubtful,
            _towns(comparison, shown, rows, who, made, names),
            id="main",
        ),
        _footer(base),
    ]
    return whole(_title(state, who), body)


def whole(title: str, body: Sequence[Markup]) -> str:
    """A page of these parts: style and script inside, nothing from a network."""
    style = (HERE / "report.css").read_text(encoding="utf-8")
    script = (HERE / "report.js").read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{join([title])}</title><style>{style}</style></head><body>"
        f"{join(body)}<script>{script}</script></body></html>\n"
    )


def _title(state: Status, who: dict[str, Reporter]) -> str:
    counties = {each.county for each in who.values() if each.level == "town"}
    county = next(iter(counties)) if len(counties) == 1 else None
    return f"{county or ''} {len(state.coverage.towns)} 个单位工作总结对照".strip()


def _header(title: str, state: Status, comparison: Comparison) -> Markup:
    files = sum(count for _, count in state.states)
    unread = sum(count for name, count in state.states if name in ("failed", "needs_ocr", "partial"))
    times = sorted({time for _, time in comparison.reported})
    span = times[0].label if len(times) == 1 else f"{times[0].label} 至 {times[-1].label}" if times else "时期不明"
    figures = [(files, "个文件"), (state.reports, "份报告"), (len(state.coverage.towns), "个单位"),
               (state.facts, "条数字"), (state.linked, "条可归入指标"), (state.honours, "项荣誉")]  # fmt: skip
    items = [tag("li", tag("b", f"{count:,}"), words) for count, words in figures]
    if unread:
        items.append(tag("li", tag("b", f"{unread:,}"), "个文件没有读全", class_="doubt"))
    return tag(
        "header",
        tag("a", "跳到正文", href="#main", class_="skip"),
        tag("h1", title),
        tag("p", f"{span}。每个数字都能点回原句; 没有写到的标为“未报”, 不当作零。", class_="lead"),
        tag("ul", *items, class_="figures"),
    )


def _nav(parts: Mapping[str, Markup | None]) -> Markup:
    """Links to the parts of the page; ``parts`` are those that may be missing."""
    links = (
        ("read", "读取情况"),
        ("coverage", "报送情况"),
        ("topics", "写了什么"),
        ("compare", "指标对照"),
        ("years", "历年走势"),
        ("ledger", "承诺与结果"),
        ("doubts", "待核实"),
        ("towns", "各单位"),
    )
    shown = [(place, words) for place, words in links if parts.get(place, Markup()) is not None]
    return tag("nav", tag("div", *(tag("a", words, href=f"#{place}") for place, words in shown)), aria_label="本页目录")


def _read(state: Status, sources: Sequence[SourceRow]) -> Markup:
    files = sum(count for _, count in state.states) or 1
    told = "、".join(f"{STATES[name]} {count} 个" for name, count in state.states)
    parts = [(f"s-{name}", STATES[name], count / files) for name, count in state.states]
    legend = [tag("li", _swatch(f"s-{name}"), f"{STATES[name]} {count}") for name, count in state.states]
    problems = [
        tag(
            "li",
            tag("b", f"{STATES[each.state]} {len(each.paths)} 个"), f": {each.message or each.cause}",
            tag("div", f"怎么办: {each.remedy}", class_="remedy") if each.remedy else None,
            _paths(each.paths), class_="quiet" if each.state in QUIET else None,
        )
        for each in state.problems
    ]  # fmt: skip
    rows = [
        tag("tr", tag("th", row.path, scope="row", class_="path"),
            tag("td", STATES[row.state]),
            tag("td", row.reader or ""), tag("td", f"{row.characters:,}"))
        for row in sources[:FILES]
    ]  # fmt: skip
    head = tag("thead", tag("tr", *(tag("th", words, scope="col") for words in ("文件", "状态", "读取方式", "字数"))))
    more = (
        tag("p", f"另有 {len(sources) - FILES} 个文件在 facts.xlsx 的“来源”里", class_="note")
        if len(sources) > FILES
        else None
    )
    return tag(
        "section",
        tag("h2", "读取情况", id="read"),
        charts.shares(parts, f"文件按状态: {told}"),
        tag("ul", *legend, class_="legend"),
        tag("ul", *problems, class_="problems") if problems else tag("p", "都读全了。" if sources else "还没有文件。"),
        tag("details", tag("summary", f"全部 {len(sources)} 个文件"),
            tag("div", tag("table", head, tag("tbody", *rows)), class_="scroll"), more, class_="files"),
    )  # fmt: skip


def _paths(paths: Sequence[str]) -> Markup:
    items = [tag("li", path) for path in paths[:NAMED]]
    if len(paths) > NAMED:
        items.append(tag("li", f"另有 {len(paths) - NAMED} 个"))
    return tag("ul", *items)


def _swatch(kind: str) -> Markup:
    return Markup(f'<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="{kind}" width="10" height="10"/></svg>')


def _coverage(state: Status) -> Markup:
    own = state.coverage
    if not own.towns or not own.times:
        table = tag("p", "还没有认出单位和时期的报告。")
    else:
        most = max(max(line) for line in own.facts) or 1
        last = ["时期不明"] if any(own.undated) else []
        heads = ["单位", *(time.label for time in own.times), *last]
        head = tag("thead", tag("tr", *(tag("th", word, scope="col") for word in heads)))
        body = [
            tag(
                "tr",
                tag("th", town.name, scope="row"),
                *(_shade(n, facts, most) for n, facts in zip(reports, counts, strict=True)),
                *([tag("td", f"{undated} 份" if undated else "")] if last else []),
            )
            for town, reports, counts, undated in zip(own.towns, own.reports, own.facts, own.undated, strict=True)
        ]
        table = tag("table", tag("caption", "格中是报告里的数字条数, 颜色越深越多; 斜纹是没有见到报告"), head,
                    tag("tbody", *body), class_="matrix")  # fmt: skip
        table = tag("div", table, class_="scroll")
    unknown = [
        tag("div", tag("p", f"{len(paths)} 份报告认不出{what}, 不参加对照:"), _paths(_counted(paths)), class_="note")
        for paths, what in ((own.without_town, "单位"), (own.without_time, "时期"))
        if paths
    ]
    return tag("section", tag("h2", "报送情况", id="coverage"), table, *unknown)


def _counted(paths: Sequence[str]) -> list[str]:
    """A file that holds several such reports is named once."""
    return [f"{path} ({count} 份)" if count > 1 else path for path, count in Counter(paths).items()]


def _shade(reports: int, facts: int, most: int) -> Markup:
    if not reports:
        return tag("td", "未见", class_="m0")
    step = min(4, 1 + facts * 4 // (most + 1))
    return tag("td", str(facts), class_=f"m{step}", title=f"{reports} 份报告, {facts} 条数字")


def _topics(
    rows: Sequence[TopicRow], who: dict[str, Reporter], towns: Sequence[Reporter], names: labels.Names
) -> Markup:
    written: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if row.report in who:
            written[who[row.report].name][row.topic] += row.characters
            written[""][row.topic] += row.characters
    if not written:
        return tag("section", tag("h2", "写了什么", id="topics"), tag("p", "还没有正文。"))
    order = sorted(written[""], key=lambda topic: -written[""][topic])
    first = sorted(order[:TOPICS], key=names.topic_order)
    colours = {topic: f"t{n}" for n, topic in enumerate(first)}
    legend = [tag("li", _swatch(colours[topic]), names.topic(topic)) for topic in first]
    if len(order) > TOPICS:
        legend.append(tag("li", _swatch("t8"), "其他"))
    body = [
        tag(
            "tr",
            tag("th", town or "全部", scope="row"),
            tag("td", _topic_bar(written[town], first, colours, town or "全部", names)),
        )
        for town in ["", *(town.name for town in towns if town.name in written)]
    ]
    return tag(
        "section", tag("h2", "写了什么", id="topics"),
        tag("p", "各主题占正文字数的份额(标题和网页杂项不算)。", class_="note"), tag("ul", *legend, class_="legend"),
        tag("div", tag("table", tag("tbody", *body), class_="topics"), class_="scroll"),
    )  # fmt: skip


def _topic_bar(
    own: dict[str, int], first: Sequence[str], colours: dict[str, str], name: str, names: labels.Names
) -> Markup:
    whole = sum(own.values()) or 1
    parts = [(colours[topic], names.topic(topic), own.get(topic, 0) / whole) for topic in first]
    parts.append(("t8", "其他", sum(n for topic, n in own.items() if topic not in colours) / whole))
    told = "、".join(
        f"{words} {share:.0%}" for _, words, share in sorted(parts, key=lambda part: -part[2])[:4] if share
    )
    return charts.shares(parts, f"{name}: {told}")


def compared(
    comparison: Comparison,
    shown: Sequence[report_compare.Block],
    times: Sequence[Time],
    places: dict[str, str],
) -> Markup:
    """The section of indicators: who stated what, then a block for every indicator."""
    left = comparison.left_out
    many = len(comparison.towns) > report_compare.ENOUGH  # with two towns one that states is worth its block
    rare = [block for block in shown if many and block.is_rare]
    notes = []
    if left.undated_facts:
        notes.append(f"{left.undated_facts} 条数字不知道属于哪一时期, 没有列入")
    if left.not_owing:
        notes.append(f"不在名册里的单位没有列入: {'、'.join(left.not_owing[:NAMED])}")
    if left.other_levels:
        notes.append(f"级别不同的单位没有列入: {'、'.join(left.other_levels[:NAMED])}")
    told = (
        "全年与半年分开, 级别与环节分开, 只比全镇(街道)的实绩。"
        "深色是写明的数, 浅色和横线是“余、约、不低于”一类说法可能的范围。"
    )
    box = tag("input", id="filter", type="search", placeholder="例如 宣讲")
    return tag(
        "section", tag("h2", "指标对照", id="compare"), tag("p", told, class_="note"),
        *(tag("p", note, class_="note") for note in notes),
        tag("p", tag("label", "查指标 ", box), class_="filter", hidden=True) if shown else None,
        report_compare.overview(comparison, shown) if shown else tag("p", "还没有能归入指标的数字。"),
        *(report_compare.block_html(block, times, comparison, places) for block in shown if block not in rare),
        report_compare.rare_html(rare, places),
    )  # fmt: skip


def _towns(
    comparison: Comparison,
    shown: Sequence[report_compare.Block],
    rows: Sequence[ReportRow],
    who: dict[str, Reporter],
    made: dict[str, list[report_towns.Entry]],
    names: dict[str, str],
) -> Markup:
    grouped: dict[str, list[ReportRow]] = defaultdict(list)
    for row in rows:
        grouped[who[row.id].name if row.id in who else "单位不明"].append(row)
    latest: dict[str, Time] = {}
    for town, time in sorted(comparison.reported, key=lambda pair: pair[1]):
        latest[town] = time
    parts = []
    for name, reports in grouped.items():
        silent = report_compare.never_stated(shown, name, latest[name]) if name in latest else []
        parts.append(report_towns.town_html(name, reports, made, silent[:10], names))
    return tag(
        "section",
        tag("h2", "各单位", id="towns"),
        tag("p", "点开单位看它的数字, 点开数字看原句。", class_="note"),
        *parts,
    )


def _footer(base: sqlite3.Connection) -> Markup:
    runs = fetch.runs(base)
    run = (
        f"zongjie {runs[0].version} · {runs[0].started[:16].replace('T', ' ')} UTC · 设置 {runs[0].settings[:8]}"
        if runs
        else "zongjie"
    )
    return tag(
        "footer",
        tag("p", run),
        tag("p", "同一文件夹里: facts.xlsx 有全部数字和原句, run.json 有每个文件的处理记录, zongjie.db 供查询。"),
    )
