"""What the classifier sees of a paragraph: its words, its place in the report, the headings above it.

A feature is a string with a namespace (``w:`` word, ``h:`` word of the heading above, ``q:`` its cues …); here it is a
number of one of three memories: the texts' words, pairs of characters, and everything that has a name of its own.
``seen`` gives a report's features kind by kind. Words of one paragraph and kind weigh less the more they are, so that
a long paragraph does not shout.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from operator import add

import numpy as np
from numpy.typing import NDArray

from pipeline.annotate.cues import Cues, counts
from pipeline.annotate.memory import WORDS, Column, Memory, Numbers, Spoken, distinct
from pipeline.annotate.parts import part_kinds, year_hints, year_of
from pipeline.model import Paragraph, Report

PAIRS, NAMES = Memory(), Memory()
SPACES = {"w:": WORDS, "f:": WORDS, "l:": WORDS, "h:": WORDS, "c:": PAIRS, "": NAMES}
"""Namespaces: words, first and last ones, the heading's words, pairs of characters; all others by their whole name."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Features of one namespace: whose each is (a paragraph's row), which, and its weight; three equal lengths."""

    space: str
    owner: Numbers
    number: Numbers
    weight: NDArray[np.float32]


# A label says where a line stands in the numbering, not what it is about; each style is one feature.
_LABEL = re.compile(
    r"(?P<part>第[一二三四五六七八九十]+(?:部分|[,，、:：]))|(?P<han>[一二三四五六七八九十]+[、.．])|(?P<paren>[（(][一二三四五六七八九十]+[)）])"
    r"|(?P<digit>\d{1,2}[.．、])|(?P<dparen>[（(]\d{1,2}[)）])|(?P<circle>[①-⑳])|(?P<yishi>[一二三四五六七八九十]+[是要])"
    r"|(?P<order>首先|其次|再次|最后)"
)
# Lines that are no prose: their look says it, whatever they are about.
_SHAPE = re.compile(
    r"(?P<foot>[\[［【]\d{1,3}[\]］】])"
    r"|(?P<attached>附(?:[件表录]|[:：]))"
    r"|(?P<caption>[图表]\s*(?:[\d一二三四五六七八九十]*\s*[:：]|[\d一二三四五六七八九十]+[\s　]))"
    r"|(?P<note>(?:注|备注|说明)[:：])"
    r"|(?P<sent>(?:抄送|报送|主送|印发|送|报|发)[:：])"
    r"|(?P<term>(?:\d{1,2}[.．、])?[【“\"]?[^，。:：;]{2,16}[】”\"]?[:：]?\s*(?:是指|指的是|指))"
    r"|(?P<framed>[（(][^（()）]*[)）]\s*$)"
    r"|(?P<web>.*(?:上一[篇条]|下一[篇条]|责任编辑|责编|浏览次数|点击数|打印本页|版权所有|备案号))"
    r"|(?P<numbered>.{0,12}[〔\[(（]20\d\d[〕\])）]\s*\d+\s*号\s*$)"
    r"|(?P<signed>[^，。：:；]{2,24}(?:委员会|人民政府|办事处|办公室|党委|党工委)\s*$)"
)
_DATE_LINE = re.compile(r"\s*(?:\d{4}|[〇零一二三四五六七八九]{4})年.{1,4}月.{1,4}日\s*")
FEW = 3  # paragraphs; in fewer, first and last place say nothing
_LENGTHS = (6, 12, 20, 35, 60, 100, 180, 320)
_OF_HEADING = 40  # words of a heading that count; a run-in heading may open a long paragraph


def make_room() -> None:
    """Between two reports: forget the words that were met, where there are too many."""
    for memory in (WORDS, PAIRS):
        memory.make_room()


def seen(report: Report, spoken: Spoken, cues: Cues) -> list[Features]:
    """The features of a report's paragraphs; ``spoken`` are its words."""
    outline = _outline(report)
    words, owner, size = _content(spoken)
    ends = np.cumsum(size)
    headings = [words[ends[row] - size[row] : ends[row]][:_OF_HEADING] for row in outline.rows]
    rank = np.arange(len(words)) - (ends - size)[owner]
    first, last = rank < 4, rank >= size[owner] - 3
    return [
        _distinct(words, owner, len(size)),
        _even("f:", words[first], owner[first], 1.0, len(size)),
        _even("l:", words[last], owner[last], 0.7, len(size)),
        _pairs(report),
        _above(headings, outline),
        _named(report, outline),
        *_hints(words, owner, headings, outline, cues),
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Outline:
    """The headings that are paragraphs or open one, and for each paragraph those above it."""

    rows: list[int]  # of the headings' paragraphs
    above: list[int]  # paragraph → the heading right above, -1: none
    over: list[tuple[int, ...]]  # paragraph → the headings above that
    years: list[tuple[str, ...]]  # paragraph → what years the headings above name
    depth: list[int]
    kinds: list[str]  # section → what its part is for


def _outline(report: Report) -> _Outline:
    text, year = report.document.text, year_of(report)
    starts = {paragraph.span.start: row for row, paragraph in enumerate(report.paragraphs)}
    own = [starts.get(section.span.start, -1) if section.heading else -1 for section in report.sections]
    rows = [row for row in dict.fromkeys(own) if row >= 0]
    place = {row: n for n, row in enumerate(rows)} | {-1: -1}
    said = [section.heading.of(text) if section.heading else "" for section in report.sections]
    years = [tuple(year_hints(heading, year)) for heading in said]
    paths: list[tuple[int, ...]] = []  # sections from the top down to this one, the report itself left out
    for number, section in enumerate(report.sections):
        paths.append((*paths[section.parent], number) if number else ())
    outline = _Outline(rows, [], [], [], [], part_kinds(report))
    for row, paragraph in enumerate(report.paragraphs):
        path = [i for i in paths[paragraph.section] if own[i] != row]
        outline.above.append(place[own[path[-1]]] if path else -1)
        outline.over.append(tuple(place[own[i]] for i in path[:-1] if own[i] >= 0))
        outline.years.append(tuple(name for i in path for name in years[i]))
        outline.depth.append(len(path))
    return outline


_IS_CONTENT = Column(WORDS, lambda words: [word[0].isalpha() for word in words], np.bool_)


def _content(spoken: Spoken) -> Spoken:
    """The words but signs and digits."""
    kept = np.flatnonzero(_IS_CONTENT.at(spoken.words))
    owner = spoken.owner[kept]
    return Spoken(spoken.words[kept], owner, np.bincount(owner, minlength=len(spoken.size)))


def _distinct(words: Numbers, owner: Numbers, count: int) -> Features:
    """Each word of a paragraph once."""
    every = distinct(owner * len(WORDS.words) + words)
    return _even("w:", every % len(WORDS.words), every // len(WORDS.words), 3.0, count)


def _even(space: str, numbers: Numbers, owner: Numbers, weight: float, count: int) -> Features:
    """Features whose weights make a vector of length ``weight`` in each paragraph."""
    size = np.bincount(owner, minlength=count)
    return Features(space, owner, numbers, (weight / np.sqrt(size[owner])).astype(np.float32))


def _pairs(report: Report) -> Features:
    """Pairs of characters, of short paragraphs only: they are headings and lines of lists."""
    text = report.document.text
    short = [
        (row, paragraph.span.of(text))
        for row, paragraph in enumerate(report.paragraphs)
        if paragraph.span.end - paragraph.span.start <= 40
    ]
    pairs = [list(dict.fromkeys(map(add, "^" + said, said + "$"))) for _, said in short]
    owner = np.repeat(np.array([row for row, _ in short], np.int64), [len(each) for each in pairs])
    return _even("c:", PAIRS.numbers(pairs), owner, 1.5, len(report.paragraphs))


def _above(headings: Sequence[Numbers], outline: _Outline) -> Features:
    """The words of the heading above."""
    under = [(row, headings[place]) for row, place in enumerate(outline.above) if place >= 0]
    owner = np.repeat(np.array([row for row, _ in under], np.int64), [len(each) for _, each in under])
    numbers = np.concatenate([np.zeros(0, np.int64), *(each for _, each in under)])
    return _even("h:", numbers, owner, 1.5, len(outline.above))


def _named(report: Report, outline: _Outline) -> Features:
    """What a paragraph looks like, where it stands, which year it names, and what its part is for."""
    text, year, count = report.document.text, year_of(report), len(report.paragraphs)
    last_plan = max(
        (section.span.start for section, kind in zip(report.sections, outline.kinds, strict=True) if kind == "plan"),
        default=-1,
    )
    numbers: list[int] = []
    weights: list[float] = []
    size: list[int] = []
    since_heading = 0
    for row, paragraph in enumerate(report.paragraphs):
        before = len(numbers)
        said = paragraph.span.of(text)
        since_heading = 0 if paragraph.is_heading else since_heading + 1
        numbers += _look(*_looks(paragraph, said, _LABEL.match(said)))
        numbers += map(NAMES.__getitem__, _signs(paragraph, said))
        if count >= FEW:
            numbers += _place(*_places(row, count, since_heading), outline.depth[row])
        weights += repeat(0.35, len(numbers) - before)
        if count >= FEW:
            kind = outline.kinds[paragraph.section]
            numbers += _part(kind, _side(paragraph, kind, last_plan), paragraph.is_heading, report.kind.value)
            weights += (1.5, 1.5, 1.0, 1.0)
        named = [f"year:{name}" for name in year_hints(said, year)]
        named += [f"hyear:{name}" for name in outline.years[row]]
        numbers += map(NAMES.__getitem__, named)
        weights += repeat(1.0, len(named))
        size.append(len(numbers) - before)
    owner = np.repeat(np.arange(count), np.array(size, np.int64))
    return Features("", owner, np.array(numbers, np.int64), np.array(weights, np.float32))


def _hints(
    words: Numbers, owner: Numbers, headings: Sequence[Numbers], outline: _Outline, cues: Cues
) -> list[Features]:
    """The cues of a paragraph, of the heading above it, of the headings above that."""
    count = len(outline.above)
    texts = np.repeat(np.arange(count, count + len(headings)), np.array([len(each) for each in headings], np.int64))
    found = counts(cues, np.concatenate((owner, texts)), np.concatenate((words, *headings)), count + len(headings))
    of_headings = np.concatenate((found[count:], np.zeros_like(found[:1])))  # the last row: no heading
    over = np.array([of_headings[list(places)].sum(axis=0) for places in outline.over]).reshape(count, -1)
    return [
        *_hinted("q:", found[:count], 1.0, cues.names),
        *_hinted("hq:", of_headings[outline.above], 1.0, cues.names),
        *_hinted("Hq:", over, 0.8, cues.names),
    ]


def _hinted(space: str, found: NDArray[np.int64], weight: float, labels: tuple[str, ...]) -> Iterable[Features]:
    """Each label's cues, by axis: their share among the axis's, their number in the logarithm, and the best label."""
    roles = sum(label.startswith("role=") for label in labels)
    for own, names in ((found[:, :roles], labels[:roles]), (found[:, roles:], labels[roles:])):
        share, number, best = _hint_names(space, names)
        row, label = np.nonzero(own)
        total = own.sum(axis=1)
        count = own[row, label]
        some = np.flatnonzero(total)
        yield Features("", row, share[label], (weight * 1.5 * count / total[row]).astype(np.float32))
        yield Features("", row, number[label], (weight * 0.5 * np.log1p(count)).astype(np.float32))
        if len(some):
            best_of = own[some].argmax(axis=1)
            yield Features("", some, best[best_of], np.full(len(some), weight * 0.7, np.float32))


@lru_cache(maxsize=64)
def _hint_names(space: str, labels: tuple[str, ...]) -> tuple[Numbers, ...]:
    return tuple(NAMES.numbers([[f"{space}{of} {label}" for label in labels]]) for of in ("share", "count", "best"))


@lru_cache(maxsize=4096)
def _part(kind: str, side: str, is_heading: bool, report: str) -> tuple[int, ...]:
    names = (
        f"part={kind}", f"part={kind} heading={is_heading}", f"plan_part={side}", f"kind={report} part={kind}",
    )  # fmt: skip
    return tuple(map(NAMES.__getitem__, names))


def heading_words(report: Report, section: int) -> list[str]:
    """The words of a section's heading, where it is a line of its own or opens one."""
    heading = report.sections[section].heading
    own = [each for each in report.paragraphs if heading and each.span.start == report.sections[section].span.start]
    return [word for word in own[0].words if word[0].isalpha()][:_OF_HEADING] if own else []


def _side(paragraph: Paragraph, kind: str, last_plan: int) -> str:
    """Where a paragraph stands by the report's last plan part: inside, before it, or there is none."""
    if kind == "plan":
        return "inside"
    if last_plan < 0:
        return "none"
    return "before" if paragraph.span.start < last_plan else "after"


def _places(ordinal: int, count: int, since: int) -> tuple[int, int, int, int]:
    """In which tenth of the report a paragraph stands, and how near to its ends and to the heading before."""
    return 10 * ordinal // count, min(ordinal, 4), min(count - 1 - ordinal, 4), min(since, 4)


@lru_cache(maxsize=4096)
def _place(position: int, first: int, last: int, since: int, depth: int) -> tuple[int, ...]:
    names = f"position={position}", f"first={first}", f"last={last}", f"since={since}", f"depth={depth}"
    return tuple(map(NAMES.__getitem__, names))


def _looks(
    paragraph: Paragraph, said: str, label: re.Match[str] | None
) -> tuple[bool, str, str | None, int, str, bool]:
    """A paragraph's outside: heading or not, block, kind of label, length, last sign, headings inside."""
    end = said[-1:] if said[-1:] in "。：:；;！!，,、）)" else "x"
    length = bisect_left(_LENGTHS, len(said))
    kind = label.lastgroup if label else ""
    return paragraph.is_heading, paragraph.kind, kind, length, end, bool(paragraph.run_ins)


@lru_cache(maxsize=4096)
def _look(heading: bool, block: str, label: str | None, length: int, end: str, run_in: bool) -> tuple[int, ...]:
    names = (
        "bias", f"heading={heading}", f"block={block}", f"label={label}", f"length={length}",
        f"heading={heading} length={length}", f"ends={end}", f"run_in={run_in}",
    )  # fmt: skip
    return tuple(map(NAMES.__getitem__, names))


def _signs(paragraph: Paragraph, said: str) -> Iterable[str]:
    shape = _SHAPE.match(said) if len(said) <= 80 else None
    if shape:
        yield f"shape={shape.lastgroup} heading={paragraph.is_heading}"
        yield f"shape={shape.lastgroup}"
    if "\t" in said:
        yield f"cells digits={any(letter.isdigit() for letter in said)}"
    if _DATE_LINE.fullmatch(said):
        yield "date_line"
    if said[-1:] in "：:" and len(said) < 25:
        yield "salutation"
