"""Full titles that open a report each: of another unit, after a signature, repeated, or built alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.structure import title as titles
from pipeline.structure.lines import Line, is_date_line, is_signature
from pipeline.structure.openers import LONGEST as LONGEST_OPENER
from pipeline.structure.openers import SHORTEST_TEXT, Start, is_said
from pipeline.structure.residue import introduces, is_foot, is_residue
from pipeline.structure.title import core, undrawn

SHORTEST_ENDED = 12  # characters of text where a signature, a drawn line or another unit's name tells reports apart
LONGEST_MARKER = 10  # characters of 会议材料一 above a title
SHORTEST_REPORT = 30  # characters between two titles that make the first a report of its own
MOST_LINKS = 12  # lines of a list of related pages
MOST_TIMES = 2  # how often one title stands above its text
MOST_NAMES = 400  # titles that are compared with one another


def starts(lines: Sequence[Line], short: Sequence[int]) -> list[Start]:
    """Full titles that open a report each: another unit's name, or any title right after a signature or date."""
    profiles = [index for index in short if index + 1 < len(lines) and _opens_profile(lines, index)]
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
        if (index in after and not is_residue(lines[index]))
        or (_is_full_title(lines[index]) and not _is_link(lines, index))
        or (times[cores.get(index, "")] > 1 and lines[index].number is None and _is_repeated(lines, index))
    ]
    found = [index for place, index in enumerate(found) if _has_own_text(lines, found, place)]
    if found and lines[found[0]].text[0] != "《":  # 《…要点》 on a line of its own is named, not opened
        found = [index for index in found if lines[index].text[0] != "《"]
    own = _own(lines, found) if found else []
    return _marked(lines, max(own, _family(lines, short), _bylined(lines, short), key=len))


_BYLINE = (
    "[（(]?(?:中共)?[\u4e00-\u9fff]{2,14}(?:镇|乡|街道)"
    "(?:党委|党工委|人民政府|政府|党政办|办事处|宣传办|工委)?(?:副?(?:书记|镇长|乡长|主任)|[\u4e00-\u9fff]{2}委员)?"
    "(?:[\u3000 ：:]+[\u4e00-\u9fff\u3000 ]{2,5})?[)）]?$"
)


# A quick look before the slow one.
_MAY_SIGN = re.compile(
    "(?:镇|乡|街道)(?:党委|党工委|人民政府|政府|党政办|办事处|宣传办|工委|副?(?:书记|镇长|乡长|主任)|..委员)*"
    "(?:[\u3000 ：:].{2,})?[)）]?$"
)


def _is_byline(text: str) -> bool:
    return _MAY_SIGN.search(text) is not None and re.match(_BYLINE, text) is not None


_SALUTES = re.compile("(?:尊敬的)?(?:各位|同志们)")


def _bylined(lines: Sequence[Line], short: Sequence[int]) -> list[Start]:
    """让阵地热起来 / 青禾镇党委 / text: a bare line with who speaks below it, several times, from the top."""
    found: list[int] = []
    for index in short:
        if not 0 < index < len(lines) - 1 or not _is_byline(lines[index].text):
            continue
        above, below = lines[index - 1], lines[index + 1]
        is_text = is_said(below) or _SALUTES.match(below.text)
        if is_text and below.number is None and _may_be_over(above) and not is_signature(above.text):
            found.append(index - 1)
    if len(found) < 2 or any(is_said(line) for line in lines[: found[0]]):
        return []
    is_each = len({lines[index + 1].text for index in found}) == len(found)
    return [(index, False, lines[index].text) for index in found] if is_each else []


def _first(lines: Sequence[Line], start: int, name: str) -> list[int]:
    """Where the report begins that ends, signed or under a drawn line, right above ``start``.

    A notice that quotes the title ``name`` sends out what stands under it: both are one.
    """
    if start == 0 or not (_is_ended(lines, start) or _is_rule(lines[start - 1])):
        return []
    top = next((at for at in range(start) if not (is_residue(lines[at]) or introduces(lines[at].text))), start)
    length = sum(len(line.text) for line in lines[top + 1 : start] if is_said(line))
    is_sent = any("《" in line.text and name in line.text for line in lines[top:start])
    return [top] if length >= SHORTEST_REPORT and not is_sent else []


