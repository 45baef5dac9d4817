"""Whose report it is. Every piece of evidence has a weight; the sum decides, or nobody does.

A name in the title weighs more than one in a folder, a document of one's own (《董市镇…方案》) more than a mention; a
partner, a neighbour or a place that was visited weighs nothing. Where the town lies is ``locate``'s question.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.model import Evidence, Pin, Place, Places, ReportingUnit, Span
from pipeline.structure import gazetteer as gazetteers
from pipeline.structure import locate, names, signs
from pipeline.structure.gazetteer import Gazetteer
from pipeline.structure.lines import Line
from pipeline.structure.paths import parts
from pipeline.structure.signs import Scene

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
COUNTY_STEMS = (2, 3)  # characters of a county's name without 县
OWN_TEXT = 8_000  # characters in which 我镇 is counted
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


def find(scene: Scene, places: Places) -> Place:
    """The unit that reports, with codes where the gazetteer or the user knows them; unknown parts are None."""
    tables = gazetteers.load(places.gazetteer)
    pin = _pinned(scene.path, places.towns.pins)
    if pin is not None and pin.town:
        return _from_pin(pin, places, tables)
    tallies = _without_county(_gather(scene, places.towns.units, tables), scene, tables)
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
    for sign, text, where in signs.of(scene, tables):
        for name in names.find(text, tables):
            if re.search(signs.FOREIGN, text[: name.start - len(name.area)]):
                continue
            known = name.name.removesuffix("办事处") if name.name.endswith("街道办事处") else name.name
            known = own.get(known, known)
            start, end = name.start - len(name.area), name.start + len(name.name)
            tallies.setdefault(known, _Tally(known)).add(sign, signs.evidence(text, where, start, end), name.area)
        for unit in units:
            if any(alias in text for alias in (unit.name, *unit.aliases)) and sign in OUTSIDE_TEXT:
                tally = tallies.setdefault(unit.name, _Tally(unit.name))
                if sign not in tally.seen:
                    tally.add(sign, signs.evidence(text, where, 0, len(text)))
    return list(tallies.values())


def _without_county(tallies: Sequence[_Tally], scene: Scene, tables: Gazetteer) -> list[_Tally]:
    """岚川溪禾镇, which no table knows, is 溪禾镇 where the text says so or speaks of 岚川县, or the tables do."""
    named = {tally.name: tally for tally in tallies}
    for name, tally in list(named.items()):
        if tables.town_codes(name) or not name.endswith(("镇", "乡", "街道")) or name.endswith("族乡"):
            continue  # 苏木 and 民族乡 are often called after more than a place
        for length in COUNTY_STEMS:
            stem, rest = name[:length], name[length:]
            if len(rest) - len(gazetteers.kind_of(rest)) < 2:
                continue
            area = "" if tally.areas else _county_of(stem, scene, tables)
            if area or rest in named:
                named[rest] = _merged(rest, area, tally, named.get(rest))
                del named[name]
                break
    return list(named.values())


def _county_of(stem: str, scene: Scene, tables: Gazetteer) -> str:
    """岚川 → 岚川县 when the report, what stands around it or its path says so, or the tables know one such county."""
    for text, _ in _texts(scene):
        found = re.search(f"{stem}(?:县|区|市|旗)", text)
        if found:
            return found[0]
    codes = [code for code in tables.area_codes(stem) if len(code) == 6]
    return tables.areas[codes[0]] if len(codes) == 1 else ""


def _merged(name: str, area: str, one: _Tally, other: _Tally | None) -> _Tally:
    both = [one, other] if other else [one]
    areas = [area] if area else []
    return _Tally(
        name,
        sum(tally.weight for tally in both),
        areas + [each for tally in both for each in tally.areas if each not in areas],
        [evidence for tally in both for evidence in tally.evidence],
        {sign: times for tally in both for sign, times in tally.seen.items()},
    )


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
        found = _SPEAKS_FOR.search(line.text[:120]) or (
            re.match(_COUNTY_ACTS, line.text) if re.search(f"[县区旗市]{_ACTS}", line.text[:30]) else None
        )
        if found:
            words, at = signs.words(line, found.start(1), found.end(1))
            named.append((words, (Evidence(words, "text", Span(at.start, at.stop)),)))
    return named


_SPEAKS_FOR = re.compile(
    r"(?:代表|在)([\u3400-\u9fff]{2,10}?(?:自治县|自治州|县|区|旗|市|州|盟))(?:人民政府|政府|第[一二三四五六七八九十]+届|人大|委员会)"
)
_ACTS = "(?=以|坚持|紧紧|认真|深入|始终|积极|按照|围绕|立足|把|严格|切实|全面)"
_COUNTY_ACTS = rf"(?:[^，,。；]{{2,16}}[，,])?([\u3400-\u9fff]{{2,5}}?(?:自治县|县|区|旗|市)){_ACTS}"
_LEVEL = re.compile("代表([州市县区旗])(?:人民)?政府")


def _level(lines: Sequence[Line]) -> str:
    """市, 县, 区 … as a government report says whom it speaks for; empty when it does not."""
    for line in lines[:8]:
        found = _LEVEL.search(line.text[:80])
        if found:
            return found[1]
    return ""
