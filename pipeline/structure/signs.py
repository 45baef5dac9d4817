"""What may say whose report it is: title and red head, edges, the first words, own papers and events, file and folder.

Each sign is a text to look for names in and its place in the document; ``place`` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.model import Evidence, Span, Stated
from pipeline.structure import names
from pipeline.structure.endings import ending
from pipeline.structure.gazetteer import Gazetteer
from pipeline.structure.lines import Line
from pipeline.structure.paths import parts
from pipeline.structure.title import Front

FRONT = 6  # lines at either end that are searched for a speaker or a signature
LONGEST_BEFORE = 16  # characters before 首届 in which the town stands that holds it
EARLY = 90  # characters of a paragraph in which its subject stands
MOST_SIGNS = 400  # signs of the body that are weighed; the same one again says ever less
SHORT = 60  # characters of a line of the front or of a signature


FOREIGN = (
    "(?:赴|前往|去|与|同|跟|邻|临|接|毗连|相[邻连望]|学习|考察|参观|观摩|取经|走进|邀请|对接|联合|携手|结对|对口"
    "|帮扶|支援|[东南西北]至|转发|借鉴|向|对|表扬|抄送[:：]?|抄报[:：]?|主送[:：]?)[东南西北]?$"
)
_QUOTED = re.compile(r"《([^《》\n]{2,60})》")
_OWN_PAPER = re.compile(
    "方案|意见|通知|办法|制度|规划|计划|细则|要点|公约|清单|总结|报告|简报|手册|行动|预案|规定|预算|表"
)
_SUBJECT = re.compile(
    "位于|地处|坐落|座落|隶属|[东南西北][邻临靠与接依抵]|现?下?辖|总面积|幅员|辖区|境内|共[有辖]|是.{0,12}[镇乡]|自[12二一]"
)
_ORGAN = re.compile(
    "党委|党工委|人民政府|政府|人大|委员会|办事处|党政|综合文化站|文化站|宣传|纪委|妇联|团委"
    "|[，,]?(?:坚持|始终|认真|紧紧|积极|切实|以|按照|结合|立足|牢记|对|把|在)"
)
_SIGNS = (
    "工作委员会|工委|党委|党工委|人民政府|政府|委员会|办事处|办公室|党政办|宣传|文化站|书记|镇长|乡长|主任|委员"
    "|供稿|报送|代表大会|工作站|领导小组|人大|中心|[　 ]|$"
    "|[\u3400-\u9fff]{1,12}?(?:办|站|所|队|部|科|组|会|联|委|局|校|院|公司)(?:[　 \\d（(二]|$)"
)
_SOURCE = re.compile(
    r"(?:来源|发布者?|发布单位|发布机构|供稿|报送单位|填报单位|单位名称|版权所有|主办单位|主办|作者)\s*[:：]?\s*"
)
# Where a subject can begin: after a mark, or after the time that the sentence speaks of (2023年上半年青禾镇…).
_BEGINS = re.compile("(?:^|[，,：:。；;]|年度?|半年|季度|月份?|以来|年来)[　 ]*$")
# 我在青禾镇分管农业, 由望川乡调任青禾镇副镇长: where the one who speaks serves.
_SERVES = re.compile("(?:我|本人)[^，。；]{0,4}?在$|(?:调任|转任|现任|担任|任|到|调[到至])$")
_AS_WHAT = re.compile("(?:党委|党工委|政府)?(?:分管|主管|任(?!何)|担任|工作|副?(?:书记|镇长|乡长|主任|主席|委员|站长))")
_OF_OTHERS = (
    "的?(?:经验|做法|先进|典型|群众|村民|代表团|考察团|同志们)|等(?:地|乡镇|镇|[0-9一二三四五六七八九十])|[、和与及]"
)
_SPEAKS_ABOVE = re.compile("我[县市区州局部旗]|全[县区旗]各|各(?:乡镇|镇街|乡镇街道)")
OPENING_LINES = 3  # paragraphs in which a report says who speaks
_HELD = re.compile(f"(?:[\u3400-\u9fff]{{1,16}}?)(?:{names.SUFFIX})")
_COMMA = re.compile("[，,]")
_EVENT = re.compile("(?:首|第[一二三四五六七八九十0-9]{1,3})届")
_HELD_BEFORE = f"[\u3400-\u9fff]{{1,12}}(?:{names.SUFFIX})$"
_HELD_ENDS = frozenset("乡处道镇木场区")  # how a town's name ends


@dataclass(frozen=True, slots=True)
class Scene:
    """All that may say whose report it is: its lines, what stands around it, its front, signature and path.

    ``alone`` is True for the only report of its file: only then do file and folder name say whose it is.
    """

    lines: Sequence[Line]
    around: Sequence[Line]
    front: Front
    signed: Stated | None
    path: str
    alone: bool

    @property
    def stated(self) -> tuple[Stated, ...]:
        """Title, issuer and signature, as far as they are known."""
        return tuple(value for value in (self.front.title, self.front.issuer, self.signed) if value is not None)


# A text to look for names in, the sign that it is, and for each of its characters its place in the document
# (None: the text is a file or folder name, which is then the evidence itself).
Sign = tuple[str, str, Sequence[int] | Evidence]


def evidence(text: str, where: Sequence[int] | Evidence, start: int, end: int) -> Evidence:
    """Characters ``start`` … ``end`` of a sign's text as evidence; a file or folder name is evidence as a whole."""
    if isinstance(where, Evidence):
        return where
    return Evidence(text[start:end], "text", Span(where[start], where[end - 1] + 1))


