"""Visual lines → paragraphs: running heads told apart by repetition, lines joined by their edges, over page breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.model import BlockKind
from pipeline.read.lines import Line
from pipeline.read.pdf_page import Page, Visual
from pipeline.read.txt import width

ZONE = 0.12  # share of the page's height, above and below, in which running lines stand
EDGE = 0.08  # of these the outer part, where no text of the body stands
SHORT = 1.6  # a line that ends a sentence this many ems before the margin ends its paragraph; another needs one more
INDENT = 1.2  # a line that begins this many ems after the margin begins one
GAP = 0.7  # ems of white above a line, beyond the usual, that begin one
SIZE = 0.15  # a change of type size that begins one
TITLE_ROOM = 3.0  # a title's line that leaves less than this many of its own ems was wrapped, not ended

_PAGE = re.compile(
    r"[-—–－·.\s]*(\d{1,4}|[ivxlc]{1,6}|[Ⅰ-Ⅻ]+)[-—–－·.\s]*$|第?\s*\d+\s*页?\s*[,，/／共]\s*共?\s*\d+\s*页?$|第\s*[\d一二三四五六七八九十]+\s*页$|page\s*\d+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[、．.](?!\d)|第[一二三四五六七八九十百]+[章节条]|[①-⑳]|[一二三四五六七八九十]是"
)
_END = re.compile("[。！？；：!?;:]”?[）)]?$")
_WORD = re.compile(r"[A-Za-z0-9.,%/+-]+")
_DIGITS = re.compile(r"\d+")
_WESTERN = re.compile("[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a column begin and end, in points; ``em`` the width of a Han character."""

    left: float
    right: float
    em: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and the column it stands in."""

    line: Visual
    page: int
    margins: Margins


def running(pages: Sequence[Page]) -> dict[int, dict[int, BlockKind]]:
    """For each page number the lines (by place) that are running heads, feet or page numbers."""
    candidates: list[tuple[int, int, BlockKind, str]] = []
    for page in pages:
        for place, line in enumerate(page.lines):
            kind: BlockKind | None = None
            if line.bottom < ZONE * page.height:
                kind = "header"
            elif line.top > (1 - ZONE) * page.height:
                kind = "footer"
            if kind:
                candidates.append((page.number, place, kind, line.text))
    once_a_page = {(number, kind, _DIGITS.sub("#", text)) for number, _, kind, text in candidates}
    seen = Counter((kind, text) for _, kind, text in once_a_page)
    enough = max(2, 0.3 * len(pages))
    small = 0.9 * _usual_size(pages)
    found: dict[int, dict[int, BlockKind]] = {}
    for number, place, kind, text in candidates:
        if _PAGE.match(text.strip()):
            found.setdefault(number, {})[place] = "page"
        elif seen[kind, _DIGITS.sub("#", text)] >= enough or _is_alone(pages, place, small):
            found.setdefault(number, {})[place] = kind
    return found


def _usual_size(pages: Sequence[Page]) -> float:
    sizes = [line.size for page in pages for line in page.lines for _ in range(1 + len(line.text) // 10)]
    return median(sizes) if sizes else 0.0


def _is_alone(pages: Sequence[Page], place: int, small: float) -> bool:
    """On a single page nothing repeats: a small line at the very edge is a running one."""
    if len(pages) != 1:
        return False
    line, height = pages[0].lines[place], pages[0].height
    return line.size < small and (line.bottom < EDGE * height or line.top > (1 - EDGE) * height)


def ordered(page: Page, lines: Sequence[Visual]) -> list[list[Visual]]:
    """The page's lines as columns in reading order; one column where the page has one."""
    split = _gutter(page, lines)
    if split is not None:
        across = [line for line in lines if line.x0 < split < line.x1]
        left = sorted((line for line in lines if line.x1 <= split), key=_top)
        right = sorted((line for line in lines if line.x0 >= split), key=_top)
        first = min(left[0].top, right[0].top)
        above = sorted((line for line in across if line.top < first), key=_top)
        below = sorted((line for line in across if line.top >= first), key=_top)
        return [column for column in (above, left, right, below) if column]
    faults = sum(1 for one, two in pairwise(lines) if two.bottom < one.top)
    return [list(_side_by_side(sorted(lines, key=_top) if faults else lines))] if lines else []


def _top(line: Visual) -> tuple[float, float]:
    return line.top, line.x0


def _gutter(page: Page, lines: Sequence[Visual]) -> float | None:
    """Where two columns part; None where nearly all lines do not keep to one side."""
    if len(lines) < 12:
        return None
    middle = page.width / 2
    for split in (middle, middle - 12, middle + 12):
        left = [line for line in lines if line.x1 <= split]
        right = [line for line in lines if line.x0 >= split]
        wide = [line for line in (*left, *right) if line.x1 - line.x0 > 0.25 * page.width]
        enough = min(len(left), len(right)) >= 5 and len(wide) > 0.5 * (len(left) + len(right))
        if enough and len(left) + len(right) > 0.85 * len(lines):
            return split
    return None


def _side_by_side(lines: Iterable[Visual]) -> Iterable[Visual]:
    """Pieces that stand on one height, each to the right of the last, as one line."""
    open_line: Visual | None = None
    for line in lines:
        if open_line is not None and _continues(open_line, line):
            gap = line.x0 - open_line.x1 > 0.3 * open_line.size
            text = f"{open_line.text}{' ' if gap else ''}{line.text}"
            open_line = Visual(text, open_line.x0, line.x1, open_line.top, open_line.bottom, open_line.size)
            continue
        if open_line is not None:
            yield open_line
        open_line = line
    if open_line is not None:
        yield open_line


