"""What a draft borrows: its passages that stand in past reports, told apart by whose they are."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.annotate import copies
from pipeline.ask import nearby
from pipeline.ask.draft import Draft, Part
from pipeline.ask.finding import Cited
from pipeline.ask.nearby import Past
from pipeline.model import Span
from pipeline.store.characters import phrase

Origin = Literal["own", "town", "superior", "common"]
ORIGINS: tuple[Origin, ...] = ("own", "town", "superior", "common")
RUN = 12  # masked characters in a row that count as borrowed; official names are seldom longer
CANDIDATES = 12  # past paragraphs that a sentence is laid beside
SHORTEST = 10  # masked characters of a sentence that is looked up
COMMON = 4  # units (towns, or counties or cities) from which on a passage is a common formula
DOUBTFUL = 20  # masked characters from which on it is asked whether a passage is made of formulas
PHRASE = 9  # signs of a phrase that is sought for that
SET_PHRASE = 6  # masked characters between set phrases that are nobody's: 和, 以及, a number, a name
_RUN = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of a draft's paragraph that stands elsewhere. ``numbers``: how many of its numbers are the same there.

    ``particular`` are the masked characters in it that are no common formula: they stand in fewer than COMMON units.
    """

    part: int
    span: Span
    origin: Origin
    length: int  # masked characters
    cited: Cited
    past: Span  # in the cited paragraph
    numbers: int
    same_numbers: int
    towns: int
    particular: int


@dataclass(frozen=True, slots=True)
class Share:
    """Of a paragraph (or the whole draft): characters, and how many of them stand elsewhere, by origin.

    ``masked`` counts with numbers and names masked, ``kept`` only what is the same with its numbers.
    """

    characters: int
    masked: dict[Origin, int]
    kept: int

    @property
    def borrowed(self) -> float:
        """0…1, numbers masked, whoever's it is."""
        return sum(self.masked.values()) / self.characters if self.characters else 0.0


def passages(base: sqlite3.Connection, draft: Draft, names: frozenset[str], skip: frozenset[str]) -> list[Passage]:
    """Every borrowed run, each from the source that has the longest; ``skip`` are reports that are the draft itself."""
    found: list[Passage] = []
    counted = nearby.telling_words(base, (word for part in draft.parts for word in part.words))
    for n, part in enumerate(draft.parts):
        if part.role == "heading" or part.block in ("row", "residue") or len(part.text) < SHORTEST:
            continue
        found += _of_part(base, n, part, draft, names, skip, counted)
    return found


