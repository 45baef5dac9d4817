"""For a draft's paragraph, a heading or a topic: past paragraphs to reuse, by wording, meaning and place in the report.

Wording is the share of the draft's telling words that the past paragraph has; meaning what both are about (indicators,
telling words in common, sentences whose words lie near one another); place whether it does the same in the same part
of a report. The three are shown; equals are ordered newest first, and of copies one is shown.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.annotate import copies
from pipeline.ask import likeness, nearby, neighbours, staleness
from pipeline.ask.draft import Draft, Part
from pipeline.ask.nearby import Past
from pipeline.ask.slots import Fresh, OldFact, Slot, slots
from pipeline.ask.staleness import Stale
from pipeline.model import Span, Wording

BY_WORDS, BY_PAIRS = 65, 50  # past paragraphs that are weighed: by the rarest words, by the rarest pairs of signs
TELLING, TELLING_PAIRS = 24, 48  # words and pairs that are sought
WIDEST, WIDEST_PAIRS = 3000, 2000  # no more than stand in so many paragraphs together
CLOSELY = 40  # of them, the best by wording and place, whose meaning is weighed too
ALIKE = 0.6  # share of equal text from which a second suggestion says the same as the first
OLD_YEARS = 3  # a passage older than this is warned about
# Wording, meaning, place, and what meaning and place are made of: chosen coarsely on the odd drafts, where half of any
# of them, or twice, changes nDCG by about a hundredth. Word vectors of sentences are worth three hundredths there.
WEIGHTS = (0.68, 0.19, 0.13)
SHARED, SENSE = 0.4, 0.6  # of meaning: telling words in common, sentences that say the like
ROLE, TOPIC, LENGTH = 0.5, 0.33, 0.17
EQUAL = 3  # digits of a score in which suggestions are equals: then the newest comes first
_HAN = re.compile(r"[一-龥]{2,}")
_NO_ROLES = ("heading", "other", "closing")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is sought: a text with its words, and what is known of it. ``topic``/``role`` may be empty.

    ``topics`` are the likeliest with their scores; without them ``topic`` is sure.
    """

    text: str
    words: tuple[str, ...]
    topic: str = ""
    role: str = ""
    heading: str = ""
    indicators: tuple[str, ...] = ()
    topics: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A past paragraph as a refill card, its three scores (0…1), and what to beware of."""

    past: Past
    score: float
    wording: float
    meaning: float
    place: float
    slots: tuple[Slot, ...]
    stale: tuple[Stale, ...]
    warnings: tuple[str, ...]
    used: int  # other paragraphs of the dataset that are copies of it


class _Counts(NamedTuple):
    """In how many paragraphs each telling word of what is wanted stands, and each of its pairs of characters."""

    words: Mapping[str, int]
    pairs: Mapping[str, int]


def of_part(part: Part) -> Wanted:
    """What a draft's paragraph asks for."""
    found = tuple(dict.fromkeys(x.indicator for x in part.numbers if x.indicator))
    topic = part.topic if part.topic != "general" else ""
    return Wanted(part.text, part.words, topic, part.role, part.heading, found, part.topics)


def suggest(
    base: sqlite3.Connection,
    wanted: Wanted,
    wording: Wording,
    town: str | None,
    when: tuple[str, str] | None,
    most: int = 5,
    everyone: bool = False,
    skip: frozenset[str] = frozenset(),
    fresh: Mapping[tuple[str, str, str], Fresh] | None = None,
) -> list[Suggestion]:
    """The best past paragraphs, at most ``most``; other towns' only when ``everyone``. ``skip`` are reports left out."""  # noqa: E501
    counts = _Counts(
        nearby.telling_words(base, (*wanted.words, *_HAN.findall(wanted.heading))),
        likeness.pair_counts(base, wanted.text),
    )
    found = _pool(base, wanted, counts, town, everyone)
    pool = [each for each in found if each.report not in skip and each.text != wanted.text]
    if not pool:
        return []
    scored = weighed(base, wanted, pool, counts, max(CLOSELY, 3 * most))
    scored.sort(key=lambda item: (-round(item[1], EQUAL), _backwards(item[0].start), item[0].n))
    chosen: list[tuple[Past, float, tuple[float, float, float]]] = []
    forms: list[str] = []
    for each, score, three in scored:
        form = copies.form(each.text)
        if all(copies.resemblance(form, other) < ALIKE for other in forms):
            forms.append(form)
            chosen.append((each, score, three))
            if len(chosen) == most:
                break
    return [_suggestion(base, each, score, three, wording, town, when, fresh or {}) for each, score, three in chosen]


def _backwards(day: str | None) -> int:
    """A key that puts the newest first; unknown times last."""
    return -int(day.replace("-", "")) if day else 0


