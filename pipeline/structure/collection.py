"""One file, many reports: where each begins, and what lies between them.

Three signs: numbered openers (``篇一``, ``范文二``, ``【第三篇】``, ``…总结1:``), full titles that are repeated with
another unit or after a signature, and nothing else. A single report with parts is not split.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.structure import title as titles
from pipeline.structure.labels import value_of
from pipeline.structure.lines import Line, is_date_line, is_signature

LONGEST_OPENER = 60  # characters of a line that can open a report
LONGEST_LINK = 40  # characters of a line in a list of related pages
SHORTEST_BODY = 26  # characters of a line that is certainly no title, list entry or residue
SHORTEST_ENDED = 12  # the same where a signature, a drawn line or another unit's name tells them apart
SHORTEST_TEXT = 12  # characters of a sentence under a bare title
LONGEST_MARKER = 10  # characters of 会议材料一 above a title
SHORTEST_REPORT = 30  # characters between two titles that make the first a report of its own
_NUMBER = r"([一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})"
_CALLED = rf"(?:{titles.NOUN}|心得|体会|范文|范本|例文|样本|模板|文章|篇章)"
_PIECE = "篇章|篇|范文|例文|样本|样例|样板|模板|模版|样文|范本|范例|文稿|稿件|文档"
_ENCLOSED = "材料|资料|正文|附件|附"  # what is numbered so is a report only where it is called one
_RULE = "=＝\\-—_*＊~～#·•◆★☆●■▲△▼▽○□◎※＞＞>＜<｜|+＋^"  # what separating lines are drawn with
_OPENERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "piece",
        re.compile(
            rf"^[【\[（(〔《]?\s*(?:{_PIECE})\s*之?{_NUMBER}\s*[】\])）〕》]?(?:\s*[：:、.．|｜]\s*|\s+|(?<=[】\])）〕》])|$)(?P<title>.{{0,50}})$"
        ),
    ),
    (
        "enclosed",
        re.compile(
            rf"^[【\[（(]?\s*(?:{_ENCLOSED})\s*{_NUMBER}\s*[】\])）]?[：:、.．\s]+(?P<title>.{{2,44}}(?:总结|小结|汇报|计划|要点|打算))$"
        ),
    ),
    (
        "nth",
        re.compile(
            rf"^[【\[（(〔《]\s*第?\s*{_NUMBER}\s*[篇份则期]\s*[】\])）〕》]\s*[：:、.．\s]*(?P<title>.{{0,50}})$"
        ),
    ),
    ("nth", re.compile(rf"^第\s*{_NUMBER}\s*[篇份则期]\s*[：:、.．\s]*(?P<title>.{{0,40}}{_CALLED})?\s*$")),
    (
        "tail",
        re.compile(
            rf"^(?P<title>.{{2,40}}?{_CALLED})\s*[（(【\[]?\s*(?:篇|范文|第|之)\s*{_NUMBER}\s*[篇份]?\s*[）)】\]]?\s*[：:]?$"
        ),
    ),
    (
        "tail",
        re.compile(
            rf"^(?P<title>.{{2,40}}?(?:{titles.NOUN}|心得|体会|范文|范本))\s*[（(]?\s*{_NUMBER}\s*[)）]?\s*[：:]?$"
        ),
    ),
)
_LAST = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十：:）)】]〕》篇份则期")  # how an opener can end
_RULE_CHARS = _RULE.replace("\\", "") + " \t　"
_YEAR_TAIL = re.compile(r"[12][0-9]{3}$")
_RESIDUE = re.compile(
    r"^(?:相关(?:推荐|阅读|文章|链接)|推荐阅读|猜你喜欢|延伸阅读|更多|上一篇|下一篇|上一条|下一条|来源|文章来源|作者|责任编辑|编辑|责编|导读|摘要|版权|声明|本文来源|打印|关闭|浏览|点击|标签|分享|返回|【打印|\[打印|当前位置|您?(?:现在|当前)?的?位置|字号|扫一扫|附件下载|网站|页码|第?\s*\d+\s*页|[—\-－]\s*\d+\s*[—\-－]$|\d{1,3}$|第\s*\d+\s*页$|索引号|生成日期|公开方式|发文字号|信息分类|主题分类|发布机构|公开类别|相关热词|热门|广告|本类|点击下载|下载|看了本?文|此?本?文档由|如侵权|免责|赞\s*\d|收藏|时间[:：]|发布时间|发布日期|日期[:：]|首页)"
    r"|[>＞»].{1,20}[>＞»]|相关(?:文章|阅读|推荐|链接)[：:]?$|主办单位|技术支持|ICP备|公网安备|[—\-－=＝*＊~～_·.。]{3,}$|如(?:有)?侵权|会员上传|仅供参考|本文为您整理|以上(?:就?是|内容|为).{0,20}(?:范文|全部内容|分享|整理|介绍)"
)

_FOOT = re.compile(
    "侵权|热词|下载|看了|会员|广告|本类|相关|推荐|上一[篇条]|下一[篇条]|喜欢|责任编辑|版权|打印|关闭|分享|返回|以上就?是|更多"
)


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
    starts = _numbered(lines, short)
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


def is_residue(line: Line) -> bool:
    """Is the line what a web page or a collection puts around its texts?"""
    if line.block.kind == "residue":
        return True
    return line.number is None and len(line.text) <= 120 and bool(_RESIDUE.search(line.text))


def _last(lines: Sequence[Line], first: int, last: int) -> int:
    """The last line of a report that begins at ``first``: what a page adds at its foot is cut off."""
    foot = last + 1
    for index in range(last, first, -1):
        line = lines[index]
        if is_residue(line):
            foot = index if foot == index + 1 or _FOOT.search(line.text) else foot
        elif len(line.text) > LONGEST_LINK or line.text[-1] in "。！；":
            break
    return foot - 1


def _trimmed(lines: Sequence[Line]) -> tuple[Piece, ...]:
    """The whole file as one report without the residue before its title and after its end."""
    if not lines:
        return ()
    first = 0
    while first < len(lines) - 1 and is_residue(lines[first]):
        first += 1
    last = _last(lines, first, len(lines) - 1)
    if last == first and is_residue(lines[first]):
        return ()
    return (Piece(first, last),)


def opener_of(line: Line) -> tuple[str, int, str] | None:
    """(form, number, title) when the line opens a report of a collection.

    >>> from pipeline.model import Block, Span
    >>> from pipeline.structure.lines import shape
    >>> def of(text): return opener_of(shape(Block(Span(0, len(text))), text))
    >>> of("篇一：岚川镇工作总结"), of("乡镇宣传工作总结2:"), of("【第三篇】"), of("2023年工作总结")
    (('piece', 1, '岚川镇工作总结'), ('tail', 2, '乡镇宣传工作总结'), ('nth', 3, ''), None)
    """
    text = _undrawn(line.text)
    if not text or len(text) > LONGEST_OPENER or (text[-1] not in _LAST and not _NAMES_PIECE.match(text)):
        return None
    if line.block.kind in ("residue", "row", "note"):
        return None
    if _YEAR_TAIL.search(text.rstrip("：: ")):
        return None
    for form, pattern in _OPENERS:
        found = pattern.match(text)
        if found:
            return (
                form,
                value_of(found[1] if form != "tail" else found[2]),
                (found["title"] or "").strip().strip("《》"),
            )
    return None


_NAMES_PIECE = re.compile(rf"[【\[（(〔《]?\s*(?:第|{_PIECE}|{_ENCLOSED})")


def _undrawn(text: str) -> str:
    """A line without what is drawn around it: ======第一篇====== → 第一篇; empty for a mere rule.

    >>> _undrawn("====第一篇===="), _undrawn("★篇二"), _undrawn("----------"), _undrawn("——在大会上的讲话")
    ('第一篇', '篇二', '', '在大会上的讲话')
    """
    return text.strip(_RULE_CHARS)


def _numbered(lines: Sequence[Line], short: Sequence[int]) -> list[tuple[int, bool, str]]:
    """Openers in rising order; a table of contents in front lists them without text between and is passed over."""
    found = [(index, *opener) for index in short if (opener := opener_of(lines[index])) is not None]
    real = [item for place, item in enumerate(found) if _has_body(lines, item[0], found, place)]
    if not real:
        return []
    form = real[0][1]
    if form == "enclosed" and _has_text(lines[: real[0][0]]):
        return []  # a report and what is attached to it
    kept: list[tuple[int, bool, str]] = []
    last = 0
    if real[0][2] == 2:  # only from the second one on they are numbered: the first begins with its title
        top = next(
            (index for index in range(real[0][0]) if titles.is_title(lines[index]) and not is_residue(lines[index])),
            None,
        )
        if top is not None and any(_is_said(line) for line in lines[top + 1 : real[0][0]]):
            kept.append((top, False, ""))
    for index, this, value, title in real:
        if this == form and value > last and value - last <= 3:
            has_own = form == "tail" and index + 1 < len(lines) and _is_full_title(lines[index + 1])
            kept.append((index, True, "" if has_own else title))  # 会议材料1 above 青禾镇2019年工作总结
            last = value
    return kept


def _has_text(lines: Sequence[Line]) -> bool:
    """Is there more than a cover and a list of contents?"""
    return any(len(line.text) > SHORTEST_BODY and line.text[-1] in "。.！" and not is_residue(line) for line in lines)


def _has_body(lines: Sequence[Line], index: int, found: Sequence[tuple[int, str, int, str]], place: int) -> bool:
    end = found[place + 1][0] if place + 1 < len(found) else len(lines)
    return any(
        len(line.text) > SHORTEST_BODY
        or line.number is not None
        or (line.text[-1] in "。.！" and len(line.text) >= SHORTEST_TEXT)
        for line in lines[index + 1 : end]
    )


def _titled(lines: Sequence[Line], short: Sequence[int]) -> list[tuple[int, bool, str]]:
    """Full titles that open a report each: another unit's name, or any title right after a signature or date."""
    profiles = [index for index in short if index + 1 < len(lines) and _opens_profile(lines[index], lines[index + 1])]
    if len(profiles) > 1:
        return [(index, False, "") for index in profiles]
    headed = _headed(lines, short)
    if len(headed) > 1:
        return [(index, False, "") for index in headed]
    after = {index for index in short if index and _follows_end(lines, index) and titles.is_title(lines[index])}
    cores = {index: _core(lines[index].text) for index in short if _CALLED_SO.search(lines[index].text)}
    times = Counter(cores.values())
    found = [
        index
        for index in short
        if index in after
        or _is_full_title(lines[index])
        or (times[cores.get(index, "")] > 1 and lines[index].number is None and _is_repeated(lines, index))
    ]
    if len(found) < 2:
        return []
    tops = [_top(lines, index, found[0]) for index in found]
    starts, kept = [tops[0]], [0]
    for place in range(1, len(found)):
        last, top = kept[-1], tops[place]
        between = [line for line in lines[found[last] + 1 : top] if _is_said(line)]
        own, previous = (found[place], top), (found[last], tops[last])
        if _opens_another(lines, previous, own, sum(len(line.text) for line in between)):
            starts.append(top)
            kept.append(place)
    if len(starts) > 1:
        starts = sorted({*starts, *_bare_titles(lines, short, starts[0])})
        if _have_markers(lines, starts):
            return [(index - 1, True, "") for index in starts]
    return [(index, False, "") for index in starts]


