"""Numbers that cannot all be right: within the draft, and against what was reported before."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.ask import intervals
from pipeline.ask.draft import Draft, Number, Part
from pipeline.ask.finding import Cited, Finding
from pipeline.ask.intervals import Interval
from pipeline.model import Span

_PARTS = re.compile(r"(?:其中|包括|分别)")
_PART_MARK = re.compile(
    r"其中|包括|分别|新增|同比|比|较|另|人均|平均|每|每[个名户村]|(?:上|去)年|同期|中央级?|国家级|省级?|市级?|县级?|镇级|以上|片区|各村|社区|次日|期间|日|月"
)
_GROWTH = re.compile(
    r"由([^，。；]{0,16}?)(?:增至|增加到|上升到|提高到|增长到|上升至|增加至|提高至|扩大到|壮大到|发展到|降至|下降到|减至|减少到|升至)"
)
_RATE = re.compile(
    r"[，,、（]?(?:同比|实际|净|共)?(?:增长|增加|增幅|上升|提升|提高|下降|减少|降低|降幅|翻了?)(?:了|达|为|到)?"
)
_OF_ALL = re.compile("共|累计|总计|合计|全年|上半年|下半年|半年|全镇|全乡|全街道|全区|现有|目前|以来")
_SUM_ROW = re.compile(r"^\s*(?:合\s*计|总\s*计|全镇合计)")
_BASE = re.compile(r"(?:去年|上年)(?:同期|上半年|下半年|全年)?|同期")


def find(base: sqlite3.Connection, draft: Draft) -> Iterator[Finding]:
    """Parts above their sum, rates that do not follow, two values of one thing, and a past value told otherwise."""
    for n, part in enumerate(draft.parts):
        yield from _sums(n, part)
        yield from _rates(n, part)
    yield from _tables(draft)
    yield from _twice(draft)
    yield from _before(base, draft)


def interval(number: Number) -> Interval:
    """A draft's number as an interval."""
    return intervals.of(
        None if number.low is None else str(number.low),
        None if number.high is None else str(number.high),
        number.approx,
    )


def _sums(n: int, part: Part) -> Iterator[Finding]:
    """``投稿50篇，其中省级20篇、市级40篇``: the parts together are more than the whole."""
    if part.cells:
        return
    for match in _PARTS.finditer(part.text):
        if match[0] == "分别":
            continue
        ends = [at for at in (part.text.find(sign, match.end()) for sign in "。；;") if at >= 0]
        end = min(ends, default=len(part.text))
        before = [x for x in part.numbers if x.span.end <= match.start() and x.kind in ("achieved", "target") and not re.search("[。；;]", part.text[x.span.end : match.start()])  # noqa: E501
                  and x.per is None and part.text[max(0, x.span.start - 1) : x.span.start] != "均"]  # fmt: skip
        parts: list[Number] = []
        for x in part.numbers:
            if match.end() <= x.span.start < end and x.kind in ("achieved", "target"):
                lead = part.text[parts[-1].span.end if parts else match.end() : x.span.start]
                if re.search(r"总|共|累计|另|此外|同时|较|比|增|均|人次|开展|举办|组织|新[增建]|办结|完成", lead):
                    break
                if (
                    parts
                    and re.search("[，,]", lead)
                    and (len(lead) > 14 or "、" in part.text[parts[0].span.start : parts[-1].span.end])
                ):
                    break
                parts.append(x)
        whole = next(
            (x for x in reversed(before) if parts and x.unit == parts[0].unit and x.kind == parts[0].kind), None
        )
        if whole is None or not parts or match.start() - whole.span.end > 16:
            continue
        parts = [x for x in parts if x.unit == whole.unit]
        total = intervals.total(interval(x) for x in parts)
        if intervals.is_above(total, interval(whole)):
            told = "+".join(x.text for x in parts)
            span = Span(whole.span.start, parts[-1].span.end)
            yield Finding("number", "severe", n, span, span.of(part.text), f"分项 {told} 合计超过总数 {whole.text}")
        elif _is_complete(part.text, parts, end) and intervals.is_above(interval(whole), total) and len(parts) > 1:
            told = "+".join(x.text for x in parts)
            span = Span(whole.span.start, parts[-1].span.end)
            yield Finding(
                "number", "note", n, span, span.of(part.text), f"分项 {told} 合计不到总数 {whole.text}, 请核对是否列全"
            )


def _is_complete(text: str, parts: Sequence[Number], end: int) -> bool:
    return len(parts) > 1 and not re.search("等|余|多", text[parts[0].span.start : end])


