"""Answers on a terminal: plain tables and lines, nothing that needs a wide or coloured screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipeline.ask.cells import Cell
from pipeline.ask.compare import Comparison, Line
from pipeline.ask.labels import UNNAMED, Names
from pipeline.ask.status import STATES, Status
from pipeline.show import roster_text, wording
from pipeline.show.columns import clean, table

if TYPE_CHECKING:
    from pipeline.ask.found import Found, Hit

__all__ = ["comparison", "hit_row", "hits", "scores", "status", "table"]
NAMED = 5  # files or objects that are named; the rest is counted
BRIGHT, PLAIN = "\x1b[1;33m", "\x1b[0m"
MISSING = "—"


def comparison(told: Comparison) -> str:
    """A table for each indicator: towns downwards, times to the right, then how many towns say it and the sum."""
    parts = []
    for _, group in groupby(told.lines, key=lambda line: (line.indicator.id, line.dimensions)):
        lines = [line for line in group if line.stated or any(cell.facts for cell in line.cells)]
        if lines:
            parts.append(_lines(lines))
    left = told.left_out
    notes = [
        f"{count} {what}" for count, what in (
            (left.without_town, "份报告认不出单位, 没有列入"), (left.without_time, "份报告认不出时期, 没有列入"),
            (left.undated_facts, "条数字不知道属于哪一时期, 没有列入"),
        ) if count
    ]  # fmt: skip
    if not parts:
        parts = ["没有可以对比的数字。"]
    return "\n\n".join([*parts, *(["\n".join(notes)] if notes else [])])


def _lines(lines: Sequence[Line]) -> str:
    first = lines[0]
    detail = wording.dimensions(first.dimensions)
    kind = "、".join((first.indicator.unit or "无单位", wording.NATURES.get(first.indicator.nature, "")))
    title = f"{first.indicator.name}{f'({detail})' if detail else ''}  [{kind}]"
    heads = ["单位", *(line.time.label for line in lines)]
    rows = [[cell.town, *(_cell(line.cells[n], line) for line in lines)] for n, cell in enumerate(first.cells)]
    rows.append(["填报", *(f"{line.stated}/{len(line.cells)}" for line in lines)])
    if any(line.total for line in lines):
        rows.append(["合计", *(wording.interval(line.total) if line.total else MISSING for line in lines)])
    notes = [
        f"  {cell.town} {line.time.label}: {cell.reason}: {_sentences(cell)}"
        for line in lines
        for cell in line.cells
        if cell.inconsistent
    ]
    return "\n".join([title, table(heads, rows), *notes])


def _sentences(cell: Cell) -> str:
    return "; ".join(dict.fromkeys(clean(each.fact.sentence) for each in cell.facts if each.counted))


def _cell(cell: Cell, line: Line) -> str:
    if cell.value is None:
        return "未计入" if cell.state == "not_counted" else MISSING
    told = [wording.cell(cell, line.indicator.unit)]
    if cell.rank is not None:
        told.append(f"第{cell.rank}")
    if cell.growth and cell.growth.rate is not None:
        told.append(f"({wording.percent(cell.growth.rate)})")
    elif cell.growth and cell.growth.difference is not None:
        told.append(f"({wording.interval(cell.growth.difference, sign=True)})")
    if cell.inconsistent:
        told.append("?")
    if cell.derived:
        told.append("*")
    return " ".join(told)


def status(told: Status) -> str:
    """Files by state and what to do about them, towns × times, what no indicator knows."""
    states = "、".join(f"{STATES[name]} {count}" for name, count in told.states) or "没有文件"
    parts = [
        f"文件: {states}",
        f"报告 {told.reports} 份, 段落 {told.paragraphs}, 数字 {told.facts} (归入指标 {told.linked}), "
        f"荣誉 {told.honours}",
    ]
    for each in told.problems:
        more = f" 等 {len(each.paths)} 个" if len(each.paths) > NAMED else ""
        lines = [f"{STATES[each.state]} ({each.cause}): {clean(each.message)}"]
        lines += [f"  怎么办: {each.remedy}"] if each.remedy else []
        lines += [f"  {clean(path)}" for path in each.paths[:NAMED]]
        parts.append("\n".join(lines) + more)
    own = told.coverage
    if own.towns:
        rows = [
            [town.name, *(facts if reports else MISSING for reports, facts in zip(counts, numbers, strict=True))]
            for town, counts, numbers in zip(own.towns, own.reports, own.facts, strict=True)
        ]
        heads = ["单位", *(time.label for time in own.times)]
        if any(own.undated):
            heads.append("时期不明")
            rows = [[*row, f"{n} 份" if n else ""] for row, n in zip(rows, own.undated, strict=True)]
        parts.append("各单位各时期的数字条数 (— 没有见到报告)\n" + table(heads, rows))
    for paths, what in ((own.without_town, "单位"), (own.without_time, "时期")):
        if paths:
            named = [f"{clean(path)} ({n} 份)" if n > 1 else clean(path) for path, n in Counter(paths).items()]
            more = f" 等 {len(paths)} 份" if len(named) > NAMED else ""
            parts.append(f"认不出{what}的报告: {'、'.join(named[:NAMED])}{more}")
    parts += roster_text.standing(told)
    if told.unlinked:
        rows = [[each.object, each.unit, each.facts, each.reports] for each in told.unlinked]
        parts.append("最常见而没有归入指标的事项\n" + table(["事项", "单位", "次数", "报告数"], rows, limit=24))
    return "\n\n".join(parts)


def hits(found: Found, colour: bool = False, names: Names = UNNAMED) -> str:
    """Paragraphs with where they stand; matches bright when ``colour``, else between 【】; then counts by facet.

    What satisfies the query only nearly has ≈ before its number.
    """
    parts = [_hit(number, hit, colour, names) for number, hit in enumerate(found.shown, 1)]
    if found.near:
        parts.append(f"—— 标 ≈ 的只含其中部分词或意思相近的词 ({found.relaxed}) ——")
    if found.superseded:
        parts.append("—— 在已被新稿代替的报告里 ——")
        first = len(found.shown) + 1
        parts += [_hit(number, hit, colour, names) for number, hit in enumerate(found.superseded, first)]
    facets = {"town": "单位", "year": "年份", "topic": "主题", "role": "角色", "kind": "种类"}
    for facet, counts in found.facets.items():
        if len(counts) > 1:
            shown = list(counts.items())[: NAMED + 3]
            told = "  ".join(f"{_facet(facet, value, names)} {count}" for value, count in shown)
            parts.append(f"{facets.get(facet, facet)}: {told}")
    return "\n\n".join(parts) if parts else "没有找到。"


def _hit(number: int, hit: Hit, colour: bool, names: Names) -> str:
    where = " · ".join(
        filter(None, (hit.town or "单位不明", hit.period or "时期不明", names.topic(hit.topic), names.role(hit.role)))
    )
    near = "≈ " if hit.is_near else ""
    return f"{near}{number}. {clean(where)}\n   {_marked(hit, colour)}\n   {clean(hit.source)}{_also(hit)}"


def _also(hit: Hit) -> str:
    copies = f" · 另有 {hit.copies} 段雷同" if hit.copies else ""
    return copies + (f" · 全文 {hit.hits} 段符合" if hit.hits > 1 else "")


def _facet(facet: str, value: str, names: Names) -> str:
    words = {"topic": names.topics, "role": names.roles, "kind": wording.REPORT_KINDS}.get(facet, {})
    return clean(words.get(value, value))


def _marked(hit: Hit, colour: bool) -> str:
    before, after = (BRIGHT, PLAIN) if colour else ("【", "】")
    parts, at = [], 0
    for mark in hit.marks:
        parts += [clean(hit.text[at : mark.start]), before, clean(mark.of(hit.text)), after]
        at = mark.end
    return "".join([*parts, clean(hit.text[at:])])


def hit_row(hit: Hit) -> dict[str, Any]:
    """A hit for machines; ``marks`` are [start, end) pairs in ``text``."""
    return {
        "paragraph": hit.paragraph, "source": hit.source, "town": hit.town, "period": hit.period, "title": hit.title,
        "role": hit.role, "topic": hit.topic, "text": hit.text, "marks": [[mark.start, mark.end] for mark in hit.marks],
        "score": hit.score, "copies": hit.copies, "hits": hit.hits, "number": hit.number,
    }  # fmt: skip


def scores(told: Mapping[str, Any]) -> str:
    """The figures of a measurement: first what is counted, then a table, then the commonest confusions."""
    rows: list[list[object]] = [
        [name, f"{told[key]['precision']:.3f}", f"{told[key]['recall']:.3f}", f"{told[key]['f1']:.3f}"]
        for key, name in (("span", "位置"), ("whole", "整条"), ("honours", "荣誉"))
    ]
    fields = [[name, f"{value:.3f}"] for name, value in told["fields"].items()]
    parts = [
        f"段落 {told['paragraphs']} (没有预测的 {told['paragraphs_missing']}), 标注 {told['facts_gold']} 条, "
        f"预测 {told['facts_said']} 条",
        table(["", "准确率", "召回率", "F1"], rows),
        table(["字段", "正确率"], fields),
    ]
    parts += [_axis_scores(name, told[axis]) for axis, name in (("role", "角色"), ("topic", "类别"))]
    return "\n\n".join(parts)


def _axis_scores(name: str, own: Mapping[str, Any]) -> str:
    """One axis: the figures of all, a line for each label, how honest the scores are, what is confused."""
    low, high = own["interval"]
    ninety = own["at_coverage_0.9"]
    lines = [
        f"{name}: 正确率 {own['accuracy']:.3f} (95% {low:.3f}–{high:.3f}), 宏平均 F1 {own['macro_f1']:.3f}",
        f"  有把握的{_sure(own['sure'])}; 最有把握的九成正确 {'—' if ninety is None else f'{ninety:.3f}'}",
    ]
    heads = ["标签", "准确率", "95%", "召回率", "95%", "F1", "段数", "有把握的"]
    rows: list[list[object]] = [
        [label, f"{each['precision']:.3f}", _between(each["precision_interval"]), f"{each['recall']:.3f}",
         _between(each["recall_interval"]), f"{each['f1']:.3f}", each["support"], _sure(each["sure"])]
        for label, each in own["labels"].items()
    ]  # fmt: skip
    bins = own["calibration"]["bins"]
    honest = "  ".join(f"{each['score']:.2f}→{each['right']:.2f} ({each['count']})" for each in bins)
    confused = "  ".join(f"{pair} {count}" for pair, count in own["confusions"].items())
    error = f"  校准误差 {own['calibration']['error']:.3f}; 分数→实际正确 (段数): {honest or '无'}"
    return "\n".join([*lines, table(heads, rows), error, f"  易混: {confused or '无'}"])


def _sure(told: Mapping[str, Any]) -> str:
    right = "—" if told["accuracy"] is None else f"{told['accuracy']:.3f}"
    return f"占 {told['coverage']:.2f} 正确 {right}"


def _between(ends: Sequence[float]) -> str:
    return f"{ends[0]:.2f}–{ends[1]:.2f}"
