"""The title of a report and who issues it. Titles may wrap over lines, stand there twice, or only in the file name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import Evidence, Span, Stated
from pipeline.structure.endings import OFFICE, OFFICES
from pipeline.structure.lines import Line, is_date_line, is_paper
from pipeline.structure.paths import VERSION, parts

FRONT_LINES = 14  # how far down a title may stand
LONGEST_TITLE = 60
LONGEST_FREE = 40  # characters of a title that does not say what it is

# What documents of the genre are called; a title ends in one of these, maybe with a remark in brackets.
NOUN = (
    "总结|小结|报告|汇报|述职|计划|规划|要点|打算|安排|思路|设想|方案|概况|简介|介绍|镇情|乡情|通知|通报|意见|材料|讲话|讲话稿|发言|致辞"
    "|谋划|述评|回眸|盘点|纪实|自查|自评|事迹"
    "|情况|说明|运行分析|形势分析|公告|公示|纪要|简报|信息|综述|汇编|范文|清单|台账|回顾与展望"
)
_REMARK = r"(?:\s*[（(【\[][^）)】\]]{1,24}[）)】\]])*"
_ENDS_IN_NOUN = re.compile(rf"(?:{NOUN}){_REMARK}\s*\d{{0,2}}[：:]?$")
_HAS_NOUN = re.compile(rf"(?:{NOUN})")
SENTENCE = re.compile("[。！!？?；;]")
_SALUTATION = re.compile(
    r"^(?:尊敬的)?(?:各位|同志们|代表们|位代表|女士们|县委|市委|区委|州委|镇党委|.{2,14}(?:部|局|办|委)[：:]$)"
)
_RESIDUE = re.compile(
    r"^当前位置|^您?(?:现在|当前)?的?位置|首页\s*[>＞»/]|[>＞»]|^来源|^作者|^时间|^日期|^发布|^发文|^浏览|^点击|^字号|^字体|^【|^\[|^编辑|^责任编辑|^访问|^阅读|^导读|^摘要|^目\s*录|^索引号|^主题词|^打印|^分享|www\.|http|^\d+$|^—?\s*\d+\s*—?$"
)
RED_HEAD = re.compile(r"^(?P<issuer>.{2,40}?)\s*文\s*件$")
_DATED = re.compile(r"(?:19|20)\d\d年\s*\d{1,2}月")
DOCUMENT_NUMBER = re.compile(r"[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\]）)】]\s*第?\d{1,4}\s*号")
_ISSUER_LINE = rf"^(?:中共|中国共产党)?[\u4e00-\u9fff　 ]{{2,30}}{OFFICE}$"
_TITLE_ISSUER = (
    rf"^(?P<issuer>(?:中共|中国共产党)?[\u4e00-\u9fff]{{2,20}}?{OFFICE})"
    r"(?=关于|\d|[二一][〇○零]|上半年|下半年|年度|工作|宣传)"
)
_MASTHEAD = re.compile(r"(?:简报|信息|动态|专报|快报|参考|通讯|工作交流)$")  # names a series, not the piece
_PERSON = re.compile(r"(?:镇长|乡长|县长|区长|市长|州长|书记|主任|主席|部长|局长|站长)[\s　：:]")
_PLACE_ONLY = r"^[\u4e00-\u9fff]{1,12}(?:镇|乡|街道|苏木|社区|村|农场|林场|开发区)(?:办事处)?$"
_PLACE_ENDS = ("镇", "乡", "街道", "苏木", "社区", "村", "农场", "林场", "开发区", "办事处")


@dataclass(frozen=True, slots=True)
class Front:
    """What the head of a report says: its title, where it stands, red head.

    ``span`` is that of the title's lines ``first`` … ``last`` (-1: no title in the text); ``at`` holds for each
    character of the title's value its place in the document (empty when the title is the file's name); ``again``
    are the lines on which the same title stands once more (a page's own, or what a notice sends out).
    """

    title: Stated | None
    span: Span | None
    first: int
    last: int
    issuer: Stated | None
    at: tuple[int, ...] = ()
    again: tuple[int, ...] = ()

    @property
    def body(self) -> int:
        """The index of the first line after the title."""
        return self.last + 1

    def evidence(self, start: int, end: int) -> Evidence:
        """Characters ``start`` … ``end`` of the title's value as evidence."""
        title = self.title
        if title is None:
            raise ValueError("there is no title to point at")
        if not self.at:
            return title.evidence[0]
        return Evidence(title.value[start:end], "text", Span(self.at[start], self.at[end - 1] + 1))


def _places(value: str, lines: Sequence[Line]) -> tuple[int, ...]:
    """For each character of a title its place in the document; a closed gap stands where its next character does."""
    places = [
        (char, line.block.span.start + index) for line in lines for index, char in enumerate(line.text) if char.strip()
    ]
    result, at = [], 0
    for char in value:
        while char.strip() and places[at][0] != char:
            at += 1
        result.append(places[min(at, len(places) - 1)][1])
        at += bool(char.strip())
    return tuple(result)


def find(lines: Sequence[Line], path: str, opened: str = "", skip: int = 0) -> Front:
    """The title among the first lines, else in the file name when that is called like a document.

    The value is the title as one reads it: wrapped lines joined, wide spacing (``工 作 报 告``) closed. ``opened`` is
    what a collection's opener says after its number (``篇一：…``), when it says something;
    ``skip`` lines at the start are no title (``范文一``).
    """
    if opened and len(lines) > 1 and _names_more(lines[1], opened):
        opened, skip = "", 1  # 乡镇工作总结1 above 青禾镇2021年工作总结
    number = next((index for index, line in enumerate(lines[:FRONT_LINES]) if opened in line.text), None)
    if opened and number is not None:  # not always the first line: a page's own word may stand above the opener
        line = lines[number]
        start = line.block.span.start + line.text.index(opened)
        stated = Stated(closed(opened), 0.9, (Evidence(opened, "text", Span(start, start + len(opened))),))
        at, again = _places(stated.value, (line,)), _again(lines, opened, number + 1)
        return Front(stated, line.block.span, number, number, None, at, again)
    issuer: Stated | None = None
    best: tuple[float, int] | None = None
    for index, line in enumerate(lines[:FRONT_LINES]):
        if index < skip:
            continue
        text = line.text
        head = RED_HEAD.match(text)
        if head:
            issuer = _stated(closed(head["issuer"]), 0.9, line, head.start("issuer"), head.end("issuer"))
        if _SALUTATION.match(text) or _is_body(line):
            break
        following = lines[index + 1] if index + 1 < len(lines) else None
        score = _score(line, index, following is not None and _is_subtitle(following))
        if score and (best is None or score > best[0] + 0.5):
            best = (score, index)
    above = best[1] - 1 if best is not None and is_place(lines[best[1]].text) else -1
    if best is not None and above >= skip and lines[best[1]].number is None and _is_free(lines[above]):
        best = (2.0, above)  # 让阵地热起来 above 青禾镇
    if best is None and skip and skip + 1 < len(lines) and _PERSON.search(lines[skip].text):
        skip += 1  # 发言一 / 青禾镇党委书记 张三 / 让阵地热起来
    if best is None and skip and skip < len(lines) and _is_free(lines[skip]):
        best = (2.0, skip)  # 材料一 above a title that does not say what it is
    if best is None:
        return Front(_from_file(path), None, 0, -1, issuer)
    first, last = _wrapped(lines, best[1], skip)
    again = _again(lines, closed(lines[first].text), last + 1) if first == last else ()
    if again and _bare(lines[again[-1]].text) == _bare(lines[first].text):  # the page's own title stood above it
        again, first, last = (first, *again[:-1]), again[-1], again[-1]
    span = Span(lines[first].block.span.start, lines[last].block.span.end)
    value = re.sub("[：:]$", "", "".join(closed(line.text) for line in lines[first : last + 1]))
    if "——" not in value:
        value = re.sub(r"(?<=[结告划报文料])[1-9１-９一二三]$", "", value)
    at = _places(value, lines[first : last + 1])
    title = Stated(value, min(1.0, best[0] / 4), (Evidence(value, "text", Span(at[0], at[-1] + 1)),))
    front = Front(title, span, first, last, issuer, at, again)
    return replace(front, issuer=issuer or _issuer_of_title(front))


def _stated(value: str, score: float, line: Line, start: int, end: int) -> Stated:
    at = line.block.span.start
    return Stated(value, score, (Evidence(line.text[start:end], "text", Span(at + start, at + end)),))


def closed(text: str) -> str:
    """Wide spacing between single characters closed: display, not content.

    >>> closed("政 府 工 作 报 告"), closed("在 2023 年大会上")
    ('政府工作报告', '在 2023 年大会上')
    """
    parts = text.split()
    if len(parts) > 2 and all(len(part) == 1 for part in parts):
        return "".join(parts)
    return " ".join(parts)


_RULE = " \t　=＝\\-—_*＊~～#·•◆★☆●■▲△▼▽○□◎※＞>＜<｜|+＋^"  # what separating lines are drawn with
_AROUND = re.compile(r"^[【《〖『「\[]\s*(.*?)\s*[】》〗』」\]][：:]?$")
_TAIL = re.compile(r"\.(?:docx?|wps|txt|pdf)$|\s*[-—－#＃]?\s*[0-9０-９]{1,2}$|[：:]$")
# What a page adds to a title: 范文, （精选3篇）, (范文推荐).
_SHOWN = (
    r"(?:范文|范本|模板)?(?:\s*[（(【\[](?:范文|全文)?(?:精选|优[秀质选]|合集|集[合锦]|通用|推荐|完整|最新|汇总|热门|共)?"
    r"\s*[0-9一二三四五六七八九十]*\s*篇?[)）】\]])?$"
)


_SHOWN_ENDS = ("范文", "范本", "模板", ")", "）", "】", "]")


def undrawn(text: str) -> str:
    """A line without what is drawn around it: ======第一篇====== → 第一篇; empty for a mere rule.

    >>> undrawn("====第一篇===="), undrawn("★篇二"), undrawn("----------"), undrawn("——在大会上的讲话")
    ('第一篇', '篇二', '', '在大会上的讲话')
    """
    return text.strip(_RULE)


def core(text: str) -> str:
    """A title without what is drawn around it: 【…】, 《…》, ——…——, …：, …-1.

    >>> core("【青禾镇工作总结】"), core("◆青禾镇工作总结："), core("青禾镇工作总结#2")
    ('青禾镇工作总结', '青禾镇工作总结', '青禾镇工作总结')
    """
    inner = undrawn(closed(text))
    around = _AROUND.match(inner)
    return _TAIL.sub("", around[1] if around else inner)


def _bare(text: str) -> str:
    name = core(text)
    return re.sub(_SHOWN, "", name) if name.endswith(_SHOWN_ENDS) else name


_QUOTED = re.compile("《([^》]{6,60})》")


def _again(lines: Sequence[Line], title: str, start: int) -> tuple[int, ...]:
    """The front's lines from ``start`` on that say the same title once more, or the one that it quotes."""
    quoted = _QUOTED.search(title)
    wanted = {_bare(title), core(quoted[1]) if quoted else ""}
    found = []
    for index in range(start, min(len(lines), FRONT_LINES)):
        if lines[index].number is not None:
            break
        if len(lines[index].text) <= LONGEST_TITLE and _bare(lines[index].text) in wanted:
            found.append(index)
    return tuple(found)


def _names_more(line: Line, opened: str) -> bool:
    """Does the line below an opener say of which unit its report is, where the opener only says what it is?"""
    text = core(line.text)
    return is_title(line) and is_called(text) and bool(re.search(_OF_PLACE, text)) and not re.search(_OF_PLACE, opened)


_OF_PLACE = "[\u4e00-\u9fff]{2}(?<!乡)(?:镇|乡(?!镇)|街道)"


def _is_free(line: Line) -> bool:
    """May a line below 材料一 be its title? A short one that is no sentence, date, number or salutation."""
    text = line.text
    return (
        line.number is None
        and line.block.kind in ("text", "heading")
        and 4 <= len(text) <= LONGEST_FREE
        and text[-1] not in "，,：:。；;"
        and not SENTENCE.search(text[:-1])
        and not _RESIDUE.search(text)
        and not is_date_line(text)
        and not _SALUTATION.match(text)
    )


def _is_body(line: Line) -> bool:
    text = line.text
    return len(text) > LONGEST_TITLE + 20 or (len(text) > 30 and bool(SENTENCE.search(text)))


# What the first part of a report is called; a file that begins with it has no title.
_FIRST_PART = re.compile("(?:基本|自然|总体|主要|有关|一般)(?:情况|概况|做法|成效|工作|措施)$|工作回顾$|指导思想$|存在")


def _score(line: Line, index: int, is_above_subtitle: bool = False) -> float:
    """How much a front line looks like a title: 0 no … 4 surely."""
    text = closed(line.text)
    if (
        line.number is not None
        or len(text) > LONGEST_TITLE
        or _FIRST_PART.match(text)
        or line.block.kind in ("residue", "row", "note")
    ):
        return 0
    if _RESIDUE.search(text) or is_date_line(text) or text[0] in "—-（(" or _PERSON.search(text):
        return 0
    if DOCUMENT_NUMBER.search(text) or RED_HEAD.match(line.text) or text[-1] in "，,；;。！!":
        return 0
    if _MASTHEAD.search(text):
        return 2.5
    if _ENDS_IN_NOUN.search(text):
        return 4.0 if text[-1] not in "：:" or (_HAS_NOUN.search(text) and len(text) > 6) else 0
    is_own = line.block.kind == "heading" and line.block.level <= 1
    if index < 3 and _is_place_name(text):
        return 3.0
    if text[-1] in "：:":
        return 0
    if is_own:
        return 3.0
    if index == 0 and line.form in ("heading", "text") and not SENTENCE.search(text) and is_above_subtitle:
        return 3.0
    if index == 0 and line.form == "heading" and not _is_issuer(text):
        return 2.0 if _HAS_NOUN.search(text) else 1.6 if len(text) >= 4 and not re.match(r"\d{4}年", text) else 0
    return 0


def is_place(text: str) -> bool:
    """Is a line nothing but a town's or village's name?"""
    return len(text) <= 20 and _is_place_name(text)


def _is_place_name(text: str) -> bool:
    return text.endswith(_PLACE_ENDS) and re.match(_PLACE_ONLY, text) is not None


def _is_issuer(text: str) -> bool:
    return text.endswith(OFFICES) and re.match(_ISSUER_LINE, text) is not None


def is_called(text: str) -> bool:
    """Does a text end like a document's name?"""
    return bool(_ENDS_IN_NOUN.search(text))


def is_title(line: Line) -> bool:
    """Does a line look like a title wherever it stands?"""
    return _score(line, 0) >= 3


def _wrapped(lines: Sequence[Line], at: int, skip: int) -> tuple[int, int]:
    """A title over two or three lines: an issuer above 关于…, a front half above the line with the noun."""
    first = last = at
    while first > skip and at - first < 2 and _continues(lines[first - 1], lines[first]):
        first -= 1
    following = lines[at + 1] if at + 1 < len(lines) else None
    if following is not None and _GOES_ON.match(following.text) and _ENDS_IN_NOUN.search(closed(following.text)):
        last = at + 1  # …总结 / 和2018年工作计划
    elif (
        not _ENDS_IN_NOUN.search(closed(lines[at].text))
        and following is not None
        and following.number is None
        and (len(lines[at].text) > 6 or _is_subtitle(following))
        and len(following.text) <= LONGEST_TITLE
        and _ENDS_IN_NOUN.search(closed(following.text))
        and not SENTENCE.search(following.text)
    ):
        last = at + 1
    return first, last


_GOES_ON = re.compile("(?:和|及|暨|与|以及|并)[^，。；：]{4,40}$")


def _is_subtitle(line: Line) -> bool:
    """——在全县工作会议上的报告: part of the heading block."""
    return bool(re.match("[—-]{2}", line.text)) and len(line.text) <= LONGEST_TITLE and not SENTENCE.search(line.text)


def _continues(upper: Line, lower: Line) -> bool:
    text = closed(upper.text)
    if upper.number is not None or upper.block.kind in ("residue", "row") or len(text) > 40:
        return False
    if _RESIDUE.search(text) or SENTENCE.search(text) or _DATED.search(text) or text[-1] in "：:，,）)":
        return False
    if is_paper(text):
        return False
    if DOCUMENT_NUMBER.search(text) or RED_HEAD.match(upper.text) or _ENDS_IN_NOUN.search(text):
        return False
    return len(text) >= 8 or _is_issuer(text) or _is_place_name(text)


def _issuer_of_title(front: Front) -> Stated | None:
    value = front.title.value if front.title else ""
    found = re.match(_TITLE_ISSUER, value) if any(office in value for office in OFFICES) else None
    return Stated(found["issuer"], 0.9, (front.evidence(0, found.end("issuer")),)) if found else None


def _from_file(path: str) -> Stated | None:
    name = parts(path)[0]
    core = VERSION.sub("", re.sub(r"[（(]\s*[)）]|^\d{1,3}[.、\-_ ]|[_\-—\s]+$", "", name)).strip(" _-—（）()")
    if len(core) >= 6 and _ENDS_IN_NOUN.search(core) and any("\u4e00" <= char <= "\u9fff" for char in core):
        return Stated(core, 0.5, (Evidence(name, "file"),))
    return None