def _rates(n: int, part: Part) -> Iterator[Finding]:
    """``由40篇增至50篇，增长30%``: the rate does not follow from the two values."""
    numbers = part.numbers
    for at, old in enumerate(numbers[:-1]):
        new = numbers[at + 1]
        lead = part.text[max(0, old.span.start - 8) : new.span.start]
        if not (
            old.unit == new.unit
            and re.search(r"由|从", lead)
            and re.search(r"增|升|提高|扩大|壮大|发展到|降|减", part.text[old.span.end : new.span.start])
        ):
            continue
        if new.span.start - old.span.end > 10:
            continue
        for rate in numbers[at + 2 : at + 3]:
            between = part.text[new.span.end : rate.span.start]
            if rate.span.start - new.span.end > 12 or "。" in between or not _RATE.fullmatch(between):
                continue
            rise = intervals.growth(interval(new), interval(old))
            if rate.unit == "%" and rise is not None and old.unit != "%":
                wanted = _loosened(_size(rise), Decimal("1.5"))
            elif rate.unit in (new.unit, "百分点"):
                wanted = _size(intervals.difference(interval(new), interval(old)))
                wanted = _loosened(wanted, Decimal("0.11")) if rate.unit == "百分点" else wanted
            else:
                continue
            if not intervals.are_consistent(wanted, interval(rate)):
                span = Span(old.span.start, rate.span.end)
                yield Finding(
                    "number", "severe", n, span, span.of(part.text), f"由 {old.text} 到 {new.text}, 得不出 {rate.text}"
                )


def _size(value: Interval) -> Interval:
    """How far apart, whichever way."""
    if value.high is not None and value.high < 0 and value.low is not None:
        return Interval(-value.high, -value.low, value.high_open, value.low_open)
    return value


def _loosened(value: Interval, by: Decimal) -> Interval:
    return Interval(None if value.low is None else value.low - by, None if value.high is None else value.high + by)


def _tables(draft: Draft) -> Iterator[Finding]:
    """A row of sums that is not the sum, a rate that is not done / planned."""
    rows: list[tuple[int, list[Decimal | None]]] = []
    for n, part in enumerate(_with_cells(draft.parts)):
        if not part.cells:
            rows = []
            continue
        values = [_cell(cell.of(part.text)) for cell in part.cells]
        listed = re.search(r"(\d+)个", part.text)
        whole = not listed or int(listed[1]) == len(rows)  # 合计 16个村: the table shows some of them
        if _SUM_ROW.search(part.text) and whole and len(rows) > 1:
            for column, value in enumerate(values):
                above = [row[column] for _, row in rows if column < len(row)]
                if (
                    value is None
                    or not all(x is not None for x in above)
                    or "率" in _head(part, column)
                    or "%" in _head(part, column)
                ):
                    continue
                total = sum((x for x in above if x is not None), Decimal(0))
                if total != value:
                    yield Finding(
                        "number",
                        "severe",
                        n,
                        part.cells[column],
                        part.cells[column].of(part.text),
                        f"合计应为 {total}, 表中是 {value}",
                    )
        elif any(value is not None for value in values):
            rows.append((n, values))
        yield from _row_rate(n, part, values)


def _with_cells(parts: Sequence[Part]) -> Iterator[Part]:
    """Parts with their cells; lines of a plain text that TABs divide are rows too, the first of them the head."""
    head: tuple[str, ...] = ()
    for part in parts:
        if part.cells or "\t" not in part.text:
            head = ()
            yield part
            continue
        spans, at = [], 0
        for cell in part.text.split("\t"):
            spans.append(Span(at, at + len(cell)))
            at += len(cell) + 1
        yield replace(part, cells=tuple(spans), head=head)
        head = head or tuple(span.of(part.text) for span in spans)


def _row_rate(n: int, part: Part, values: list[Decimal | None]) -> Iterator[Finding]:
    heads = [_head(part, column) for column in range(len(values))]
    plan = next((c for c, head in enumerate(heads) if re.search("计划|目标|任务数", head) and values[c]), None)
    done = next(
        (
            c
            for c, head in enumerate(heads)
            if re.search("完成(?!率|比)|实际", head) and "率" not in head and values[c] is not None
        ),
        None,
    )
    rate = next(
        (c for c, head in enumerate(heads) if re.search("完成率|占比|完成比例", head) and values[c] is not None), None
    )
    if plan is None or done is None or rate is None:
        return
    planned, real, told = values[plan], values[done], values[rate]
    if planned and real is not None and told is not None and abs(real / planned * 100 - told) > Decimal("1"):
        wanted = (real / planned * 100).quantize(Decimal("0.1"))
        yield Finding(
            "number",
            "severe",
            n,
            part.cells[rate],
            part.cells[rate].of(part.text),
            f"完成 {real}, 计划 {planned}, 完成率应为 {wanted}%",
        )


