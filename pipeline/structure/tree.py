"""Headings in their order → sections that tile the report.

A stack of open sections decides the level of each new heading. The usual order of numbering styles is only a
default: what the document does goes first. Numbering that starts again right under a higher part is nested
(五、下半年工作安排 → 一、 二、 三、), a doubled or skipped number is a sibling, and an unnumbered heading that is
followed by a numbering that starts again closes what that numbering belonged to.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import Section, Span
from pipeline.structure.lines import Line, bullet_of

PLAIN = "plain"  # the style of an unnumbered heading
MINOR = "minor"  # of one below unnumbered headings
ATTACHED = "attached"  # of 附：…, 名词解释: it stands beside the parts, never in one
_ATTACHED = re.compile(r"附[：:]|附\s*[录表件]|名\s*词\s*解\s*释|注\s*释$")
_PLAIN_RANK = 5
DEEPEST = 9  # no numbering starts again below this level; keeps odd files linear
FEWEST_UPPER = 2  # unnumbered headings right above others that show two tiers
MAX_GAP = 3  # numbers that may be missing between two siblings

# A paragraph that speaks of the whole again after 一是 … 三是: it belongs to none of them.
_WHOLE_AGAIN = re.compile(
    r"(?:上半年|半年来|一年来|[今本]年以来|全年|回顾|总之|总的来[看说]|总体(?:上|来)?[看说]?|综上|虽然|尽管|但是|同时，?我们也|在(?:肯定|看到)|各位代表|同志们"
    r"|以上|今后|下一?步|下半年|明年|新的一年|存在|主要(?:问题|不足))"
)
_ENUMERATION = frozenset({"han_is", "first", "which", "nth"})


@dataclass(frozen=True, slots=True)
class _Opener:
    """A line that opens a section: ``whole`` when the heading is a line of its own."""

    line: int
    style: str
    rank: int
    value: int
    outline: int
    whole: bool
    number: str
    heading: Span | None
    start: int
    is_part: bool = False  # called like a part of a report (下一步打算)


@dataclass(frozen=True, slots=True)
class _Open:
    """An open section on the stack."""

    opener: _Opener
    index: int


def grow(lines: Sequence[Line], span: Span, title: Span | None = None) -> tuple[tuple[Section, ...], tuple[int, ...]]:
    """The sections of a report and, for each line, the index of the innermost one it stands in.

    Section 0 is the report; every other section is its heading, then its body, then its subsections, without gap
    or overlap. Linear in the number of lines.
    """
    candidates = _openers(lines, title)
    upcoming = _upcoming(candidates)
    alike = _next_alike(candidates)
    openers: list[_Opener] = []
    stack: list[_Open] = []
    parents: list[int] = [-1]
    levels: list[int] = [0]

    def open_section(opener: _Opener) -> None:
        parents.append(stack[-1].index if stack else 0)
        levels.append(len(stack) + 1)
        openers.append(opener)

    pending: _Opener | None = None
    orders: set[tuple[str, str]] = set()  # (upper, lower) styles that stand against the usual order in this report
    for place, opener in enumerate(candidates):
        if not opener.style:
            pending = opener
            continue
        depth = len(stack)
        _close(stack, opener, upcoming[place], alike, orders)
        if pending is not None and len(stack) < depth:
            open_section(pending)
        pending = None
        open_section(opener)
        stack.append(_Open(opener, len(openers)))
    if pending is not None:
        stack.clear()
        open_section(pending)
    sections = _tile(openers, parents, levels, span, title)
    owners = []
    current, following = 0, 0
    for index in range(len(lines)):
        if following < len(openers) and openers[following].line == index:
            following += 1
            current = following
        owners.append(current)
    return sections, tuple(owners)


def _openers(lines: Sequence[Line], title: Span | None) -> list[_Opener]:
    found: list[_Opener] = []
    for index, line in enumerate(lines):
        span = line.block.span
        if title is not None and span.start < title.end:
            continue  # the title's own lines, and what stands above it (a red head, a series)
        whole = line.form == "heading"
        if whole or line.form == "run_in":
            number = line.number
            style, rank, value, text = (
                (number.style, number.rank, number.value, number.text)
                if number
                else (ATTACHED if _ATTACHED.match(line.text) else PLAIN, _PLAIN_RANK, 0, "")
            )
            found.append(
                _Opener(
                    index,
                    style,
                    rank,
                    value,
                    line.block.level,
                    whole,
                    text,
                    line.heading,
                    span.start,
                    bool(style == PLAIN and _PART.search(line.text)),
                )
            )
        elif found and not found[-1].whole and found[-1].style in _ENUMERATION and _speaks_of_whole(line):
            found.append(_Opener(index, "", 0, 0, 0, False, "", None, span.start))
    return _tiered(found, lines)


# What stands beside the parts of a report, never below one of them.
_PART = re.compile(
    "问题|不足|困难|打算|计划|安排|下一?步|下[月阶]|明年|来年|半年|设想|谋划|展望|建议|体会|回顾|情况$|指导思想|目标|[一二三四五六七八九十]+[大项]"
)


def _tiered(openers: list[_Opener], lines: Sequence[Line]) -> list[_Opener]:
    """Unnumbered headings in two tiers: one that is followed at once by another stands above those with text."""
    plain = [
        place for place, opener in enumerate(openers) if opener.style == PLAIN and opener.whole and not opener.outline
    ]
    bulleted = _by_bullets(openers, plain, lines)
    if bulleted is not None:
        return bulleted
    upper = {
        place
        for place, following in itertools.pairwise(plain)
        if following == place + 1 and openers[place].line + 1 == openers[following].line
    }
    if len(upper) < FEWEST_UPPER:
        return openers
    result, below = list(openers), False
    for place in plain:
        if place in upper or _PART.search(lines[openers[place].line].text):
            below = place in upper
        elif below:
            result[place] = replace(openers[place], style=MINOR)
    return result


def _by_bullets(openers: list[_Opener], plain: Sequence[int], lines: Sequence[Line]) -> list[_Opener] | None:
    """※ … ▲ … ▲ … ※ …: a second bullet that first comes straight below the first one stands under it; None: no two."""
    result, last, first, lower = list(openers), -1, "", ""
    for place in plain:
        at = openers[place].line
        bullet = bullet_of(lines[at].text)
        sign = bullet[0].strip() if bullet else ""
        first = first or sign
        if sign and sign != first and not lower and last == at - 1:
            lower = sign
        if sign and sign == lower:
            result[place] = replace(openers[place], style=MINOR)
        last = at
    return result if lower else None


def _speaks_of_whole(line: Line) -> bool:
    return line.number is None and bool(_WHOLE_AGAIN.match(line.text))


def _upcoming(openers: Sequence[_Opener]) -> list[_Opener | None]:
    """For each opener the next numbered one after it."""
    result: list[_Opener | None] = [None] * len(openers)
    following: _Opener | None = None
    for place in range(len(openers) - 1, -1, -1):
        result[place] = following
        if openers[place].value:
            following = openers[place]
    return result


def _next_alike(openers: Sequence[_Opener]) -> dict[int, int]:
    """For the line of each opener the value of the next one in the same style."""
    result: dict[int, int] = {}
    last: dict[str, int] = {}
    for opener in reversed(openers):
        if opener.style in last:
            result[opener.line] = last[opener.style]
        last[opener.style] = opener.value
    return result


def _close(
    stack: list[_Open], opener: _Opener, upcoming: _Opener | None, alike: dict[int, int], orders: set[tuple[str, str]]
) -> None:
    """Pop every open section that does not hold ``opener``."""
    if opener.outline and _close_by_outline(stack, opener):
        return
    if opener.style == ATTACHED:
        stack.clear()
    elif opener.style == MINOR:
        _pop_to(stack, next((depth for depth, entry in enumerate(stack) if entry.opener.style == MINOR), len(stack)))
    elif opener.style == PLAIN:
        is_over = opener.is_part and (upcoming is None or upcoming.value == 1)
        if is_over and not any(entry.opener.style == PLAIN for entry in stack):
            stack.clear()  # 下一步打算 after 一、 二、 三、: the last part, only without its number
        else:
            _close_for_plain(stack, opener, upcoming)
    else:
        _close_for_number(stack, opener, alike, orders)


def _close_by_outline(stack: list[_Open], opener: _Opener) -> bool:
    """The file's own outline levels decide where both sides have one."""
    if stack and not any(entry.opener.outline for entry in stack):
        return False
    while stack and not 0 < stack[-1].opener.outline < opener.outline:
        stack.pop()
    return True


