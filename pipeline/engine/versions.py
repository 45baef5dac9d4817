"""After a run: of the drafts of one report (初稿, 修改稿, 定稿, 重报) one counts, the others are superseded.

Drafts are of one unit, one known period and one family of kinds, and near-copies of one another; two different reports
of one town for one year (宣传工作, 意识形态工作) are none. A run without such reports pays one query.
"""

from __future__ import annotations

import fnmatch
import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from pipeline.model import Pin
from pipeline.store import versions
from pipeline.store.versions import Draft

NEAR = 0.5  # share of equal text from which two reports of one unit and period are drafts of one
REVISED = 0.2  # the same where the titles are equal and one of them is marked as a draft
LONGEST = 40_000  # characters of a report that are compared
# What a mark says of the order; a report without mark stands between a draft and its revision.
UNMARKED = 3
_ORDER: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile("初稿|草稿|第?一稿")),
    (2, re.compile("征求意见|讨论|第?二稿|[vV][12]")),
    (4, re.compile("修改|修订|改|审议|送审|第?[三四五六七八九]稿|[vV][3-9]")),
    (5, re.compile("报送|上报|汇报")),
    (6, re.compile("定稿|终稿|最终")),
    (7, re.compile("重报|补报|更正")),
)
_MARKS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]|[^\u3400-\u9fff]|初稿|草稿|定稿|终稿|修改稿|重报|关于|的")
_DAY = re.compile(r"(?<!\d)(20\d\d)[-_.年]?(0[1-9]|1[0-2])[-_.月]?([0-2]\d|3[01])(?!\d)")


def settle(base: sqlite3.Connection, pins: Sequence[Pin]) -> bool:
    """Mark superseded drafts, unmark those whose newer one has gone; True when that changes what counts."""
    superseded: list[str] = []
    for group in versions.groups(base):
        for chain in _chains(base, group):
            counts = max(chain, key=lambda draft: rank(draft, pins))
            superseded += [draft.id for draft in chain if draft is not counts]
    return versions.settle(base, superseded)


def _chains(base: sqlite3.Connection, group: Sequence[Draft]) -> Iterator[list[Draft]]:
    """The drafts of each report; a report without another draft makes none."""
    grams = {draft.id: _grams(versions.text(base, draft.id)) for draft in group}
    rest = list(group)
    while rest:
        chain, rest = [rest[0]], rest[1:]
        grown = True
        while grown:
            joined = [draft for draft in rest if any(_is_draft(draft, other, grams) for other in chain)]
            chain, rest, grown = chain + joined, [draft for draft in rest if draft not in joined], bool(joined)
        if len(chain) > 1:
            yield chain


def _is_draft(one: Draft, other: Draft, grams: dict[str, frozenset[str]]) -> bool:
    if one.county and other.county and one.county != other.county:
        return False
    if one.kind != other.kind and {one.kind, other.kind} & {"plan", "notice", "profile"}:
        return False
    first, second = grams[one.id], grams[other.id]
    alike = len(first & second) / max(1, len(first | second))
    is_revised = bool(one.version or other.version) and plain_title(one.title) == plain_title(other.title)
    return alike >= (REVISED if is_revised else NEAR)


def _grams(text: str) -> frozenset[str]:
    text = text[:LONGEST]
    return frozenset(text[at : at + 4] for at in range(len(text) - 3))


def plain_title(title: str | None) -> str:
    """A title without what tells drafts apart: brackets, figures, marks.

    >>> plain_title("青禾镇2022年工作总结（初稿）") == plain_title("青禾镇 2022 年工作总结定稿")
    True
    """
    return _MARKS.sub("", title or "")


def rank(draft: Draft, pins: Sequence[Pin]) -> tuple[bool, int, str, int, float, str]:
    """What counts first: the user's pin, the mark, the day in the file's name, a file of its own, the file's time.

    >>> def of(version): return Draft("", f"a/总结（{version}）.docx", "", None, "summary", None, version, "", 1)
    >>> max(map(of, ("定稿", "初稿", "修改稿")), key=lambda draft: rank(draft, ())).version
    '定稿'
    """
    name = PurePosixPath(draft.source).stem
    day = _DAY.search(name)
    mark = draft.version or ""
    order = next((order for order, pattern in reversed(_ORDER) if pattern.search(mark)), UNMARKED)
    return (
        is_final(draft.source, pins),
        order,
        "".join(day.groups()) if day else "",
        draft.alone,
        _time(draft),
        draft.source,
    )


def is_final(path: str, pins: Sequence[Pin]) -> bool:
    """Does a pin of the user say that this file is the one that counts?"""
    globs = [pin.path.replace("\\", "/") for pin in pins if pin.final]
    return any(fnmatch.fnmatchcase(path, glob) or fnmatch.fnmatchcase(path, f"*/{glob}") for glob in globs)


def _time(draft: Draft) -> float:
    """When the file (or the archive that holds it) was last written; 0 when it cannot be asked."""
    try:
        return Path(draft.location.partition("!/")[0]).stat().st_mtime
    except OSError:
        return 0.0