def _head(part: Part, column: int) -> str:
    return part.head[column] if column < len(part.head) else ""


def _cell(text: str) -> Decimal | None:
    found = re.fullmatch(r"\s*(\d[\d,，]*(?:\.\d+)?)\s*[%％]?\s*", text)
    return Decimal(re.sub("[,，]", "", found[1])) if found else None


def _twice(draft: Draft) -> Iterator[Finding]:
    """One thing of one indicator told with two values: only plain statements of the whole are compared."""
    said: dict[tuple[object, ...], list[tuple[int, Number]]] = defaultdict(list)
    for n, part in enumerate(draft.parts):
        if part.cells:
            continue
        for x in part.numbers:
            if (
                x.indicator
                and x.kind == "achieved"
                and x.scope == "town"
                and x.per is None
                and not x.own_time
                and not _is_part(part, x)
            ):
                said[x.indicator, x.dimensions, x.unit, _core(x.object)].append((n, x))
    for told in said.values():
        for at, (n, one) in enumerate(told):
            for m, other in told[:at]:
                if m != n and not intervals.are_consistent(interval(one), interval(other)):
                    where = draft.parts[m].text[max(0, other.span.start - 14) : other.span.end]
                    yield Finding(
                        "number",
                        "severe",
                        n,
                        one.span,
                        draft.parts[n].text[max(0, one.span.start - 8) : one.span.end],
                        f"同一事项前文说“{where}”, 这里是 {one.text}",
                    )
                    break


def _core(phrase: str) -> str:
    """What is counted, without modifiers that say nothing."""
    return re.sub(r"^(?:各类|各种|全镇|全街道|全乡|新闻|宣传|共|累计|的|对外)+|(?:活动|工作|稿件|数量)$", "", phrase)


def _is_part(part: Part, x: Number) -> bool:
    """Is the number said of a part, another time or by way of comparison?"""
    start = max(part.text.rfind(sign, 0, x.span.start) for sign in "。；") + 1
    clause = max(part.text.rfind(sign, 0, x.span.start) for sign in "，。；：、") + 1
    lead = part.text[start : x.span.start]
    if len(lead) > 10 and not _OF_ALL.search(lead):
        return True
    if re.search("村|社区|小区|组|院|校|片", lead):
        return True
    return bool(
        _PARTS.search(lead)
        or _PART_MARK.search(part.text[clause : x.span.start])
        or _PART_MARK.search(part.text[x.span.end : x.span.end + 3])
    )


def _before(base: sqlite3.Connection, draft: Draft) -> Iterator[Finding]:
    """``去年同期12篇`` or ``由12篇增至20篇``, where last year's report says another number."""
    if not (draft.town and draft.start and draft.end):
        return
    start, end = f"{int(draft.start[:4]) - 1}{draft.start[4:]}", f"{int(draft.end[:4]) - 1}{draft.end[4:]}"
    rows = base.execute(
        "SELECT f.indicator, f.dimensions, f.low_text || 'E0', f.high_text || 'E0', f.approx, f.text, f.unit, p.id, p.source, r.town, r.period_label, f.sentence"  # noqa: E501
        " FROM fact f JOIN paragraph p ON p.id = f.paragraph JOIN report r ON r.id = f.report WHERE r.state = 'current' AND r.town = ?"  # noqa: E501
        " AND r.period_start = ? AND r.period_end = ? AND f.kind = 'achieved' AND f.scope = 'town' AND f.indicator IS NOT NULL AND f.per IS NULL",  # noqa: E501
        (draft.town, start, end),
    ).fetchall()
    reported: dict[tuple[str, str, str], list[tuple[str, ...]]] = defaultdict(list)
    for row in rows:
        reported[row[0], row[1], row[6]].append(tuple(row))
    for n, part in enumerate(draft.parts):
        for x in part.numbers:
            if (
                x.kind != "baseline"
                or not x.indicator
                or not _BASE.search(part.text[max(0, x.span.start - 14) : x.span.start])
            ):
                continue
            known = reported.get((x.indicator, ";".join(f"{a}={b}" for a, b in x.dimensions), x.unit), [])
            if known and not any(
                intervals.are_consistent(interval(x), intervals.of(row[2], row[3], str(row[4]))) for row in known
            ):
                row = known[0]
                cited = Cited(str(row[7]), str(row[8]), str(row[9]), str(row[10]), str(row[11]))
                yield Finding(
                    "number",
                    "warning",
                    n,
                    x.span,
                    part.text[max(0, x.span.start - 8) : x.span.end],
                    f"上年同期的报告说是 {row[5]}",
                    cited,
                )