def _own(lines: Sequence[Line], found: Sequence[int]) -> list[Start]:
    """Of the titles ``found`` those that open a report, with the unit or marker above them."""
    tops = [_top(lines, index, found[0]) for index in found]
    starts, kept = [tops[0]], [0]
    for place in range(1, len(found)):
        last, top = kept[-1], tops[place]
        between = [line for line in lines[found[last] + 1 : top] if is_said(line)]
        own, previous = (found[place], top), (found[last], tops[last])
        if _opens_another(lines, previous, own, sum(len(line.text) for line in between)):
            starts.append(top)
            kept.append(place)
    starts = _first(lines, starts[0], core(lines[found[0]].text)) + starts
    if len(starts) > 1:
        starts = sorted({*starts, *_bare_titles(lines, starts[0])})
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


_DOCUMENT = re.compile("(?:总结|小结|汇报|报告|计划|要点|打算)$")
_ENDS = frozenset(
    "结报告划点算料介况言话职责案眸述评实法验色效镇乡道木场区情】》）)]：:0123456789=-—_*★●x"
)  # how such a title ends
_SPEAKS = re.compile("[，。；：！？,;:!?]")
LONGEST_FAMILY = 44  # characters of a title that others are built like
LONGEST_UNIT = 14  # characters of 青禾镇： before what its paper is called
TAIL = 4  # characters at the end that such titles share


def _family(lines: Sequence[Line], short: Sequence[int]) -> list[Start]:
    """Titles that are built alike and begin at the top: 青禾镇简介 … 望川乡简介, 妇联工作总结 … 团委工作总结.

    They differ in the unit, or in what stands before the kind of document; where one is the end of another it is a
    part of that one's report.
    """
    groups: dict[tuple[str, str], list[int]] = {}
    for index in short:
        line = lines[index]
        is_told = "：" in line.text[:LONGEST_UNIT]
        if line.number is not None or (line.text[-1] not in _ENDS and not is_told):
            continue
        name = core(line.text)
        name = re.sub(_OF_UNIT, r"\1", name) if any(unit in name for unit in _UNITS) else name
        if not 2 < len(name) <= LONGEST_FAMILY or _SPEAKS.search(name):
            continue
        unit = _unit(name)
        if unit and (titles.is_called(name) or name == unit or re.search(_PRAISED, name)):
            groups.setdefault(("unit", _FIGURE.sub("#", name.replace(unit, "", 1))), []).append(index)
        elif unit and is_told and not titles.SENTENCE.search(name):
            groups.setdefault(("unit", "："), []).append(index)  # 青禾镇：一条板凳议大事
        elif len(name) > TAIL and _DOCUMENT.search(name):
            groups.setdefault(("tail", name[-TAIL:]), []).append(index)
    best: list[int] = []
    is_slogan = False
    for (sort, shape), group in groups.items():
        found = [index for place, index in enumerate(group) if _has_own_text(lines, group, place)]
        names = {core(lines[index].text) for index in found}
        is_parts = sort == "tail" and any(one != other and one.endswith(other) for one in names for other in names)
        is_top = not any(is_said(line) for line in lines[: found[0]]) if found else False
        if len(names) == len(found) > len(best) and is_top and not is_parts and len(names) <= MOST_NAMES:
            best, is_slogan = found, shape == "："
    if is_slogan:
        return [(index, False, lines[index].text) for index in best]
    return [(_top(lines, index, best[0]), False, "") for index in best]


# What a town's paper may be called besides; alone such a line would be a heading.
_PRAISED = "(?:亮点|做法|经验|特色|成效|[月季年]报)(?:[（(][^（()）]{1,12}[)）])?$"
_OF_UNIT = "^([\u4e00-\u9fff]{1,12}(?:镇|乡|街道))[：:·—-]{1,2}"  # 青禾镇：2021年工作总结
_FIGURE = re.compile(r"[0-9０-９]+|[一二三四五六七八九十]+|[上下](?=半年)")


def _marked(lines: Sequence[Line], found: list[Start]) -> list[Start]:
    """材料一, No.1, （一）on a line of its own above each title: they belong to the reports below."""
    starts = [index for index, *_ in found]
    above = [undrawn(lines[start - 1].text) if start else "" for start in starts]
    shapes = {_FIGURE.sub("#", text) for text in above}
    is_marker = (
        len(shapes) == 1 and all(0 < len(text) <= LONGEST_MARKER for text in above) and "#" in next(iter(shapes))
    )
    if len(starts) > 1 and is_marker and len(set(above)) == len(above):
        return [(index - 1, True, "") for index in starts]
    return found


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
    if _is_linked(lines, top):
        return length >= SHORTEST_REPORT
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