_FIGURE = re.compile(r"[0-9０-９]+|[一二三四五六七八九十]+")


def _have_markers(lines: Sequence[Line], starts: Sequence[int]) -> bool:
    """材料一, No.1, （一）on a line of its own above each title: they belong to the reports below."""
    above = [_undrawn(lines[start - 1].text) if start else "" for start in starts]
    shapes = {_FIGURE.sub("#", text) for text in above}
    is_marker = (
        len(shapes) == 1 and all(0 < len(text) <= LONGEST_MARKER for text in above) and "#" in next(iter(shapes))
    )
    return is_marker and len(set(above)) == len(above)


_AROUND = re.compile(r"^[【《〖\[]\s*(.*?)\s*[】》〗\]][：:]?$")
_TAIL = re.compile(r"\s*[-—－#＃]?\s*[0-9０-９]{1,2}$|[：:]$")


def _core(text: str) -> str:
    """A title without what is drawn around it: 【…】, 《…》, ——…——, …：, …-1.

    >>> _core("【青禾镇工作总结】"), _core("◆青禾镇工作总结："), _core("青禾镇工作总结#2")
    ('青禾镇工作总结', '青禾镇工作总结', '青禾镇工作总结')
    """
    core = _undrawn(titles.closed(text))
    around = _AROUND.match(core)
    return _TAIL.sub("", around[1] if around else core)