def _pool(base: sqlite3.Connection, wanted: Wanted, counts: _Counts, town: str | None, everyone: bool) -> list[Past]:
    """Candidates by words and by pairs of signs, and the own town's newest of the same topic and role."""
    roles = " AND p.role NOT IN ('heading', 'other', 'closing') AND length(p.text) > 12"
    where, values = (roles, ()) if everyone or not town else (roles + " AND r.town = ?", (town,))
    near = nearby.near(base, (), BY_WORDS, where, values, telling=TELLING, widest=WIDEST, counted=counts.words)
    pool = {each.n: each for each in near}
    spelt = nearby.spelt(base, counts.pairs, BY_PAIRS, TELLING_PAIRS, WIDEST_PAIRS)
    more = {n: score for n, score in spelt.items() if n not in pool}
    pool |= {each.n: each for each in nearby.past(base, more, where, values, BY_PAIRS)}
    if wanted.topic and (town or not pool):
        own = "AND r.town = ?" if town else ""
        rows = base.execute(
            "SELECT p.n FROM paragraph p JOIN report r ON r.id = p.report WHERE r.state = 'current' AND p.topic = ?"
            f" AND (? = '' OR p.role = ?) {own} ORDER BY r.period_start DESC, p.ordinal LIMIT 30",
            (wanted.topic, wanted.role, wanted.role, *((town,) if town else ())),
        )
        newest = {n: 0.0 for (n,) in map(tuple, rows) if n not in pool}
        pool |= {each.n: each for each in nearby.past(base, newest, where, values)}
    return list(pool.values())


def weighed(
    base: sqlite3.Connection, wanted: Wanted, pool: Sequence[Past], counts: _Counts, most: int = CLOSELY
) -> list[tuple[Past, float, tuple[float, float, float]]]:
    """The best candidates by wording and place, ``most`` of them, each with its score and the three it is made of."""
    said = likeness.wordings(base, wanted.text, [each.text for each in pool], counts.pairs)
    tops = _tops(base, pool)
    places = [_place(wanted, each, tops.get(each.n, ({}, {}))) for each in pool]
    first = [WEIGHTS[0] * alike + WEIGHTS[2] * place for alike, place in zip(said, places, strict=True)]
    best = sorted(range(len(pool)), key=lambda n: (-first[n], n))[:most]
    meant = _meanings(base, wanted, [pool[n] for n in best], counts.words)
    return [
        (pool[n], first[n] + WEIGHTS[1] * meaning, (said[n], meaning, places[n]))
        for n, meaning in zip(best, meant, strict=True)
    ]


def _meanings(base: sqlite3.Connection, wanted: Wanted, pool: Sequence[Past], count: Mapping[str, int]) -> list[float]:
    """How far each is about the same: telling words in common, sentences that say the like, the same indicators."""
    shared = likeness.meanings(base, wanted.words, [each.words for each in pool], count)
    sentences = [neighbours.sentences(each.text, each.words.split(" ")) for each in pool]
    sense = neighbours.nearness(neighbours.sentences(wanted.text, wanted.words), sentences)
    found = [SHARED * one + SENSE * other for one, other in zip(shared, sense, strict=True)]
    mine = set(wanted.indicators)
    if not mine:
        return found
    figures = _indicators(base, pool)
    own = [figures.get(each.id, set()) for each in pool]
    return [
        min(1.0, meaning + 0.25 * len(mine & theirs) / len(mine | theirs))
        for meaning, theirs in zip(found, own, strict=True)
    ]


def _indicators(base: sqlite3.Connection, pool: Sequence[Past]) -> dict[str, set[str]]:
    marks = ", ".join("?" * len(pool))
    sql = f"SELECT paragraph, indicator FROM fact WHERE indicator IS NOT NULL AND paragraph IN ({marks})"
    found: dict[str, set[str]] = {}
    for paragraph, indicator in base.execute(sql, [each.id for each in pool]):
        found.setdefault(paragraph, set()).add(indicator)
    return found


def _tops(base: sqlite3.Connection, pool: Sequence[Past]) -> dict[int, tuple[dict[str, float], dict[str, float]]]:
    """The likeliest topics and roles of each candidate, with their scores."""
    marks = ", ".join("?" * len(pool))
    rows = base.execute(f"SELECT n, topic_top, role_top FROM paragraph WHERE n IN ({marks})", [each.n for each in pool])
    return {row[0]: (_scores(row[1]), _scores(row[2])) for row in map(tuple, rows)}


def _scores(told: str) -> dict[str, float]:
    return {name: float(score) for name, _, score in (each.partition(":") for each in told.split())}


def _place(wanted: Wanted, each: Past, tops: tuple[dict[str, float], dict[str, float]]) -> float:
    """Does it do the same in the same part of a report, at like length?"""
    topics, roles = tops
    role = roles.get(wanted.role, float(each.role == wanted.role)) if wanted.role else 0.0
    asked = dict(wanted.topics or ((wanted.topic, 1.0),)) if wanted.topics or wanted.topic else {}
    topic = _overlap(asked, topics or {each.topic: 1.0})
    length = 1 - min(1.0, abs(math.log(max(1, len(each.text)) / max(1, len(wanted.text)))) / 3)
    return ROLE * role + TOPIC * topic + LENGTH * length


