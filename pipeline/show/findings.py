"""The check of a draft on one page, as rows for machines, and as remarks to be written beside its paragraphs."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipeline.ask.borrowed import ORIGINS
from pipeline.ask.check import Checked
from pipeline.ask.finding import SEVERITIES, Finding
from pipeline.show.columns import clean
from pipeline.show.comments import Remark

SEVERITY_NAMES = {"severe": "严重", "warning": "注意", "note": "提示"}
KIND_NAMES = {
    "copied": "雷同", "place": "地名", "person": "人名", "year": "年份", "expired": "过时说法", "number": "数字",
    "missing": "缺漏", "scar": "残留", "leftover": "文件残留", "length": "字数",
}  # fmt: skip
ORIGIN_NAMES = {"own": "本单位以往", "town": "其他乡镇", "superior": "上级文件", "common": "通用套话"}
COLOURS = {"severe": "\x1b[1;31m", "warning": "\x1b[1;33m", "note": "\x1b[2m"}
PLAIN = "\x1b[0m"
_QUOTE = 60  # characters of a quotation on the page


def page(checked: Checked, colour: bool = False) -> str:
    """Findings by severity, then what is borrowed and what is new."""
    draft = checked.draft
    counts = Counter(each.severity for each in checked.findings)
    told = "、".join(f"{SEVERITY_NAMES[name]} {counts[name]}" for name in SEVERITIES if counts[name]) or "没有发现问题"
    whose = " · ".join(
        filter(None, (draft.town or "单位不明", f"{draft.start} 至 {draft.end}" if draft.end else "时期不明"))
    )
    parts = [f"{clean(draft.name)}  {clean(whose)}\n{told}"]
    for severity in SEVERITIES:
        lines = [_line(checked, each, colour) for each in checked.findings if each.severity == severity]
        if lines:
            parts.append("\n".join(lines))
    whole = checked.whole
    if whole.characters:
        by = "、".join(
            f"{ORIGIN_NAMES[origin]} {_percent(whole.masked[origin], whole.characters)}"
            for origin in ORIGINS
            if whole.masked[origin]
        )
        kept = _percent(whole.kept, whole.characters)
        parts.append(
            f"沿用文字 {_percent(sum(whole.masked.values()), whole.characters)} (数字不论){f': {by}' if by else ''}; 连数字也相同 {kept}"  # noqa: E501
        )
    if checked.fresh:
        parts.append(f"新出现的数据: {'、'.join(checked.fresh)}")
    if checked.same_time:
        parts.append(f"数据集里已有本单位同一时期的报告, 没有拿来对比: {'、'.join(map(clean, checked.same_time))}")
    return "\n\n".join(parts)


def _percent(part: int, whole: int) -> str:
    return f"{part / whole * 100:.0f}%"


def _line(checked: Checked, each: Finding, colour: bool) -> str:
    before, after = (COLOURS[each.severity], PLAIN) if colour else ("", "")
    place = f"第 {checked.draft.parts[each.part].line + 1} 段" if each.part >= 0 else "全文"
    quote = clean(each.quote)
    quote = quote if len(quote) <= _QUOTE else quote[: _QUOTE // 2] + "……" + quote[-_QUOTE // 2 :]
    said = "" if each.part < 0 and each.quote in each.reason else f" 「{quote}」"
    told = (
        f"{before}[{SEVERITY_NAMES[each.severity]}·{KIND_NAMES[each.kind]}]{after} {place}{said} {clean(each.reason)}"
    )
    if each.cited:
        told += f"\n    出处: {clean(each.cited.source)}: {clean(each.cited.text, 120)}"
    return told


def rows(checked: Checked) -> list[dict[str, Any]]:
    """A row a finding, then one of the borrowed shares."""
    found = [
        {
            "kind": each.kind, "severity": each.severity,
            "paragraph": checked.draft.parts[each.part].line if each.part >= 0 else None,
            "start": each.span.start, "end": each.span.end, "quote": each.quote, "reason": each.reason,
            "source": each.cited.source if each.cited else None, "town": each.cited.town if each.cited else None,
            "period": each.cited.period if each.cited else None, "text": each.cited.text if each.cited else None,
        }
        for each in checked.findings
    ]  # fmt: skip
    whole = checked.whole
    return [*found, {"kind": "borrowed", "characters": whole.characters, "masked": whole.masked, "kept": whole.kept,
                     "fresh": list(checked.fresh)}]  # fmt: skip


def remarks(checked: Checked) -> list[Remark]:
    """A comment a finding; those about the whole draft stand at its first paragraph."""
    made = []
    for each in checked.findings:
        where = f"\n出处: {each.cited.source}: {each.cited.text}" if each.cited else ""
        line = checked.draft.parts[max(each.part, 0)].line
        made.append(
            Remark(
                line,
                each.quote if each.part >= 0 else "",
                f"[{SEVERITY_NAMES[each.severity]}·{KIND_NAMES[each.kind]}] {each.reason}{where}",
            )
        )
    return made