def _pop_to(stack: list[_Open], depth: int) -> None:
    del stack[depth:]


def _close_for_number(stack: list[_Open], opener: _Opener, alike: dict[int, int], orders: set[tuple[str, str]]) -> None:
    same = [depth for depth, entry in enumerate(stack) if entry.opener.style == opener.style]
    if same:
        depth = _sibling(stack, same, opener)
        if depth is not None:
            _pop_to(stack, depth)
        return  # a numbering that starts again under the open section
    while stack:
        top = stack[-1].opener
        if top.style in (PLAIN, MINOR) or top.rank <= opener.rank or top.outline:
            return
        pair = (top.style, opener.style)
        if pair in orders or (opener.value == 1 and alike.get(top.line) == top.value + 1):
            orders.add(pair)  # 1. （一）（二） 2.: the document's own order
            return
        stack.pop()


def _sibling(stack: list[_Open], same: Sequence[int], opener: _Opener) -> int | None:
    """The depth of the section that ``opener`` follows as a sibling; None when it starts a numbering inside the top."""
    follows = [depth for depth in same if stack[depth].opener.value + 1 == opener.value]
    alike = [depth for depth in follows if stack[depth].opener.whole == opener.whole]
    if alike or follows:
        return (alike or follows)[-1]
    inner = same[-1]
    last = stack[inner].opener
    if opener.value == 1:
        is_top = inner == len(stack) - 1
        adjacent = last.whole and opener.line == last.line + 1
        restarts = last.value > 1 and last.whole
        nests = (is_top and (adjacent or restarts)) or _plain_above(stack, inner)
        return None if nests and len(stack) < DEEPEST else inner
    skipped = [depth for depth in same if 0 < opener.value - stack[depth].opener.value <= MAX_GAP]
    return (skipped or list(same))[-1]