_CALLED_SO = re.compile(r"(?:总结|小结|汇报|报告|计划|要点|打算)[^\u3400-\u9fff]{0,12}$")
_REPEATED = re.compile("(?:总结|小结|汇报|报告|计划|要点|打算)$")


def _is_repeated(lines: Sequence[Line], index: int) -> bool:
    """Is a short title, which the file has more than once, above a sentence?"""
    following = lines[index + 1] if index + 1 < len(lines) else None
    core = _core(lines[index].text)
    return bool(_REPEATED.search(core)) and 4 <= len(core) <= 24 and following is not None and _is_said(following)


def _opens_another(lines: Sequence[Line], before: tuple[int, int], own_at: tuple[int, int], length: int) -> bool:
    """Does a title open a report other than that of the title before, with ``length`` characters of text between?

    Titles are (line of the title, first line of its head).
    """
    (last, last_top), (index, top) = before, own_at
    own, previous = _core(lines[index].text), _core(lines[last].text)
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


def _is_said(line: Line) -> bool:
    """Is the line text of a report (a sentence, a numbered heading), not of its front?"""
    return not is_residue(line) and (
        line.number is not None or line.text[-1] in "。！；!;." or len(line.text) > LONGEST_OPENER
    )


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


def _headed(lines: Sequence[Line], short: Sequence[int]) -> list[int]:
    """一、青禾镇2022年工作总结 … 二、望川乡2022年工作总结: numbered titles of different units are no parts."""
    found = []
    for index in short:
        number = lines[index].number
        if number is not None and lines[index].form in ("heading", "maybe"):
            rest = titles.closed(lines[index].text[number.end :])
            if 8 <= len(rest) <= 50 and _FULL.match(rest) and _SAYS.search(rest):
                found.append((index, number.style, _unit(rest), rest))
    same = [each for each in found if each[1] == found[0][1]]
    if len({unit for _, _, unit, _ in same}) == len(same) or len({_core(rest) for *_, rest in same}) == 1:
        return [index for index, *_ in same]
    return []


def _is_rule(line: Line) -> bool:
    """Is the line drawn, nothing else?"""
    return len(line.text) >= 3 and not _undrawn(line.text)


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
    r"^[^，。；：:！？]{2,44}?(?:总结|小结|报告|汇报|计划|要点|打算|安排|思路|概况|简介)(?:[（(][^）)]*[）)])?$"
)
_TITLE_ENDS = frozenset("结告报划点算排路况介）)")
_SAYS = re.compile(r"镇|乡|街道|县|市|区|局|部|站|办|委|年|第|季度|月份?")
_UNIT = re.compile(r"((?:[\u4e00-\u9fff]{1,12}?|[×xX某○*＊]{1,4})(?:镇|乡(?!镇)|街道|苏木|局|农场|林场|开发区))")


def _is_full_title(line: Line) -> bool:
    if len(line.text) > LONGEST_OPENER or (
        line.text[-1] not in _TITLE_ENDS and line.text[-1] not in _LAST and line.text[-1] not in _RULE
    ):
        return False
    text = _core(line.text)
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
