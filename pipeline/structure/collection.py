"""One file, many reports: where each begins, and what lies between them.

Three signs: numbered openers (``openers``: 篇一, 范文二, 【第三篇】, …总结1:), full titles that are repeated with
another unit or after a signature, and nothing else. A single report with parts is not split.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.structure import openers
from pipeline.structure import title as titles
from pipeline.structure.lines import Line, is_date_line, is_signature
from pipeline.structure.openers import LONGEST as LONGEST_OPENER
from pipeline.structure.openers import SHORTEST_TEXT, Start, is_said
from pipeline.structure.residue import introduces, is_foot, is_path, is_residue
from pipeline.structure.title import core, undrawn

LONGEST_LINK = 40  # characters of a line in a list of related pages
SHORTEST_ENDED = 12  # characters of text where a signature, a drawn line or another unit's name tells reports apart
LONGEST_MARKER = 10  # characters of 会议材料一 above a title
MOST_TIMES = 2  # how often one title stands above its text
SHORTEST_REPORT = 30  # characters between two titles that make the first a report of its own
FRONT_LINES = 16  # lines in which a page's own front stands


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines ``first`` … ``last`` (inclusive) of one report; ``is_opener``: line ``first`` is 篇一 or its like."""

    first: int
    last: int
    is_opener: bool = False
    title: str = ""


def split(lines: Sequence[Line]) -> tuple[Piece, ...]:
    """The reports among the lines of a file; lines outside every piece are loose.

    A file without any sign is one piece, its web residue at both ends left out.
    """
    short = [index for index, line in enumerate(lines) if len(line.text) <= LONGEST_OPENER]
    starts = openers.numbered(lines, short)
    if len(starts) < 2:
        starts = _titled(lines, short)
        if len(starts) < 2:
            return _trimmed(lines)
    pieces = []
    for place, (first, opener, title) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(lines)
        last = _last(lines, first, end - 1)
        pieces.append(Piece(first, last, opener, title))
    return tuple(pieces)


def _last(lines: Sequence[Line], first: int, last: int) -> int:
    """The last line of a report that begins at ``first``: what a page adds at its foot is cut off."""
    foot = last + 1
    for index in range(last, first, -1):
        line = lines[index]
        if is_residue(line):
            foot = index if foot == index + 1 or is_foot(line.text) else foot
        elif len(line.text) > LONGEST_LINK or line.text[-1] in "。！；":
            break
    return foot - 1


def _trimmed(lines: Sequence[Line]) -> tuple[Piece, ...]:
    """The whole file as one report without the residue before its title and after its end."""
    if not lines:
        return ()
    first = _front(lines)
    last = _last(lines, first, len(lines) - 1)
    if last == first and is_residue(lines[first]):
        return ()
    return (Piece(first, last),)


def _front(lines: Sequence[Line]) -> int:
    """The first line of the only report: after paths and residue, and after the page's introduction to it."""
    first = 0
    while first < len(lines) - 1 and (is_residue(lines[first]) or introduces(lines[first].text)):
        first += 1
    start = first
    for index in range(first, min(len(lines), first + FRONT_LINES)):
        line = lines[index]
        if is_residue(line) and is_path(line.text):
            start = index + 1
        elif introduces(line.text):
            following = lines[index + 1 : index + 4]
            if any(titles.is_title(other) and not is_residue(other) for other in following):
                start = index + 1  # 小编为大家整理… above the report's own title
        elif is_residue(line):
            start += start == index
        elif line.number is not None or len(line.text) > LONGEST_OPENER:
            break
    return min(start, len(lines) - 1)


def _titled(lines: Sequence[Line], short: Sequence[int]) -> list[Start]:
    """Full titles that open a report each: another unit's name, or any title right after a signature or date."""
    profiles = [index for index in short if index + 1 < len(lines) and _opens_profile(lines[index], lines[index + 1])]
    if len(profiles) > 1:
        return [(index, False, "") for index in profiles]
    headed = _headed(lines, short)
    if len(headed) > 1:
        return [(index, True, rest) for index, rest in headed]
    after = {index for index in short if index and _follows_end(lines, index) and titles.is_title(lines[index])}
    cores = {index: core(lines[index].text) for index in short if _CALLED_SO.search(lines[index].text)}
    times = Counter(cores.values())
    found = [
        index
        for index in short
        if index in after
        or _is_full_title(lines[index])
        or (times[cores.get(index, "")] > 1 and lines[index].number is None and _is_repeated(lines, index))
    ]
    found = [index for place, index in enumerate(found) if _has_own_text(lines, found, place)]
    if len(found) < 2:
        return []
    tops = [_top(lines, index, found[0]) for index in found]
    starts, kept = [tops[0]], [0]
    for place in range(1, len(found)):
        last, top = kept[-1], tops[place]
        between = [line for line in lines[found[last] + 1 : top] if is_said(line)]
        own, previous = (found[place], top), (found[last], tops[last])
        if _opens_another(lines, previous, own, sum(len(line.text) for line in between)):
            starts.append(top)
            kept.append(place)
    if len(starts) > 1:
        starts = sorted({*starts, *_bare_titles(lines, short, starts[0])})
        if _have_markers(lines, starts):
            return [(index - 1, True, "") for index in starts]
    return [(index, False, "") for index in starts]


