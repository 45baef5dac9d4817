"""The page's ledger: what each town promised, what its next report says of it, both sentences one click away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from pipeline.ask.ledger import FATES, Entry, Fate, Ledger
from pipeline.ask.problems import Repeated
from pipeline.show import charts
from pipeline.show.ledger_text import FATE_WORDS, answer, kept, promised
from pipeline.show.markup import Markup, escape, tag

COLOURS: dict[Fate, str] = {
    "missed": "s-failed",
    "doubtful": "s-partial",
    "not_mentioned": "s-skipped",
    "kept": "t0",
    "exceeded": "s-ok",
}
HEADS = ("结果", "事项", "所定", "下期报告")


def section(told: Ledger) -> Markup | None:
    """The section, or None when no report promised a number."""
    due = told.due
    if not told.entries:
        return None
    pending = len(told.entries) - len(due)
    note = (
        "上期报告里定下的数, 与同一单位下期报告里的数按区间比较; “没有提到”不等于没有做。"
        + (f"另有 {pending} 条还没有下期报告。" if pending else "")
    )  # fmt: skip
    towns = [_town(name, list(group)) for name, group in groupby(due, key=lambda entry: entry.promise.town)]
    return tag(
        "section", tag("h2", "承诺与结果", id="ledger"), tag("p", note, class_="note"),
        *([tag("p", kept(due)), bar(due), legend(due)] if due else []),
        *towns, _problems(told.problems),
    )  # fmt: skip


def bar(entries: Sequence[Entry]) -> Markup:
    """The shares of the fates."""
    count = Counter(entry.fate for entry in entries)
    shown = [fate for fate in FATES if count[fate]]
    words = "、".join(f"{FATE_WORDS[fate]} {count[fate]} 条" for fate in shown)
    return charts.shares(
        [(COLOURS[fate], FATE_WORDS[fate], count[fate] / len(entries)) for fate in shown], f"承诺按结果: {words}"
    )


def legend(entries: Sequence[Entry]) -> Markup:
    """The fates with their colours and counts."""
    count = Counter(entry.fate for entry in entries)
    swatch = '<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="{}" width="10" height="10"/></svg>'
    items = [
        tag("li", Markup(swatch.format(COLOURS[fate])), f"{FATE_WORDS[fate]} {count[fate]}")
        for fate in FATES
        if count[fate]
    ]
    return tag("ul", *items, class_="legend")


def _town(name: str, entries: list[Entry]) -> Markup:
    count = Counter(entry.fate for entry in entries)
    words = "、".join(f"{FATE_WORDS[fate]} {count[fate]}" for fate in FATES if count[fate])
    return tag(
        "details",
        tag("summary", tag("h3", name), bar(entries), tag("span", kept(entries)), tag("span", words)),
        tag("div", table(entries), class_="scroll"), class_="town promised",
    )  # fmt: skip


def table(entries: Sequence[Entry], is_open: bool = False) -> Markup:
    """A row for every promise, by the time in which it was made; ``is_open`` shows the sentences at once."""
    heads = "".join(f'<th scope="col">{word}</th>' for word in HEADS)
    parts = []
    for made, group in groupby(entries, key=lambda entry: entry.promise.made):
        parts.append(f'<tr class="topic"><th scope="rowgroup" colspan="4">{made.label}所定</th></tr>')
        parts += [_row(entry, is_open) for entry in group]
    return Markup(
        f'<table class="rare ledger{" full" if is_open else ""}"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(parts)}</tbody></table>"
    )


def _row(entry: Entry, is_open: bool) -> str:
    own = entry.promise
    told = _said(answer(entry), [each.sentence for each in entry.answers], is_open) if entry.answers else "—"
    mark = ' class="doubt"' if entry.fate in ("missed", "doubtful") else ""
    why = f"<br><small>{escape(entry.reason)}</small>" if entry.reason and is_open else ""
    title = f' title="{escape(entry.reason)}"' if entry.reason and not is_open else ""
    return (
        f'<tr><td{mark}{title}>{FATE_WORDS[entry.fate]}{why}</td><th scope="row">{escape(own.thing)}</th>'
        f"<td>{_said(promised(entry), [own.fact.sentence], is_open)}</td><td>{told}</td></tr>"
    )


def _said(number: str, sentences: Sequence[str], is_open: bool) -> str:
    said = "".join(f"<p>{escape(each)}</p>" for each in dict.fromkeys(sentences))
    if is_open:
        return f"<b>{escape(number)}</b>{said}"
    return f"<details><summary>{escape(number)}</summary>{said}</details>"


def _problems(found: Sequence[Repeated]) -> Markup | None:
    if not found:
        return None
    parts = [
        tag("div", tag("h4", town), repeated(list(group)), class_="again")
        for town, group in groupby(found, key=lambda each: each.town)
    ]
    return tag("div", tag("h3", f"下期报告里又写到的问题 {len(found)} 条"), *parts)


def repeated(found: Sequence[Repeated]) -> Markup:
    """Problems named again; the second wording only where it differs."""
    items = [
        tag(
            "li", tag("b", f"{each.before.label}、{each.after.label}"), f" {each.first}",
            tag("div", "一字不差" if each.first == each.again else f"后来写作: {each.again}", class_="note"),
        )
        for each in found
    ]  # fmt: skip
    return tag("ul", *items, class_="problems")