def of(scene: Scene, tables: Gazetteer) -> Iterator[Sign]:
    """Every sign of a report, the strong ones first."""
    title, issuer = scene.front.title, scene.front.issuer
    if title is not None:
        yield ("title", title.value, scene.front.at) if scene.front.at else ("file", title.value, title.evidence[0])
    if issuer is not None and issuer.evidence[0].span is not None:
        span = issuer.evidence[0].span
        if len(issuer.value) == span.end - span.start:
            yield "issuer", issuer.value, range(span.start, span.end)
    if scene.alone:
        for depth, part in enumerate(parts(scene.path)):
            where: Literal["file", "folder"] = "folder" if depth else "file"
            yield where, part, Evidence(part, where)
    yield from _edge_signs(scene)
    yield from _opening_signs(scene, tables)
    found = 0
    for line in scene.lines:
        if _may_sign(line.text) and line.block.kind not in ("residue", "row", "note"):
            for sign in _body_signs(line):
                yield sign
                found += 1
                if found >= MOST_SIGNS:
                    return


def _may_sign(text: str) -> bool:
    """A quick look before the slow one: this runs over every paragraph."""
    head = text[:EARLY]
    return "镇" in head or "乡" in head or "街道" in head or "苏木" in head or "《" in text or "届" in text


def words(line: Line, start: int, end: int) -> tuple[str, range]:
    """Characters ``start`` … ``end`` of a line and their places in the document."""
    at = line.block.span.start
    return line.text[start:end], range(at + start, at + end)


def _edge_signs(scene: Scene) -> Iterator[Sign]:
    """Speaker and session under the title, signature and 供稿 at the end, 来源 around."""
    count = len(scene.lines)
    front_end = scene.front.body
    while front_end < min(count, scene.front.body + FRONT) and len(scene.lines[front_end].text) <= SHORT:
        front_end += 1
    near = [("front", line) for line in scene.lines[: min(front_end, count)]]
    near += [("signature", line) for line in ending(scene.lines[front_end:], FRONT)]
    title = scene.front.title.value if scene.front.title is not None else ""
    for index, (sign, line) in enumerate(near):
        if len(line.text) > SHORT or line.number is not None or line.text[-1] in "。；;！!":
            continue
        if (line.form == "heading" and index >= scene.front.body) or (title and line.text in title):
            continue
        for held in _HELD.finditer(line.text):
            if re.compile(_SIGNS).match(line.text, held.end()) or "人民代表大会" in line.text:
                yield sign, *words(line, held.start(), held.end())
    for line in scene.around:
        if len(line.text) <= 3 * SHORT and ("：" in line.text or ":" in line.text or "版权" in line.text):
            for found in _SOURCE.finditer(line.text):
                held_at = _HELD.match(line.text, found.end())
                if held_at:
                    yield "source", *words(line, held_at.start(), held_at.end())


def _opening_signs(scene: Scene, tables: Gazetteer) -> Iterator[Sign]:
    """The subject of the first paragraphs, where the report does not speak for a county: 2023年，青禾镇按照…"""
    body = [line for line in scene.lines[scene.front.body :] if _is_prose(line)][:OPENING_LINES]
    if any(_SPEAKS_ABOVE.search(line.text[: 3 * EARLY]) for line in body):
        return
    for line in body:
        head = line.text[:EARLY]
        for name in names.find(head, tables):
            if _is_own(head, name):
                yield "opening", *words(line, name.start - len(name.area), name.start + len(name.name))
                break
            start, end = name.start - len(name.area), name.start + len(name.name)
            before = _QUOTED.sub("，", head[:start])
            if (
                _BEGINS.search(before)
                and not re.compile(_OF_OTHERS).match(head, end)
                and not re.search(FOREIGN, before.rstrip("，,"))
            ):
                yield "opening", *words(line, start, end)
                break


def _is_own(text: str, name: names.Name) -> bool:
    """Does a person say that it is this town where he serves?"""
    before = text[: name.start - len(name.area)]
    is_served = _SERVES.search(before) and not before.endswith(("原任", "曾任"))
    return bool(is_served and _AS_WHAT.match(text, name.start + len(name.name)))


def _is_prose(line: Line) -> bool:
    return line.form in ("text", "run_in", "item") and len(line.text) >= 12 and line.block.kind == "text"


def _body_signs(line: Line) -> Iterator[Sign]:
    """Own papers, subjects at the start of a paragraph, own events."""
    text = line.text
    if "《" in text:
        for quoted in _QUOTED.finditer(text):
            held = _HELD.match(quoted[1].removeprefix("关于印发"))
            if held and _OWN_PAPER.search(quoted[1]):
                start = text.index(held[0], quoted.start())
                yield "document", *words(line, start, start + len(held[0]))
    if "届" in text:
        for event in _EVENT.finditer(text):
            at = event.start()
            is_held = text[at - 1 : at] in _HELD_ENDS
            before = re.compile(_HELD_BEFORE).search(text, max(0, at - LONGEST_BEFORE), at) if is_held else None
            if before:
                yield "event", *words(line, before.start(), before.end())
    begin = line.number.end if line.number else 0
    held = _HELD.match(text, begin)
    if held is None:  # 上半年，石浦岙镇宣传工作以…: the subject after a first short clause
        comma = _COMMA.search(text, begin, begin + SHORT)
        held = _HELD.match(text, comma.end()) if comma else None
    if held:
        if _SUBJECT.match(text, held.end()):
            yield "subject", *words(line, held.start(), held.end())
        elif _ORGAN.match(text, held.end()):
            yield "organ", *words(line, held.start(), held.end())