def _has_own_text(lines: Sequence[Line], found: Sequence[int], place: int) -> bool:
    """Is anything said between a title and the next one? In a table of contents or a list of links nothing is."""
    index = found[place]
    end = place + 1
    name = core(lines[index].text)
    while end < len(found) and found[end] == found[end - 1] + 1 and core(lines[found[end]].text) == name:
        end += 1
    if end - place > MOST_TIMES:
        return False  # a list of contents in which every entry is called the same
    following = found[end] if end < len(found) else len(lines)
    return any(is_said(line) for line in lines[found[end - 1] + 1 : following])


_FIGURE = re.compile(r"[0-9０-９]+|[一二三四五六七八九十]+")


def _have_markers(lines: Sequence[Line], starts: Sequence[int]) -> bool:
    """材料一, No.1, （一）on a line of its own above each title: they belong to the reports below."""
    above = [undrawn(lines[start - 1].text) if start else "" for start in starts]
    shapes = {_FIGURE.sub("#", text) for text in above}
    is_marker = (
        len(shapes) == 1 and all(0 < len(text) <= LONGEST_MARKER for text in above) and "#" in next(iter(shapes))
    )
    return is_marker and len(set(above)) == len(above)


_CALLED_SO = re.compile(r"(?:总结|小结|汇报|报告|计划|要点|打算)[^\u3400-\u9fff]{0,12}$")
_REPEATED = re.compile("(?:总结|小结|汇报|报告|计划|要点|打算)$")


def _is_repeated(lines: Sequence[Line], index: int) -> bool:
    """Is a short title, which the file has more than once, above a sentence?"""
    following = lines[index + 1] if index + 1 < len(lines) else None
    name = core(lines[index].text)
    return bool(_REPEATED.search(name)) and 4 <= len(name) <= 24 and following is not None and is_said(following)


def _opens_another(lines: Sequence[Line], before: tuple[int, int], own_at: tuple[int, int], length: int) -> bool:
    """Does a title open a report other than that of the title before, with ``length`` characters of text between?

    Titles are (line of the title, first line of its head).
    """
    (last, last_top), (index, top) = before, own_at
    own, previous = core(lines[index].text), core(lines[last].text)
    if _is_ended(lines, top) or _is_rule(lines[top - 1]):
        return length >= SHORTEST_ENDED
    units = _unit_of(lines, index, top), _unit_of(lines, last, last_top)
    if own == previous:
        return length >= SHORTEST_REPORT
    if _FIGURE.sub("#", own) == _FIGURE.sub("#", previous):
        return length >= SHORTEST_ENDED  # 2019年工作总结 … 2020年工作总结
    if units[0] and units[1]:
        rest = own.replace(units[0], "", 1)
        is_part = rest in previous  # …2017年总结和2018年计划 has a part 2018年计划
        return length >= SHORTEST_ENDED and (units[0] != units[1] or not is_part)
    return False


def _follows_end(lines: Sequence[Line], index: int) -> bool:
    """Does a title stand under a drawn line, or under a signature with its date?"""
    if lines[index].text[0] == "附" or lines[index].number is not None:
        return False
    before = _before(lines, index)
    is_dated = len(before) > 1 and is_date_line(before[-1].text) and is_signature(before[-2].text)
    return _is_rule(lines[index - 1]) or is_dated


def _is_ended(lines: Sequence[Line], top: int) -> bool:
    """Does a signature or a date stand right above?"""
    return any(is_date_line(line.text) or is_signature(line.text) for line in _before(lines, top))


def _unit_of(lines: Sequence[Line], index: int, top: int) -> str:
    return _unit(titles.closed(lines[index].text)) or (_unit(lines[top].text) if top < index else "")


