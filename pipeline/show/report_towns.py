"""The page's last part: for every town its reports and facts, each sentence one click away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from pipeline.ask.cells import dimensions
from pipeline.ask.reporters import Reporter
from pipeline.show import wording
from pipeline.show.markup import Markup, escape, tag
from pipeline.store.fetch import FactRow, ReportRow

SENTENCES = 2600  # on the whole page, unless tables point at more: under two megabytes
LEAST = 40  # of every town, however many towns there are
LONG = 320  # characters of a sentence; table rows and run-on sentences are cut around their numbers
OBJECT = 16  # characters of an object
NAMED = 4  # numbers that an entry names before it is opened
_OFFSET = attrgetter("offset")


class Entry(NamedTuple):
    """One sentence of a report with its facts; ``place`` is its id on the page."""

    place: str
    report: str
    facts: tuple[FactRow, ...]


def entries(facts: Iterable[FactRow], wanted: set[str], who: Mapping[str, Reporter]) -> dict[str, list[Entry]]:
    """Report → its entries in the order of the text. What tables point at comes first, then what an indicator knows."""
    grouped: dict[tuple[str, int, str], list[FactRow]] = {}
    for fact in facts:
        grouped.setdefault((fact.report, fact.paragraph, fact.sentence), []).append(fact)
    towns = {town.name for town in who.values()}
    share = max(LEAST, SENTENCES // max(1, len(towns)))
    by_town: dict[str, list[tuple[int, int]]] = {}
    every = list(grouped.items())
    for n, ((report, _, _), found) in enumerate(every):
        # a table points only at what an indicator knows
        known = [fact.id for fact in found if fact.indicator]
        worth = 2 if not known else 1 if wanted.isdisjoint(known) else 0
        by_town.setdefault(who[report].name if report in who else "", []).append((worth, n))
    kept = sorted(
        n for found in by_town.values() for place, (worth, n) in enumerate(sorted(found)) if place < share or worth == 0
    )
    made: dict[str, list[Entry]] = {}
    for number, n in enumerate(kept):
        (report, _, _), rows = every[n]
        made.setdefault(report, []).append(Entry(f"s{number}", report, tuple(rows)))
    return made


def places(made: Mapping[str, Sequence[Entry]]) -> dict[str, str]:
    """Fact → where its sentence stands on the page."""
    return {fact.id: entry.place for own in made.values() for entry in own for fact in entry.facts}


def town_html(
    name: str,
    reports: Sequence[ReportRow],
    made: Mapping[str, Sequence[Entry]],
    silent: Sequence[str],
    names: Mapping[str, str],
) -> Markup:
    """One town: its reports one after the other."""
    count = sum(row.facts for row in reports)
    inner: list[object] = [
        tag("summary", tag("h3", name), tag("span", f"{len(reports)} 份报告"), tag("span", f"{count} 条数字"),
            tag("span", f"最近一期未报而半数以上单位报了的: {'、'.join(silent)}") if silent else None)
    ]  # fmt: skip
    for row in reports:
        own = made.get(row.id, ())
        title = row.title or row.source.rsplit("/", 1)[-1]
        told = f"{row.period_label or '时期不明'} · {wording.REPORT_KINDS.get(row.kind, row.kind)} · {row.source}"
        shown = sum(len(entry.facts) for entry in own)
        rest = f"另有 {row.facts - shown} 条数字在 facts.xlsx 里" if row.facts > shown else None
        inner += [
            tag("h4", title), tag("p", told, class_="note"),
            Markup(f'<div class="facts">{"".join([_entry(entry, names) for entry in own])}</div>'),
            tag("p", rest, class_="note") if rest else None,
        ]  # fmt: skip
    return tag("details", *inner, class_="town")


def _entry(entry: Entry, names: Mapping[str, str]) -> str:
    told = []
    for fact in entry.facts[:NAMED]:
        kind = "" if fact.kind == "achieved" else f"<i>{wording.KINDS.get(fact.kind, fact.kind)}</i>"
        told.append(f"{kind}{escape(_thing(fact, names))} <b>{escape(fact.text)}</b>")
    if len(entry.facts) > NAMED:
        told.append(f"等 {len(entry.facts)} 个数字")
    return (
        f'<details id="{entry.place}"><summary>{"　".join(told)}</summary><p>{_marked(entry.facts)}'
        f' <small class="note">第 {entry.facts[0].paragraph + 1} 段</small></p></details>'
    )


def _thing(fact: FactRow, names: Mapping[str, str]) -> str:
    """The indicator's name with the level, or else the object as written."""
    if not fact.indicator or fact.indicator not in names:
        return fact.object[:OBJECT]
    level = _level(fact.dimensions) if fact.dimensions else ""
    return f"{names[fact.indicator]}·{level}" if level else names[fact.indicator]


@lru_cache(maxsize=1024)
def _level(stored: str) -> str:
    return wording.dimensions(tuple(pair for pair in dimensions(stored) if pair[0] != "stage"))


def _marked(facts: Sequence[FactRow]) -> str:
    """The sentence with its numbers marked."""
    sentence = facts[0].sentence
    parts, at = [], 0
    for fact in sorted(facts, key=_OFFSET) if len(facts) > 1 else facts:
        start = fact.offset
        if start < at or sentence[start : start + len(fact.text)] != fact.text:
            start = sentence.find(fact.text, at)
            if start < 0:
                continue
        parts += [_short(sentence[at:start]), f"<mark>{escape(fact.text)}</mark>"]
        at = start + len(fact.text)
    return "".join([*parts, _short(sentence[at:])])


def _short(text: str) -> str:
    return escape(text if len(text) <= LONG else f"{text[: LONG // 2]} … {text[-LONG // 2 :]}")