def _plain_above(stack: list[_Open], depth: int) -> bool:
    """Does an unnumbered heading stand open inside the section at ``depth``? Then the numbering is its own."""
    return any(entry.opener.style in (PLAIN, MINOR) for entry in stack[depth + 1 :])


def _close_for_plain(stack: list[_Open], opener: _Opener, upcoming: _Opener | None) -> None:
    """An unnumbered heading: a part over a numbering that starts again, a sibling of its like, or a child."""
    if upcoming is not None and upcoming.value == 1:
        for depth, entry in enumerate(stack):
            if entry.opener.style == upcoming.style:
                _pop_to(stack, depth)
                if stack and stack[-1].opener.style == PLAIN:
                    stack.pop()
                return
    for depth, entry in enumerate(stack):
        if entry.opener.style == PLAIN:
            continues = upcoming is not None and any(
                inner.opener.style == upcoming.style and inner.opener.value + 1 == upcoming.value
                for inner in stack[depth + 1 :]
            )
            if not continues:
                _pop_to(stack, depth)
                return
    while stack and not stack[-1].opener.whole:
        stack.pop()


def _tile(
    openers: Sequence[_Opener], parents: Sequence[int], levels: Sequence[int], span: Span, title: Span | None
) -> tuple[Section, ...]:
    count = len(openers) + 1
    ends = [span.end] * count
    first_child = [0] * count
    open_at: list[int] = [0]
    for index in range(1, count):
        start = openers[index - 1].start
        while levels[open_at[-1]] >= levels[index]:
            ends[open_at.pop()] = start
        parent = parents[index]
        if not first_child[parent]:
            first_child[parent] = index
        open_at.append(index)
    sections = []
    for index in range(count):
        opener = openers[index - 1] if index else None
        start = opener.start if opener else span.start
        heading = opener.heading if opener else title
        child = first_child[index]
        body_start = heading.end if heading else start
        body_end = openers[child - 1].start if child else ends[index]
        body = Span(body_start, max(body_start, body_end))
        number = opener.number if opener else ""
        sections.append(Section(number, levels[index], parents[index], heading, Span(start, ends[index]), body))
    return tuple(sections)