def _top(lines: Sequence[Line], index: int, first: int) -> int:
    """The line of the unit above a title that does not name it (青禾镇人民政府 / 2021年工作总结)."""
    if index == 0 or _unit(lines[index].text):
        return index
    above = lines[index - 1]
    if above.number is not None or not (titles.is_place(above.text) or is_signature(above.text)):
        return index
    if index == first:
        return index - 1
    is_signed = index > 1 and not is_date_line(lines[index - 2].text)  # 青禾镇人民政府 may sign what stands above it
    same = first > 0 and (titles.is_place(lines[first - 1].text) or is_signature(lines[first - 1].text))
    return index if is_signed and not same else index - 1


_BARE = re.compile(
    r"(?:20\d\d年度?)?(?:上半年|下半年|年终|年度|半年)?(?:个人|宣传|党建)?(?:工作)?(?:总结|小结|汇报|计划|要点|打算)[：:]?$"
)


def _bare_titles(lines: Sequence[Line], short: Sequence[int], first: int) -> list[int]:
    """In what is a collection anyway 工作总结 on a line of its own opens a report too, unless a heading goes before."""
    return [
        index
        for index in short
        if index > first
        and lines[index].number is None
        and _BARE.match(lines[index].text)
        and index + 1 < len(lines)
        and lines[index + 1].number is None
        and len(lines[index + 1].text) >= SHORTEST_TEXT
        and (lines[index].text[0] not in "12" or _is_ended(lines, index))
        and not _is_full_title(lines[index])
    ]


def _headed(lines: Sequence[Line], short: Sequence[int]) -> list[tuple[int, str]]:
    """一、青禾镇2022年工作总结 … 二、望川乡2022年工作总结: numbered titles of different units are no parts."""
    found = []
    for index in short:
        number = lines[index].number
        if number is not None and lines[index].form in ("heading", "maybe"):
            rest = lines[index].text[number.end :].strip()
            if 8 <= len(rest) <= 50 and _FULL.match(rest) and _SAYS.search(rest):
                found.append((index, number.style, _unit(rest), rest))
    same = [each for each in found if each[1] == found[0][1]]
    if len({unit for _, _, unit, _ in same}) == len(same) or len({core(rest) for *_, rest in same}) == 1:
        return [(index, rest) for index, *_, rest in same]
    return []


def _is_rule(line: Line) -> bool:
    """Is the line drawn, nothing else?"""
    return len(line.text) >= 3 and not undrawn(line.text)


_DESCRIBES = re.compile(
    "位于|地处|坐落|座落|辖|隶属|面积|人口|平方公里|素有|古称|原名|始建|建制|因.{1,12}[得而]名|东[邻临接与靠]|总面积|得名|境内"
)


def _opens_profile(line: Line, following: Line) -> bool:
    """A town's bare name above a paragraph that describes it."""
    text = line.text
    return (
        titles.is_place(text)
        and not text.endswith(("村", "社区"))  # villages are parts of their town's profile
        and line.number is None
        and following.text.startswith(text[:-1])
        and bool(_DESCRIBES.search(following.text, 0, 60))
    )


def _before(lines: Sequence[Line], index: int) -> Sequence[Line]:
    end = index
    while end > 0 and is_residue(lines[end - 1]):
        end -= 1
    return lines[max(0, end - 2) : end]


_FULL = re.compile(
    r"^[^，。；：:！？]{2,44}?(?:总结|小结|报告|汇报|计划|要点|打算|安排|思路|概况|简介)(?:范文|范本)?(?:[（(][^）)]*[）)])?$"
)
_TITLE_ENDS = frozenset("结告报划点算排路况介文本）)")
_NUMBERS = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十：:）)】]〕》」")
_DRAWN = tuple("=＝-—_*＊~～#·•◆★☆●■▲△▼▽○□◎※＞>＜<｜|+＋^")
_SAYS = re.compile(r"镇|乡|街道|县|市|区|局|部|站|办|委|年|第|季度|月份?")
_UNIT = re.compile(r"((?:[\u4e00-\u9fff]{1,12}?|[×xX某○*＊]{1,4})(?:镇|乡(?!镇)|街道|苏木|局|农场|林场|开发区))")


def _is_full_title(line: Line) -> bool:
    if len(line.text) > LONGEST_OPENER or (
        line.text[-1] not in _TITLE_ENDS and line.text[-1] not in _NUMBERS and not line.text.endswith(_DRAWN)
    ):
        return False
    text = core(line.text)
    return (
        line.number is None
        and line.block.kind in ("text", "heading")
        and 8 <= len(text) <= 50
        and bool(_FULL.match(text))
        and bool(_SAYS.search(text))
    )


def _unit(title: str) -> str:
    found = _UNIT.search(title)
    return found[1] if found else ""
