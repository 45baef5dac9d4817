"""A comparison as a page of its own: the blocks of the run's page, then the sentences behind them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from pathlib import Path

from pipeline.ask import labels
from pipeline.ask.compare import Comparison
from pipeline.ask.reporters import reporters
from pipeline.show import report_compare, report_html, report_towns
from pipeline.show.markup import Markup, tag
from pipeline.show.whole import replaced
from pipeline.store import fetch


def write(base: sqlite3.Connection, told: Comparison, path: Path) -> None:
    """Write the page; the old file is there until the new one is whole."""
    text = page(base, told)
    with replaced(path) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")


def page(base: sqlite3.Connection, told: Comparison) -> str:
    """The page as HTML; only the sentences that a cell rests on."""
    times = report_compare.columns(told) or told.periods
    shown = report_compare.blocks(told, times, labels.names(base))
    wanted = report_compare.cited(shown)
    rows = fetch.reports(base)
    who = reporters(rows)
    made = report_towns.entries([fact for fact in fetch.facts(base) if fact.id in wanted], wanted, who)
    names = {row.id: row.name for row in fetch.indicators(base)}
    title = f"{len(told.towns)} 个单位指标对照"
    head = tag("header", tag("h1", title), tag("p", "每个数字都能点回原句; 没有写到的标为“未报”。", class_="lead"))
    grouped = defaultdict(list)
    for row in rows:
        if row.id in made and row.id in who:
            grouped[who[row.id].name].append(row)
    sentences = [report_towns.town_html(name, own, made, (), names) for name, own in grouped.items()]
    body = tag(
        "main", report_html.compared(told, shown, times, report_towns.places(made)),
        tag("section", tag("h2", "原句", id="towns"), *sentences), id="main",
    )  # fmt: skip
    return report_html.whole(title, [head, body, Markup("")])
