"""Whose report it is. Every piece of evidence has a weight; the sum decides, or nobody does.

A name in the title weighs more than one in a folder, a document of one's own (《董市镇…方案》) more than a mention; a
partner, a neighbour or a place that was visited weighs nothing. Where the town lies is ``locate``'s question.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.model import Evidence, Pin, Place, Places, ReportingUnit, Span, Stated
from pipeline.structure import gazetteer as gazetteers
from pipeline.structure import locate, names
from pipeline.structure.endings import ending
from pipeline.structure.gazetteer import Gazetteer
from pipeline.structure.lines import Line
from pipeline.structure.paths import parts
from pipeline.structure.title import Front

# How much each sign says, and how much is needed before a town is claimed.
WEIGHTS = {
    "title": 6.0,
    "issuer": 5.0,  # red head, or the office before 关于 in the title
    "signature": 4.0,  # the last lines
    "front": 4.0,  # lines between title and text: the speaker and his office, the session
    "file": 4.0,
    "folder": 3.0,
    "subject": 3.0,  # 董市镇位于……
    "opening": 3.0,  # 2023年，董市镇…… in the first paragraphs
    "document": 3.0,  # 《董市镇……实施方案》
    "source": 3.0,  # 来源：董市镇人民政府
    "event": 1.6,  # 董市镇首届……
    "organ": 1.5,  # 董市镇党委坚持……
}
# Signs that alone can carry a claim; a paragraph that begins with a town's name is also how a county lists its towns.
STRONG = frozenset(WEIGHTS) - {"organ", "event"}
OUTSIDE_TEXT = frozenset({"title", "issuer", "signature", "front", "file", "folder", "source"})
ENOUGH = 3.0
MARGIN = 1.3  # the best must outweigh the next by this factor
FRONT = 6  # lines at either end that are searched for a speaker or a signature
LONGEST_BEFORE = 16  # characters before 首届 in which the town stands that holds it
EARLY = 90  # characters of a paragraph in which its subject stands
OWN_TEXT = 8_000  # characters in which 我镇 is counted
MOST_SIGNS = 400  # signs of the body that are weighed; the same one again says ever less
SHORT = 60  # characters of a line of the front or of a signature

_FOREIGN = re.compile(
    "(?:赴|前往|去|与|同|跟|邻|临|接|毗连|相[邻连望]|学习|考察|参观|观摩|取经|走进|邀请|对接|联合|携手|结对|对口|帮扶|支援|[东南西北]至|转发|借鉴|向|对|表扬|抄送[:：]?|抄报[:：]?|主送[:：]?)[东南西北]?$"
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
_SIGNS = re.compile(
    "工作委员会|工委|党委|党工委|人民政府|政府|委员会|办事处|办公室|党政办|宣传|文化站|书记|镇长|乡长|主任|委员"
    "|供稿|报送|代表大会|工作站|领导小组|人大|中心|[　 ]|$"
    "|[\u3400-\u9fff]{1,12}?(?:办|站|所|队|部|科|组|会|联|委|局|校|院|公司)(?:[　 \\d（(二]|$)"
)
_SOURCE = re.compile(
    r"(?:来源|发布者?|发布单位|发布机构|供稿|报送单位|填报单位|单位名称|版权所有|主办单位|主办|作者)\s*[:：]?\s*"
)
# Where a subject can begin: after a mark, or after the time that the sentence speaks of (2023年上半年青禾镇…).
_BEGINS = re.compile("(?:^|[，,：:。；;]|年度?|半年|季度|月份?|以来|年来)[　 ]*$")
_OF_OTHERS = re.compile(
    "的?(?:经验|做法|先进|典型|群众|村民|代表团|考察团|同志们)|等(?:地|乡镇|镇|[0-9一二三四五六七八九十])|[、和与及]"
)
_SPEAKS_ABOVE = re.compile("我[县市区州局部旗]|全[县区旗]各|各(?:乡镇|镇街|乡镇街道)")
OPENING_LINES = 3  # paragraphs in which a report says who speaks
_HELD = re.compile(f"(?:[\u3400-\u9fff]{{1,16}}?)(?:{names.SUFFIX})")
_COMMA = re.compile("[，,]")
_EVENT = re.compile("(?:首|第[一二三四五六七八九十0-9]{1,3})届")
_HELD_BEFORE = re.compile(f"[\u3400-\u9fff]{{1,12}}(?:{names.SUFFIX})$")
_MASKED = re.compile(r"(?:某{1,2}|[xXＸｘ×＊*○〇]{1,4})(?:镇|乡|街道|办事处)")


@dataclass(slots=True)
class _Tally:
    """The evidence for one name, gathered within one call and never handed out."""

    name: str
    weight: float = 0.0
    areas: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def add(self, sign: str, evidence: Evidence, area: str = "") -> None:
        times = self.seen.get(sign, 0)
        self.seen[sign] = times + 1
        self.weight += WEIGHTS[sign] / (1 + times) ** 2  # the same sign again says less
        if times == 0:
            self.evidence.append(evidence)
        if area and area not in self.areas:
            self.areas.append(area)


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
_Sign = tuple[str, str, Sequence[int] | Evidence]


def find(scene: Scene, places: Places) -> Place:
    """The unit that reports, with codes where the gazetteer or the user knows them; unknown parts are None."""
    tables = gazetteers.load(places.gazetteer)
    pin = _pinned(scene.path, places.towns.pins)
    if pin is not None and pin.town:
        return _from_pin(pin, places, tables)
    tallies = _gather(scene, places.towns.units, tables)
    chosen = _choose(tallies, scene, tables)
    texts = _texts(scene)
    if chosen is None:
        if pin is not None and (pin.county or pin.city):
            return Place(None, pin.county, pin.city, pin.province, pin.code, 1.0, (Evidence(pin.path, "pin"),))
        return locate.without_town(
            _named_texts(scene),
            parts(scene.path) if scene.alone else (parts(scene.path)[0],),
            _level(scene.lines),
            tables,
        )
    unit = next((unit for unit in places.towns.units if chosen.name in (unit.name, *unit.aliases)), None)
    score = min(0.98, 0.55 + chosen.weight / 16)
    county = (pin.county if pin else None) or (unit.county if unit else None)
    found = locate.town(unit.name if unit else chosen.name, chosen.areas, texts, county, places.towns.county, tables)
    evidence = (*chosen.evidence, *found.evidence)
    place = Place(found.town, found.county, found.city, found.province, found.code, score, evidence)
    return _from_unit(unit, place) if unit is not None else place


def _pinned(path: str, pins: Iterable[Pin]) -> Pin | None:
    """The first pin whose glob fits the path or its end."""
    whole = path.replace("\\", "/")
    for pin in pins:
        if not (pin.town or pin.county or pin.city or pin.province or pin.code):
            continue  # it says which draft counts, not whose it is
        glob = pin.path.replace("\\", "/")
        if fnmatch.fnmatchcase(whole, glob) or fnmatch.fnmatchcase(whole, f"*/{glob}"):
            return pin
    return None


def _from_pin(pin: Pin, places: Places, tables: Gazetteer) -> Place:
    found = locate.town(pin.town or "", (), (), pin.county, places.towns.county, tables)
    return Place(
        pin.town,
        found.county,
        pin.city or found.city,
        pin.province or found.province,
        pin.code or found.code,
        1.0,
        (Evidence(pin.path, "pin"),),
    )


def _from_unit(unit: ReportingUnit, place: Place) -> Place:
    """The user's own words for a unit come before the gazetteer's."""
    return Place(
        unit.name,
        unit.county or place.county,
        unit.city or place.city,
        unit.province or place.province,
        unit.code or place.code,
        max(place.score, 0.9),
        place.evidence,
    )


def _gather(scene: Scene, units: Sequence[ReportingUnit], tables: Gazetteer) -> list[_Tally]:
    tallies: dict[str, _Tally] = {}
    own = {alias: unit.name for unit in units for alias in unit.aliases}
    for sign, text, where in _signs(scene, tables):
        for name in names.find(text, tables):
            if _FOREIGN.search(text[: name.start - len(name.area)]):
                continue
            known = name.name.removesuffix("办事处") if name.name.endswith("街道办事处") else name.name
            known = own.get(known, known)
            start, end = name.start - len(name.area), name.start + len(name.name)
            tallies.setdefault(known, _Tally(known)).add(sign, _evidence(text, where, start, end), name.area)
        for unit in units:
            if any(alias in text for alias in (unit.name, *unit.aliases)) and sign in OUTSIDE_TEXT:
                tally = tallies.setdefault(unit.name, _Tally(unit.name))
                if sign not in tally.seen:
                    tally.add(sign, _evidence(text, where, 0, len(text)))
    return list(tallies.values())


def _evidence(text: str, where: Sequence[int] | Evidence, start: int, end: int) -> Evidence:
    if isinstance(where, Evidence):
        return where
    return Evidence(text[start:end], "text", Span(where[start], where[end - 1] + 1))


def _signs(scene: Scene, tables: Gazetteer) -> Iterator[_Sign]:
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


def _text(line: Line, start: int, end: int) -> tuple[str, range]:
    at = line.block.span.start
    return line.text[start:end], range(at + start, at + end)


def _edge_signs(scene: Scene) -> Iterator[_Sign]:
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
            if _SIGNS.match(line.text, held.end()) or "人民代表大会" in line.text:
                yield sign, *_text(line, held.start(), held.end())
    for line in scene.around:
        if len(line.text) <= 3 * SHORT and ("：" in line.text or ":" in line.text or "版权" in line.text):
            for found in _SOURCE.finditer(line.text):
                held_at = _HELD.match(line.text, found.end())
                if held_at:
                    yield "source", *_text(line, held_at.start(), held_at.end())


def _opening_signs(scene: Scene, tables: Gazetteer) -> Iterator[_Sign]:
    """The subject of the first paragraphs, where the report does not speak for a county: 2023年，青禾镇按照…"""
    body = [line for line in scene.lines[scene.front.body :] if _is_prose(line)][:OPENING_LINES]
    if any(_SPEAKS_ABOVE.search(line.text[: 3 * EARLY]) for line in body):
        return
    for line in body:
        head = line.text[:EARLY]
        for name in names.find(head, tables):
            start, end = name.start - len(name.area), name.start + len(name.name)
            before = _QUOTED.sub("，", head[:start])
            if _BEGINS.search(before) and not _OF_OTHERS.match(head, end) and not _FOREIGN.search(before.rstrip("，,")):
                yield "opening", *_text(line, start, end)
                break


def _is_prose(line: Line) -> bool:
    return line.form in ("text", "run_in", "item") and len(line.text) >= 12 and line.block.kind == "text"


def _body_signs(line: Line) -> Iterator[_Sign]:
    """Own papers, subjects at the start of a paragraph, own events."""
    text = line.text
    if "《" in text:
        for quoted in _QUOTED.finditer(text):
            held = _HELD.match(quoted[1].removeprefix("关于印发"))
            if held and _OWN_PAPER.search(quoted[1]):
                start = text.index(held[0], quoted.start())
                yield "document", *_text(line, start, start + len(held[0]))
    if "届" in text:
        for event in _EVENT.finditer(text):
            before = _HELD_BEFORE.search(text, max(0, event.start() - LONGEST_BEFORE), event.start())
            if before:
                yield "event", *_text(line, before.start(), before.end())
    begin = line.number.end if line.number else 0
    held = _HELD.match(text, begin)
    if held is None:  # 上半年，石浦岙镇宣传工作以…: the subject after a first short clause
        comma = _COMMA.search(text, begin, begin + SHORT)
        held = _HELD.match(text, comma.end()) if comma else None
    if held:
        if _SUBJECT.match(text, held.end()):
            yield "subject", *_text(line, held.start(), held.end())
        elif _ORGAN.match(text, held.end()):
            yield "organ", *_text(line, held.start(), held.end())


def _own_kind(lines: Sequence[Line]) -> str:
    """镇, 乡 or 街道, as the report calls itself (我镇); empty when it does not."""
    text = "\n".join(line.text for line in lines)[:OWN_TEXT]
    counts = {kind: 2 * text.count("我" + kind) + text.count("全" + kind) for kind in ("镇", "乡", "街道", "苏木")}
    counts["街道"] += 2 * text.count("我办事处")
    best = max(counts, key=lambda word: counts[word])
    return best if counts[best] else ""


def _choose(tallies: Sequence[_Tally], scene: Scene, tables: Gazetteer) -> _Tally | None:
    """The name that the evidence speaks for; None when it is thin, divided, or the title hides the name (某镇)."""
    own = _own_kind(scene.lines)
    title = scene.front.title.value if scene.front.title else ""
    is_masked = bool(_MASKED.search(title))
    is_above = not is_masked and locate.names_area(title, tables)
    for tally in tallies:
        if own and gazetteers.kind_of(tally.name) != own:
            tally.weight *= 0.6
        if is_masked or (is_above and "title" not in tally.seen):
            tally.weight *= 1.0 if tally.seen.keys() & {"title", "issuer", "signature", "file", "folder"} else 0.0
    ordered = sorted(tallies, key=lambda tally: -tally.weight)
    if not ordered or ordered[0].weight < ENOUGH or not ordered[0].seen.keys() & STRONG:
        return None
    if len(ordered) > 1 and ordered[0].weight < MARGIN * ordered[1].weight:
        return None
    return ordered[0]


def _texts(scene: Scene) -> list[tuple[str, float]]:
    """Texts that may name the county, each with its weight."""
    texts = [(stated.value, 3.0) for stated in scene.stated]
    texts += [(part, 3.0) for part in parts(scene.path)]
    texts.append(("\n".join([line.text[: locate.LONGEST] for line in scene.around]), 1.0))
    return texts


def _named_texts(scene: Scene) -> list[tuple[str, tuple[Evidence, ...]]]:
    """Where a county's or city's own report names it."""
    named = [(stated.value, stated.evidence) for stated in scene.stated]
    for line in scene.lines[scene.front.body : scene.front.body + 4]:
        found = _SPEAKS_FOR.search(line.text[:120]) or _COUNTY_ACTS.match(line.text)
        if found:
            words, at = _text(line, found.start(1), found.end(1))
            named.append((words, (Evidence(words, "text", Span(at.start, at.stop)),)))
    return named


_SPEAKS_FOR = re.compile(
    r"(?:代表|在)([\u3400-\u9fff]{2,10}?(?:自治县|自治州|县|区|旗|市|州|盟))(?:人民政府|政府|第[一二三四五六七八九十]+届|人大|委员会)"
)
_COUNTY_ACTS = re.compile(
    r"(?:[^，,。；]{2,16}[，,])?([\u3400-\u9fff]{2,5}?(?:自治县|县|区|旗|市))(?=以|坚持|紧紧|认真|深入|始终|积极|按照|围绕|立足|把|严格|切实|全面)"
)
_LEVEL = re.compile("代表([州市县区旗])(?:人民)?政府")


def _level(lines: Sequence[Line]) -> str:
    """市, 县, 区 … as a government report says whom it speaks for; empty when it does not."""
    for line in lines[:8]:
        found = _LEVEL.search(line.text[:80])
        if found:
            return found[1]
    return ""