def _overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Cosine of two tellings of the likeliest topics: a paragraph of two topics is like one of either."""
    shared = sum(score * other.get(name, 0.0) for name, score in one.items())
    return shared / (math.hypot(*one.values()) * math.hypot(*other.values())) if shared else 0.0


def _suggestion(
    base: sqlite3.Connection, each: Past, score: float, three: tuple[float, float, float], wording: Wording,
    town: str | None, when: tuple[str, str] | None, fresh: Mapping[tuple[str, str, str], Fresh],
) -> Suggestion:  # fmt: skip
    facts = [
        OldFact(*tuple(row))
        for row in base.execute(
            "SELECT f.start, f.end, f.text, f.unit, f.kind, f.object, f.indicator, i.name, f.dimensions FROM fact f"
            " LEFT JOIN indicator i ON i.id = f.indicator WHERE f.paragraph = ? ORDER BY f.start",
            (each.id,),
        )
    ]
    honours = [
        Span(row[0], row[1])
        for row in base.execute("SELECT start, end FROM honour WHERE paragraph = ? ORDER BY start", (each.id,))
    ]
    foreign = not town or each.town != town
    row = base.execute("SELECT county, city, province FROM report WHERE id = ?", (each.report,)).fetchone()
    names = [name for name in (each.town, *(row or ())) if name]
    names += [name.rstrip("镇乡县市区") for name in names if len(name) > 2]
    stale = tuple(staleness.find(each.text, when[0], when[1], wording)) if when else ()
    used = base.execute("SELECT others, towns, common FROM paragraph_copy WHERE n = ?", (each.n,)).fetchone()
    return Suggestion(
        each, round(score, 3), round(three[0], 3), round(three[1], 3), round(three[2], 3),
        slots(each.text, facts, honours, fresh, wording, names, when, foreign, (each.start, each.end) if each.start and each.end else None),  # noqa: E501
        stale,
        tuple(_warnings(each, town, when, stale, tuple(used) if used else (0, 1, 0))), used[0] if used else 0,
    )  # fmt: skip


def _warnings(
    each: Past, town: str | None, when: tuple[str, str] | None, stale: Sequence[Stale], used: tuple[int, int, int]
) -> list[str]:
    told = []
    if town and each.town != town:
        told.append(f"这是{each.town or '别的单位'}的文字")
    if when and each.start and int(when[0][:4]) - int(each.start[:4]) >= OLD_YEARS:
        told.append(f"{each.period}的旧文, 已过 {int(when[0][:4]) - int(each.start[:4])} 年")
    told += [f"“{word.words}”不合时宜: {word.rule.source}" for word in stale]
    if used[2]:
        told.append(f"通用套话: {used[1]} 个单位在用")
    elif used[0]:
        told.append(f"已有 {used[0]} 段与它雷同, 涉及 {used[1]} 个单位")
    return told


def fresh_facts(
    base: sqlite3.Connection, draft: Draft | None, town: str | None, when: tuple[str, str] | None
) -> dict[tuple[str, str, str], Fresh]:
    """What is known of the new time: the dataset's own facts of this town and time, then the draft's own numbers.

    A value that is told twice and differently is left out: it is for a person to decide.
    """
    found: dict[tuple[str, str, str], Fresh] = {}
    doubtful: set[tuple[str, str, str]] = set()

    def add(key: tuple[str, str, str], value: Fresh) -> None:
        if key in found and found[key].text != value.text:
            doubtful.add(key)
        found.setdefault(key, value)

    if town and when:
        rows = base.execute(
            "SELECT f.indicator, f.dimensions, f.kind, f.text, p.source, f.sentence FROM fact f JOIN paragraph p ON p.id = f.paragraph"  # noqa: E501
            " JOIN report r ON r.id = f.report WHERE r.state = 'current' AND r.town = ? AND r.period_start = ? AND r.period_end = ?"  # noqa: E501
            " AND f.indicator IS NOT NULL AND f.scope = 'town' AND f.period_from = 'report'",
            (town, *when),
        )
        for indicator, dimensions, kind, text, source, sentence in map(tuple, rows):
            add((indicator, dimensions, kind), Fresh(text, source, sentence))
    for part in draft.parts if draft else ():
        for x in part.numbers:
            if x.indicator and x.scope == "town" and not x.own_time:
                key = (x.indicator, ";".join(f"{a}={b}" for a, b in x.dimensions), x.kind)
                add(key, Fresh(x.text, "本稿", x.sentence.of(part.text)))
    return {key: value for key, value in found.items() if key not in doubtful}
