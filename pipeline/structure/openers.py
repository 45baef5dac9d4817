"""Lines that open a report of a collection by a number: ``篇一``, ``范文二：…``, ``【第三篇】``, ``…总结（1）``.

One line of the table ``FORMS`` for each way of writing. A number alone proves nothing: a collection has several of one
form in rising order, each with its own text (``numbered``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.structure import title as titles
from pipeline.structure.labels import value_of
from pipeline.structure.lines import Line, is_paper
from pipeline.structure.residue import introduces, is_residue

LONGEST = 60  # characters of a line that can open a report
SHORTEST_BODY = 26  # characters of a line that is certainly no title, list entry or residue
SHORTEST_TEXT = 12  # characters of a sentence under a bare title
LONGEST_MAST = 16  # characters of the name of a series above its numbers
MAX_GAP = 3  # how far the numbers of two openers that follow each other may lie apart

_NUMBER = r"([一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})"
_OPEN, _CLOSE = r"[【\[（(〔《「『〖]", r"[】\])）〕》」』〗]"
_CALLED = rf"(?:{titles.NOUN}|心得|体会|范文|范本|例文|样本|模板|文章|篇章)"
_PIECE = "篇章|篇目|篇|示例|范文参考|参考范文|范文|例文|样本|样例|样板|模板|模版|样文|范本|范例|文稿|稿件|文档|文章|例"
_LABEL = "[Pp]art|PART|[Nn][Oo][.．]?"  # No.2 对外宣传 is a heading, No.2 岚川镇工作总结 is none
_TITLED = "标题|总结|小结|汇报|报告|述职报告|发言|讲话"  # 总结一：… only with its title behind
_ENCLOSED = "材料|资料|正文|附件|附"  # what is numbered so is a report only where it is called one


@dataclass(frozen=True, slots=True)
class Form:
    """A way of writing: group ``n`` is the number, ``title`` what is said behind or before it.

    ``needs``: one of these words is in each of them; few files have any, and most forms are never compiled.
    """

    name: str
    needs: tuple[str, ...]
    pattern: str


def _form(name: str, needs: str, pattern: str) -> Form:
    return Form(name, tuple(needs.split("|")), pattern)


# Order matters: the first that fits wins.
FORMS: tuple[Form, ...] = (
    _form(
        "piece",
        _PIECE,
        rf"^{_OPEN}?\s*(?:{_PIECE})\s*[（(]?\s*之?{_NUMBER}\s*[)）]?\s*{_CLOSE}?"
        rf"(?:\s*[：:、.．|｜]\s*|\s+|(?<=[】\])）〕》])|(?=[（(])|$)(?P<title>.{{0,50}})$",
    ),
    _form("piece", _TITLED, rf"^(?:{_TITLED})\s*{_NUMBER}\s*[：:]\s*(?P<title>.{{4,50}})$"),
    _form("piece", _TITLED, rf"^{_OPEN}\s*(?:{_TITLED})\s*{_NUMBER}\s*{_CLOSE}(?P<title>.{{0,50}})$"),
    _form(
        "enclosed",
        _ENCLOSED,
        rf"^{_OPEN}?\s*(?:{_ENCLOSED})\s*{_NUMBER}\s*{_CLOSE}?[：:、.．\s]+"
        r"(?P<title>.{2,44}(?:总结|小结|汇报|计划|要点|打算))$",
    ),
    _form(
        "called",
        "art|ART|O|o",
        rf"^{_OPEN}?\s*(?:{_LABEL})\s*{_NUMBER}\s*{_CLOSE}?[：:、.．\s]+"
        r"(?P<title>.{4,44}(?:总结|小结|汇报|报告|计划|要点|打算))$",
    ),
    _form("mark", "材料|发言", rf"^(?P<title>)[^附，。；：]{{0,6}}(?:材料|发言)\s*之?\s*[（(]?{_NUMBER}[)）]?[：:]?$"),
    _form(
        "nth",
        "篇|份|则|期",
        rf"^{_OPEN}\s*第?\s*{_NUMBER}\s*[篇份则期]\s*{_CLOSE}\s*[：:、.．\s]*(?P<title>.{{0,50}})$",
    ),
    _form(
        "nth",
        "篇|份|则|期",
        rf"^第\s*{_NUMBER}\s*[篇份则期]\s*[：:、.．\s]*(?P<title>.{{0,40}}{_CALLED}|[（(].{{2,20}}[)）])?\s*$",
    ),
    _form("free", "篇|份|则", rf"^第\s*{_NUMBER}\s*[篇份则]\s*[：:、.．\s]+(?P<title>.{{2,40}})$"),
    _form(
        "tail",
        "篇|范文|第|之",
        rf"^(?P<title>.{{2,40}}?{_CALLED}》?)\s*{_OPEN}?[—－-]{{0,2}}\s*(?:篇|范文|第|之)\s*[（(]?{_NUMBER}\s*[篇份期]?\s*{_CLOSE}?\s*[：:]?$",
    ),
    _form(
        "tail",
        f"{titles.NOUN}|心得|体会|范文|范本|模板|样本|例文",
        rf"^(?P<title>.{{0,40}}?(?:{titles.NOUN}|心得|体会|范文|范本|模板|样本|例文)》?)\s*[（(【\[]?\s*{_NUMBER}\s*[)）】\]]?\s*"
        r"(?:[（(][^（()）]{2,16}[)）])?[：:]?$",
    ),
)
_LAST = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十：:）)】]〕》」篇份则期")  # how an opener can end
_YEAR_TAIL = re.compile(r"[12][0-9]{3}$")
_NAMES_PIECE = re.compile(rf"{_OPEN}?\s*(?:第|{_PIECE}|{_LABEL}|{_TITLED}|{_ENCLOSED})")
# …总结三篇, 精选15篇, （共4篇）: how many there are, as the page says it.
_COUNT = r"([一二两三四五六七八九十]{1,3}|[0-9０-９]{1,2})\s*[篇份则](?!章)"

MIXED = frozenset({"piece", "nth", "tail"})  # forms that one collection may mix

Start = tuple[int, bool, str]  # the first line of a report, whether it is an opener, the title that it says


def of(line: Line) -> tuple[str, int, str] | None:
    """(form, number, title) when the line may open a report of a collection.

    >>> from pipeline.model import Block, Span
    >>> from pipeline.structure.lines import shape
    >>> def seen(text): return of(shape(Block(Span(0, len(text))), text))
    >>> seen("篇一：岚川镇工作总结"), seen("乡镇宣传工作总结2:"), seen("【第三篇】"), seen("2023年工作总结")
    (('piece', 1, '岚川镇工作总结'), ('tail', 2, '乡镇宣传工作总结'), ('nth', 3, ''), None)
    """
    text = titles.undrawn(line.text)
    if not text or len(text) > LONGEST or (text[-1] not in _LAST and not _NAMES_PIECE.match(text)):
        return None
    if line.block.kind in ("residue", "row", "note") or _YEAR_TAIL.search(text.rstrip("：: ")):
        return None
    for form in FORMS:
        found = re.match(form.pattern, text) if any(word in text for word in form.needs) else None
        if found:
            number = next(group for name, group in zip(_names(found), found.groups(), strict=True) if name != "title")
            return form.name, value_of(number), (found["title"] or "").strip().strip("《》")
    return None


def opens(line: Line) -> bool:
    """Is the line an opener even where it stands alone?"""
    opener = of(line)
    return opener is not None and opener[0] not in ("free", "mark") and not is_paper(line.text)


def _names(found: re.Match[str]) -> list[str]:
    """For each group of a match its name, empty for the number."""
    names = {place: name for name, place in found.re.groupindex.items()}
    return [names.get(place, "") for place in range(1, found.re.groups + 1)]


def is_said(line: Line) -> bool:
    """Is the line text of a report (a sentence, a numbered heading), not of its front or a bare 一、?"""
    is_numbered = line.number is not None and line.number.end < len(line.text)
    is_text = is_numbered or line.text[-1] in "。！；!;." or len(line.text) > LONGEST
    return is_text and not is_residue(line) and not introduces(line.text)


def numbered(lines: Sequence[Line], short: Sequence[int]) -> list[Start]:
    """Openers in rising order; a table of contents in front lists them without text between and is passed over."""
    found = [(index, *opener) for index in short if (opener := of(lines[index])) is not None]
    real = [item for place, item in enumerate(found) if _has_body(lines, item[0], found, place)]
    best: list[tuple[int, str, int, str]] = []
    for form in dict.fromkeys(item[1] for item in real):
        run = _rising([item for item in real if item[1] == form])
        if len(run) > len(best) and _is_trusted(lines, form, run):
            best = run
    mixed = _rising([item for item in real if item[1] in MIXED])  # 篇一 … 第2篇 … 范文三
    if len(mixed) > len(best) and [item[2] for item in mixed] == list(range(1, len(mixed) + 1)):
        best = mixed
    if not best:
        return []
    kept: list[Start] = []
    if best[0][2] == 2:  # only from the second one on they are numbered: the first begins with its title
        top = next(
            (index for index in range(best[0][0]) if titles.is_title(lines[index]) and not is_residue(lines[index])),
            None,
        )
        if top is not None and any(is_said(line) for line in lines[top + 1 : best[0][0]]):
            kept.append((top, False, ""))
    above = [lines[index - 1] if index else None for index, *_ in best]
    masts = {line.text if line is not None and len(line.text) <= LONGEST_MAST else "" for line in above}
    if len(masts) == 1 and "" not in masts and not kept:  # 宣传信息 above 第1期, 第2期
        return [(index - 1, True, title) for index, _, _, title in best]
    return kept + [(index, True, title) for index, _, _, title in best]


def _rising(found: Sequence[tuple[int, str, int, str]]) -> list[tuple[int, str, int, str]]:
    """The longest run of rising numbers; each 1 begins a new one."""
    best: list[tuple[int, str, int, str]] = []
    run: list[tuple[int, str, int, str]] = []
    for item in found:
        if item[2] == 1 and run:
            run = []
        if not run or 0 < item[2] - run[-1][2] <= MAX_GAP:
            run.append(item)
        if len(run) > len(best):
            best = list(run)
    return best


def _is_trusted(lines: Sequence[Line], form: str, run: Sequence[tuple[int, str, int, str]]) -> bool:
    """材料一 under a report is attached to it; 第一篇 举旗 is a part unless the page says how many there are."""
    front = lines[: run[0][0]]
    if form == "mark":
        return not any(is_said(line) for line in front)
    if form == "enclosed":
        return not _has_text(front)
    if form == "free":
        counts = {value_of(found[1]) for line in front for found in re.finditer(_COUNT, line.text[:LONGEST])}
        return len(run) in counts
    return True


def _has_text(lines: Sequence[Line]) -> bool:
    """Is there more than a cover and a list of contents?"""
    return any(len(line.text) > SHORTEST_BODY and line.text[-1] in "。.！" and is_said(line) for line in lines)


def _has_body(lines: Sequence[Line], index: int, found: Sequence[tuple[int, str, int, str]], place: int) -> bool:
    end = found[place + 1][0] if place + 1 < len(found) else len(lines)
    return any(
        len(line.text) > SHORTEST_BODY
        or line.number is not None
        or (line.text[-1] in "。.！" and len(line.text) >= SHORTEST_TEXT)
        for line in lines[index + 1 : end]
    )