def _is_linked(lines: Sequence[Line], top: int) -> bool:
    """Does a list of links stand right above (相关阅读 / 文化站自查报告 / …) that holds this line's title?"""
    for at in range(top - 1, max(-1, top - MOST_LINKS - 1), -1):
        line = lines[at]
        if is_residue(line) and is_foot(line.text):
            return any(core(link.text) == core(lines[top].text) for link in lines[at + 1 : top])
        if is_said(line):
            return False
    return False


def _is_link(lines: Sequence[Line], index: int) -> bool:
    """Is a title one of a list of links? Then the list's head is right above, and what follows is another title."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is None or following.text[-1] in "：:，," or is_said(following):
        return False
    for at in range(index - 1, max(-1, index - MOST_LINKS - 1), -1):
        if is_residue(lines[at]) and is_foot(lines[at].text):
            return True
        if is_said(lines[at]):
            return False
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
    """The first line of a title's head: a red head, a document's number and the unit stand above it."""
    top = _unit_above(lines, index, first)
    while top and (titles.DOCUMENT_NUMBER.search(lines[top - 1].text) or titles.RED_HEAD.match(lines[top - 1].text)):
        top -= 1
    return top


def _unit_above(lines: Sequence[Line], index: int, first: int) -> int:
    """The line of the unit above a title that does not name it (青禾镇人民政府 / 2021年工作总结)."""
    if index == 0:
        return index
    above = lines[index - 1]
    if _SENT_BY.match(above.text):
        return index - 1
    if lines[index].text.startswith(("——", "--")) and _may_be_over(above):
        return index - 1  # a slogan above its subtitle
    if _unit(lines[index].text):
        return index
    if above.number is not None or not (titles.is_place(above.text) or is_signature(above.text)):
        return index
    if index == first:
        return index - 1
    is_signed = index > 1 and not is_date_line(lines[index - 2].text)  # 青禾镇人民政府 may sign what stands above it
    same = first > 0 and (titles.is_place(lines[first - 1].text) or is_signature(lines[first - 1].text))
    return index if is_signed and not same else index - 1


_SENT_BY = re.compile("(?:报送|填报|上报|供稿)单位\\s*[：:].{2,24}$")


def _may_be_over(line: Line) -> bool:
    return (
        line.number is None
        and len(line.text) <= LONGEST_FAMILY
        and not titles.SENTENCE.search(line.text)
        and not is_residue(line)
        and not is_date_line(line.text)
    )


_BARE = re.compile(
    r"(?:20\d\d年度?)?(?:上半年|下半年|年终|年度|半年)?(?:个人|宣传|党建)?(?:工作)?(?:总结|小结|汇报|计划|要点|打算)[：:]?$"
)


def _bare_titles(lines: Sequence[Line], first: int) -> list[int]:
    """In what is a collection anyway 工作总结 on a line of its own opens a report too, unless a heading goes before."""
    return [
        index
        for index in range(first + 1, len(lines))
        if lines[index].number is None
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


_DESCRIBES = (
    "位于|地处|坐落|座落|辖|隶属|面积|人口|平方公里|素有|古称|原名|始建|建制|因.{1,12}[得而]名|东[邻临接与靠]"
    "|总面积|得名|境内"
)


def _opens_profile(lines: Sequence[Line], index: int) -> bool:
    """A town's bare name above a paragraph that describes it; numbered ones only where nothing goes before."""
    line, following = lines[index], lines[index + 1]
    if following.text[0] not in line.text:
        return False  # a quick look before the slow one
    text = core(line.text[line.number.end :] if line.number else line.text)
    return (
        titles.is_place(text)
        and not text.endswith(("村", "社区"))  # villages are parts of their town's profile
        and (line.number is None or line.number.value > 1 or not any(is_said(other) for other in lines[:index]))
        and following.text.startswith(text[:-1])
        and bool(re.compile(_DESCRIBES).search(following.text, 0, 60))
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
_NUMBERS = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十：:）)】]〕》」』〗")
_DRAWN = tuple("=＝-—_*＊~～#·•◆★☆●■▲△▼▽○□◎※＞>＜<｜|+＋^")
_SAYS = re.compile(r"镇|乡|街道|县|市|区|局|部|站|办|委|年|第|季度|月份?")
_UNIT = r"((?:[\u4e00-\u9fff]{1,12}?|[×xX某○*＊]{1,4})(?:镇|乡(?!镇)|街道|苏木|局|农场|林场|开发区))"
_UNITS = ("镇", "乡", "街道", "苏木", "局", "农场", "林场", "开发区")


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
    found = re.search(_UNIT, title) if any(unit in title for unit in _UNITS) else None
    return found[1] if found else ""