def _of_part(
    base: sqlite3.Connection,
    n: int,
    part: Part,
    draft: Draft,
    names: frozenset[str],
    skip: frozenset[str],
    counted: Mapping[str, int],
) -> list[Passage]:
    known: dict[int, Past] = {}
    at = 0
    for sentence, words in _sentences(part):
        if len(sentence) >= SHORTEST:
            for each in nearby.sharing(base, words, CANDIDATES, counted):
                if each.report not in skip:
                    known[each.n] = each
        at += len(sentence)
    mine = copies.mask(part.text, names)
    runs: list[tuple[int, int, int, Past]] = []
    for each in known.values():
        theirs = copies.form(each.text, names)
        runs += [
            (length, start, there, each)
            for start, there, length in copies.joined(copies.covered(mine.form, theirs, RUN // 2))
            if length >= RUN
        ]
    towns = _towns(runs)
    taken = bytearray(len(mine.form))
    made: list[Passage] = []
    for length, start, there, each in sorted(runs, key=lambda run: (-run[0], _rank(run[3], draft), run[1], run[3].n)):
        free = [i for i in range(start, start + length) if not taken[i]]
        if len(free) < RUN:
            continue
        first, last = free[0], free[-1] + 1
        for i in free:
            taken[i] = 1
        span = mine.span(first, last)
        there_span = copies.mask(each.text, names).span(there + first - start, there + last - start)
        many = max((len(towns[i]) for i in range(first, last)), default=0)
        particular = sum(len(towns[i]) < COMMON for i in range(first, last))
        own, past_numbers = _numbers(span.of(part.text)), _numbers(there_span.of(each.text))
        same = sum(a == b for a, b in zip(own, past_numbers, strict=False))
        if particular >= DOUBTFUL:
            particular = min(particular, last - first - _in_formulas(base, span.of(part.text)))
        origin: Origin = "common" if particular < SET_PHRASE else _origin(each, draft)
        cited = Cited(each.id, each.source, each.town, each.period, each.text)
        made.append(Passage(n, span, origin, last - first, cited, there_span, len(own), same, many, particular))
    return sorted(made, key=lambda passage: passage.span)


def _sentences(part: Part) -> list[tuple[str, list[str]]]:
    """Sentences with their words."""
    told, at = [], 0
    starts: list[int] = []
    for word in part.words:
        starts.append(at)
        at += len(word)
    for match in _SENTENCE.finditer(part.text):
        told.append(
            (match[0], [w for w, s in zip(part.words, starts, strict=True) if match.start() <= s < match.end()])
        )
    return told


def _towns(runs: Sequence[tuple[int, int, int, Past]]) -> dict[int, set[str]]:
    """For each character of the form: the units that have it in a run."""
    towns: dict[int, set[str]] = {}
    for length, start, _, each in runs:
        for at in range(start, start + length):
            towns.setdefault(at, set()).add(each.whose)
    return towns


def _in_formulas(base: sqlite3.Connection, text: str) -> int:
    """Signs of a passage in phrases that COMMON units have, sought in the whole dataset.

    A sentence is laid beside few paragraphs, and a formula stands in more than these.
    """
    return sum(
        len(piece)
        for run in _RUN.findall(text)
        for piece in _phrases(run)
        if len(piece) >= SET_PHRASE and _units(base, piece) >= COMMON
    )


def _phrases(run: str) -> list[str]:
    """A run of signs in pieces of about PHRASE, none much shorter."""
    count = max(1, round(len(run) / PHRASE))
    return [run[len(run) * n // count : len(run) * (n + 1) // count] for n in range(count)]


def _units(base: sqlite3.Connection, text: str) -> int:
    """How many units have a phrase; more than enough are not counted."""
    rows = base.execute(
        "SELECT DISTINCT f.report FROM paragraph_characters c CROSS JOIN paragraph_facet f ON f.n = c.rowid"
        " WHERE paragraph_characters MATCH ? LIMIT ?",
        (phrase(text), COMMON * 6),
    )
    reports = json.dumps(list({report for (report,) in map(tuple, rows) if report}))
    told = base.execute(
        "SELECT DISTINCT coalesce(town, ''), coalesce(county, ''), CASE WHEN town IS NULL AND county IS NULL"
        " THEN coalesce(city, source) END FROM report"
        " WHERE state = 'current' AND id IN (SELECT value FROM json_each(?))",
        (reports,),
    )
    return len(told.fetchall())


def _rank(each: Past, draft: Draft) -> int:
    """Of equally long runs the own town's is named: to copy oneself is nearer than to copy another."""
    return 0 if each.town and each.town == draft.town else 1


def _origin(each: Past, draft: Draft) -> Origin:
    if draft.town is None:
        return "own" if each.town is None and each.county is not None and each.county == draft.county else "town"
    if each.town is None and (each.county or each.kind == "notice"):
        return "superior"
    return "own" if each.town is not None and each.town == draft.town else "town"


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text)


def shares(draft: Draft, found: Sequence[Passage]) -> tuple[Share, tuple[Share, ...]]:
    """Of the whole draft, and of each of its parts; headings count as nothing."""
    parts = []
    for n, part in enumerate(draft.parts):
        masked: dict[Origin, int] = dict.fromkeys(ORIGINS, 0)
        kept = 0
        for passage in found:
            if passage.part == n:
                width = passage.span.end - passage.span.start
                masked[passage.origin] += width
                kept += width if passage.same_numbers == passage.numbers else 0
        counted = 0 if part.role == "heading" else len(part.text)
        parts.append(Share(counted, masked, kept))
    whole = {origin: sum(part.masked[origin] for part in parts) for origin in ORIGINS}
    return Share(sum(part.characters for part in parts), whole, sum(part.kept for part in parts)), tuple(parts)