def _continues(left: Visual, right: Visual) -> bool:
    shared = min(left.bottom, right.bottom) - max(left.top, right.top)
    return shared > 0.6 * min(left.size, right.size) and right.x0 >= left.x1 - 0.5 * right.size


def margins(columns: Sequence[Sequence[Visual]]) -> list[Margins]:
    """The margins of each column; a column of few lines takes the widest ones found."""
    everything = [line for column in columns for line in column]
    ems = [(line.x1 - line.x0) / (width(line.text) / 2) for line in everything if width(line.text) > 20]
    em = median(ems) if ems else median(line.size for line in everything)
    own = [_edges(column, em) if len(column) >= 6 else None for column in columns]
    lefts = [one.left for one in own if one] or [min(line.x0 for line in everything)]
    rights = [one.right for one in own if one] or [max(line.x1 for line in everything)]
    spare = Margins(median(lefts), median(rights), em)
    return [one or spare for one in own]


def _edges(column: Sequence[Visual], em: float) -> Margins:
    """Left: the first place from the left where more than a chance line begins. Right: where the full lines end."""
    starts = sorted(line.x0 for line in column)
    few = max(2, len(column) // 12)
    left = next((x for place, x in enumerate(starts) if _near(starts, x, em) >= few), starts[0])
    ends = sorted(line.x1 for line in column)
    right = ends[-1 - len(ends) // 20]
    return Margins(left, right, em)


def _near(starts: Sequence[float], x: float, em: float) -> int:
    return sum(1 for other in starts if abs(other - x) < 0.4 * em)


def paragraphs(placed: Sequence[Placed]) -> list[Line]:
    """The lines joined to paragraphs; ``page`` is the one on which a paragraph begins."""
    usual = _usual_gap(placed)
    found: list[Line] = []
    previous: Placed | None = None
    first: Placed | None = None  # the line that began the open paragraph
    for here in placed:
        if previous is not None and first is not None and not _begins(here, previous, first, usual):
            found[-1] = found[-1]._replace(text=joint(found[-1].text, here.line.text))
        else:
            found.append(Line(here.line.text, page=here.page))
            first = here
        previous = here
    return found


def put(columns: Sequence[Sequence[Visual]], numbers: Sequence[int]) -> list[Placed]:
    """All lines in reading order, each with its page's number and the margins of its column."""
    edges = margins(columns) if columns else []
    together = zip(columns, numbers, edges, strict=True)
    return [Placed(line, number, edge) for column, number, edge in together for line in column]


def page_lines(pages: Sequence[Page]) -> list[Line]:
    """Paragraphs of pages without tables, then their running heads, feet and page numbers."""
    apart = running(pages)
    outside: list[Line] = []
    columns: list[list[Visual]] = []
    numbers: list[int] = []
    for page in pages:
        kinds = apart.get(page.number, {})
        outside.extend(Line(page.lines[place].text, kind, page=page.number) for place, kind in sorted(kinds.items()))
        for column in ordered(page, [line for place, line in enumerate(page.lines) if place not in kinds]):
            columns.append(column)
            numbers.append(page.number)
    return paragraphs(put(columns, numbers)) + outside


def _usual_gap(placed: Sequence[Placed]) -> float:
    pairs = pairwise(placed)
    gaps = [
        two.line.top - one.line.bottom for one, two in pairs if one.page == two.page and two.line.top > one.line.top
    ]
    return median(gaps) if gaps else 0.0


def _begins(here: Placed, previous: Placed, first: Placed, usual: float) -> bool:
    line, above, em = here.line, previous.line, here.margins.em
    if abs(line.size - above.size) > SIZE * max(line.size, above.size):
        return True
    same_column = here.page == previous.page and line.top > above.top
    if same_column and _is_title_going_on(here, previous):
        return False
    if same_column and line.top - above.bottom > usual + GAP * em:
        return True
    word = _WORD.match(line.text)
    short = SHORT if _END.search(above.text) else SHORT + 1
    room = (len(word[0]) * 0.55 * em if word else 0.0) + short * em
    if above.x1 < previous.margins.right - room:
        return True
    label = _LABEL.match(line.text) is not None
    indent = line.x0 - here.margins.left
    if indent > INDENT * em:
        hangs = _LABEL.match(first.line.text) and first.line.x0 < line.x0 - 0.5 * em and not label
        return not hangs or _END.search(above.text) is not None
    return label and _END.search(above.text) is not None


def _is_title_going_on(here: Placed, previous: Placed) -> bool:
    """Two lines of large type, the first as wide as fits: a title that was wrapped, wherever it is centred."""
    line, above, em = here.line, previous.line, here.margins.em
    room = previous.margins.right - previous.margins.left
    large = min(line.size, above.size) > (1 + SIZE) * em
    wide = above.x1 - above.x0 > room - TITLE_ROOM * above.size
    close = line.top - above.bottom < line.size
    return large and wide and close and not line.text.startswith(("—", "（", "("))


def joint(left: str, right: str) -> str:
    """Two lines of one paragraph; a space only where two Western words meet, a soft hyphen taken out.

    >>> joint("全镇开展集中学", "习28次"), joint("made in", "China")
    ('全镇开展集中学习28次', 'made in China')
    """
    if left.endswith(("\u00ad", "\ufffe")):
        return left[:-1] + right
    meets = _WESTERN.match(left[-1:]) and _WESTERN.match(right[:1]) and not (left[-1].isdigit() and right[0].isdigit())
    return f"{left} {right}" if meets else left + right
