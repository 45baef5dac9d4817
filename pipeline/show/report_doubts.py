"""The page's numbers to check: for the office that asks back, neither printed nor in what is passed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from pipeline.ask.mismatch import Mismatch
from pipeline.show import wording
from pipeline.show.doubts_text import sides
from pipeline.show.markup import Markup, tag
from pipeline.store.fetch import FactRow

MOST = 6  # findings of a town, the gravest; the workbook has them all
NOTE = (
    "同一件事前后说法、分项与合计、分期与全期、所说增幅与往期所报不合, 或高得不像、与别处雷同的数。"
    "不等于有错, 请对照原句。本节只供核对: 打印时不印, compare --out 写的文件里也没有。"
)


def section(found: Sequence[Mismatch], places: Mapping[str, str]) -> Markup | None:
    """The section, town by town, or None when there is nothing to ask; ``places`` is where sentences stand."""
    asked = [each for each in found if each.sort != "restated"]
    if not asked:
        return None
    parts = [_town(town, list(group), places) for town, group in groupby(asked, key=lambda each: each.town)]
    return tag("section", tag("h2", "待核实", id="doubts"), tag("p", NOTE, class_="note"), *parts, class_="office")


def _town(town: str, found: Sequence[Mismatch], places: Mapping[str, str]) -> Markup:
    rest = len(found) - MOST
    more = f"另有 {rest} 处, 见台账: zongjie ledger --out 台账.xlsx" if rest > 0 else None
    items = [_finding(each, places) for each in found[:MOST]]
    note = tag("p", more, class_="note") if more else None
    return tag("div", tag("h3", f"{town} {len(found)} 处"), tag("ul", *items, class_="problems"), note)


def _finding(each: Mismatch, places: Mapping[str, str]) -> Markup:
    thing = wording.thing(each.indicator, each.dimensions)
    return tag(
        "li",
        tag("b", f"{each.time.label} {thing}"), f" {wording.DOUBTS[each.sort]}: {each.reason}",
        tag("ul", *(tag("li", _period(fact, places), fact.sentence) for fact in sides(each))),
    )  # fmt: skip


def _period(fact: FactRow, places: Mapping[str, str]) -> Markup:
    told = f"{fact.period_label or '时期不明'}: "
    place = places.get(fact.id)
    return tag("a", told, href=f"#{place}") if place else tag("span", told)
