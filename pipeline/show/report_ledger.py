"""The page's ledger: what each town promised, what its next report says of it, both sentences one click away."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from pipeline.ask.ledger import FATES, Entry, Ledger
from pipeline.show import charts
from pipeline.show.ledger_text import FATE_WORDS, answer
from pipeline.show.markup import Markup, escape, tag

COLOURS = {
    "missed": "s-failed",
    "doubtful": "s-partial",
    "not_mentioned": "s-skipped",
    "kept": "t0",
    "exceeded": "s-ok",
}


def section(told: Ledger) -> Markup | None:
    """The section, or None when no report promised a number."""
    due = [entry for entry in told.entries if entry.fate != "no_report"]
    if not told.entries:
        return None
    count = Counter(entry.fate for entry in due)
    shown = [fate for fate in FATES if count[fate]]
    parts = [(COLOURS[fate], FATE_WORDS[fate], count[fate] / len(due)) for fate in shown]
    legend = [
        tag("li", Markup(f'<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="{COLOURS[fate]}" width="10"'
                         ' height="10"/></svg>'), f"{FATE_WORDS[fate]} {count[fate]}")
        for fate in shown
    ]  # fmt: skip
    pending = len(told.entries) - len(due)
    note = (
        "上期报告里定下的数, 与同一单位下期报告里的数按区间比较; “没有提到”不等于没有做。"
        + (f"另有 {pending} 条还没有下期报告。" if pending else "")
    )  # fmt: skip
    words = "、".join(f"{FATE_WORDS[fate]} {count[fate]} 条" for fate in shown)
    towns = [_town(name, list(group)) for name, group in groupby(due, key=lambda entry: entry.promise.town)]
    return tag(
        "section", tag("h2", "承诺与结果", id="ledger"), tag("p", note, class_="note"),
        charts.shares(parts, f"承诺按结果: {words}") if due else None, tag("ul", *legend, class_="legend"),
        *towns, _problems(told),
    )  # fmt: skip


def _town(name: str, entries: list[Entry]) -> Markup:
    count = Counter(entry.fate for entry in entries)
    words = "、".join(f"{FATE_WORDS[fate]} {count[fate]}" for fate in FATES if count[fate])
    heads = "".join(f'<th scope="col">{word}</th>' for word in ("结果", "事项", "所定", "下期报告"))
    parts = []
    for made, group in groupby(entries, key=lambda entry: entry.promise.made):
        parts.append(f'<tr class="topic"><th scope="rowgroup" colspan="4">{made.label}所定</th></tr>')
        parts += [_row(entry) for entry in group]
    table = Markup(f'<table class="rare ledger"><thead><tr>{heads}</tr></thead><tbody>{"".join(parts)}</tbody></table>')
    return tag(
        "details", tag("summary", tag("h3", name), tag("span", words)), tag("div", table, class_="scroll"),
        class_="town",
    )  # fmt: skip


def _row(entry: Entry) -> str:
    own = entry.promise
    said = "".join(f"<p>{escape(each.sentence)}</p>" for each in entry.answers)
    told = f"<details><summary>{escape(answer(entry))}</summary>{said}</details>" if said else "—"
    mark = ' class="doubt"' if entry.fate in ("missed", "doubtful") else ""
    why = f' title="{escape(entry.reason)}"' if entry.reason else ""
    return (
        f'<tr><td{mark}{why}>{FATE_WORDS[entry.fate]}</td><th scope="row">{escape(own.thing)}</th>'
        f"<td><details><summary>{escape(own.fact.text)}</summary>"
        f"<p>{escape(own.fact.sentence)}</p></details></td><td>{told}</td></tr>"
    )


def _problems(told: Ledger) -> Markup | None:
    if not told.problems:
        return None
    items = [tag("li", tag("b", f"{each.town} {each.before.label}、{each.after.label}"), f": {each.first}")
             for each in told.problems]  # fmt: skip
    return tag("div", tag("h3", "再次写到的问题"), tag("ul", *items, class_="problems"))
