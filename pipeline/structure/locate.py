"""Where a town lies: county, city, province and official code, by what the text says and the gazetteer knows.

Many names are many towns' (城关镇): which one it is needs the county, in the text, in the path, or by the user. A name
that only one town has is that town's unless the text speaks of another county, or of 全县 where the town has none above
it; that this is inferred is said in the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Evidence, Place
from pipeline.structure import names
from pipeline.structure.gazetteer import Gazetteer

SHORT = 16  # characters of a folder's name or a short title, which may begin with the county
LONGEST = 4000  # characters of one paragraph that are searched for areas

Texts = Sequence[tuple[str, float]]
_PREFIX = "(?:[^\u3400-\u9fff]|(?<=[0-9])年度?)*(?:中共)?"
_LIES_IN = re.compile("(?:镇|乡|街道)?(?:位于|地处|隶属于?|坐落[于在]?|座落[于在]?|属于?|是)")
_COUNTY_ENDS = ("县", "区", "旗", "市")


def town(
    name: str, areas: Sequence[str], texts: Texts, county: str | None, default: str | None, tables: Gazetteer
) -> Place:
    """``areas`` stand right before the name in the evidence; ``county`` is the user's word, ``default`` his last."""
    codes = tables.town_codes(name) or _changed(name, tables)
    said = county or _adjacent(areas, tables)
    if said is None and not codes:
        said = _spoken(name, texts, tables) or default
    if said is not None:
        inside = [code for code in codes if tables.areas.get(code[:6]) == said]
        inside = inside or [code for code in _changed(name, tables) if tables.areas.get(code[:6]) == said]
        return _place(name, inside[0], tables) if len(inside) == 1 else _in_county(name, said, areas, tables)
    if not codes:
        return Place(name)
    code = _most_named(codes, name, texts, tables)
    if code is not None:
        return _place(name, code, tables)
    said = _spoken(name, texts, tables) or default
    if said is None and len(codes) == 1 and _is_level(codes[0], texts, tables):
        only = Evidence(f"{name}: 地名表里仅此一处", "inferred")  # and nothing in the text speaks against it
        return replace(_place(name, codes[0], tables), evidence=(only,))
    inside = [code for code in codes if tables.areas.get(code[:6]) == said]
    return _place(name, inside[0], tables) if len(inside) == 1 else _in_county(name, said, areas, tables)


def _is_level(code: str, texts: Texts, tables: Gazetteer) -> bool:
    """Do the texts speak of 我县, 全县 where the town lies in a county, or of nothing above the town at all?"""
    own = (tables.areas.get(code[:6]) or "")[-1:]
    said = {word for text, _ in texts for found in re.findall(_ABOVE, text) for word in found if word}
    return not said or own in said or (own in "市区" and said <= {"市"})


_ABOVE = "[全我本]([县区旗市])|(?<![\u3400-\u9fff])([县区旗市])委"


def _changed(name: str, tables: Gazetteer) -> tuple[str, ...]:
    """Codes for a name of before or after a change: its own, or that of the one town it only renamed.

    Several towns merged into one have no code in common: the new town's would double its figures.
    """
    codes = []
    for change in tables.changes.get(name, ()):
        merged = sum(other.became == change.became and other.county == change.county for other in tables.all_changes())
        code = change.code if change.name == name else change.became_code
        codes.append(code or ((change.became_code or change.code) if merged == 1 else ""))
    return tuple(code for code in codes if code)


def _place(name: str, code: str, tables: Gazetteer) -> Place:
    county, city, province = tables.above(code)
    return Place(name, county, city, province, code)


def _in_county(name: str, county: str | None, areas: Sequence[str], tables: Gazetteer) -> Place:
    """A town that the gazetteer does not have in this county (invented, merged, misspelt)."""
    if county is None:
        return Place(name)
    codes = [code for code in tables.codes.get(county, ()) if len(code) == 6]
    if len(codes) == 1:
        above = tables.above(codes[0])
        return Place(name, county, above[1], above[2])
    city = next((step for area in areas for step in _cities(area, county)), None)
    return Place(name, county, city)


def _cities(area: str, county: str) -> list[str]:
    found = re.search("([\u3400-\u9fff]{2,8}?(?:市|州|盟))$", area.removesuffix(county))
    return [re.sub("^.*?(?:省|自治区)", "", found[1])] if found and area != county else []


def _adjacent(areas: Sequence[str], tables: Gazetteer) -> str | None:
    for area in areas:
        last = names.last_area(area, tables)
        if last.endswith(_COUNTY_ENDS):
            return last
        codes = [code for code in tables.area_codes(area) if len(code) == 6]
        if len(codes) == 1:
            return tables.areas[codes[0]]
    return None


def _spoken(name: str, texts: Texts, tables: Gazetteer) -> str | None:
    """The county that the texts put the town in, or whose offices they name most."""
    counts: dict[str, float] = {}
    for text, weight in texts:
        for county in _around(text, name, tables):
            counts[county] = counts.get(county, 0) + 4 * weight
        for county in names.counties(text, tables):
            counts[county] = counts.get(county, 0) + weight
        lead = re.match(_PREFIX, text)  # a folder: 岚川县报送, 2013-岚川县, 03岚川县
        opening = names.chain_at(text, lead.end() if lead else 0, tables) if len(text) <= SHORT else ""
        if opening:
            counts[opening] = counts.get(opening, 0) + weight
    counts = {county: count for county, count in counts.items() if county.endswith(_COUNTY_ENDS)}
    ordered = sorted(counts, key=lambda county: -counts[county])
    if not ordered or (len(ordered) > 1 and counts[ordered[0]] == counts[ordered[1]]):
        return None
    return ordered[0]


def _around(text: str, name: str, tables: Gazetteer) -> list[str]:
    """岚川县 of ``岚川县云溪镇``, 柳河县 of ``安口镇位于柳河县城西南``."""
    found = []
    at = text.find(name)
    while at >= 0:
        before = names.area_at_end(text[max(0, at - 16) : at], tables) if at and text[at - 1] in "县区旗市" else ""
        if before:
            found.append(names.last_area(before, tables))
        lies = _LIES_IN.match(text, at + len(name))
        if lies:
            after = names.chain_at(text, lies.end(), tables)
            if after:
                found.append(after)
        at = text.find(name, at + len(name))
    return found


def _most_named(codes: Sequence[str], name: str, texts: Texts, tables: Gazetteer) -> str | None:
    """One of the towns of this name: the one whose county, city or province the texts name, clearly before the next."""
    spoken = _spoken(name, texts, tables)
    counts = {code: _named(code, name, texts, tables) for code in codes}
    ordered = sorted(codes, key=lambda code: -counts[code])
    best = ordered[0]
    if counts[best] <= 0 or (len(codes) > 1 and counts[best] < 2 * counts[ordered[1]]):
        return None
    if spoken is not None and tables.areas.get(best[:6]) != spoken and counts[best] < 2:
        return None
    return best


def _named(code: str, town: str, texts: Texts, tables: Gazetteer) -> float:
    """How much the texts speak of the areas that a code lies in; the town's own name does not count."""
    total = 0.0
    for level, worth in ((6, 2.0), (4, 0.8), (2, 0.4)):
        name = tables.areas.get(code[:level])
        if name is None:
            continue
        short = name[:-1] if len(name) > 2 and name[:-1] not in town else ""
        for text, weight in texts:
            full = text.count(name)
            total += worth * weight * (full + (0.5 * (text.count(short) - full) if short else 0))
    return total


# --- no town: a county's or city's own report -------------------------------------------------------------------

_OWN_AREA = re.compile(
    "(?:^|[^\u3400-\u9fff]|年|中共|关于)([\u3400-\u9fff]{2,9}?(?:自治县|自治州|自治旗|县|区|旗|市|州|盟))"
)
_OFFICE = re.compile("[\u3400-\u9fff]{0,10}?(?:委|政府|局|办|部|中心|院|人大|政协|工作|总结|报告)|[12二][0-9〇○零]|$")


def names_area(text: str, tables: Gazetteer) -> bool:
    """Does a title speak for a county, a city or one of their offices?"""
    return any(True for _ in _areas(text, tables))


def _areas(text: str, tables: Gazetteer) -> list[str]:
    found = []
    for match in _OWN_AREA.finditer(text):
        word = match[1]
        if names.is_common_area(word) or re.match("[全我本各该年]", word):
            continue
        if word in tables.codes or _OFFICE.match(text, match.end()):
            found.append(word)
    return found


def without_town(
    named: Sequence[tuple[str, tuple[Evidence, ...]]], path: Sequence[str], level: str, tables: Gazetteer
) -> Place:
    """The county or city that title, issuer, signature or speaker name, else that of the file's or a folder's name.

    ``path`` is the file's name and its folders from the inside out.
    """
    stem = path[0]
    for text, evidence in named:
        for word in _areas(text, tables):
            return _area(word, evidence, 0.85, tables)
    evidence = (Evidence(stem, "file"),)
    for word in _areas(stem, tables):
        return _area(word, evidence, 0.8, tables)
    codes = tables.stems.get(stem, ())
    if level:
        codes = tuple(code for code in codes if tables.areas[code].endswith(level)) or codes
    if level not in ("县", "区", "旗"):
        codes = tuple(code for code in codes if len(code) == 4) or codes
    if len(codes) == 1:
        return _area(tables.areas[codes[0]], evidence, 0.75, tables, codes)
    for folder in path[1:]:
        held = re.fullmatch(_FOLDER, folder)
        if held and not names.is_common_area(held[1]) and not held[1].startswith(("各", "全")):
            return _area(held[1], (Evidence(folder, "folder"),), 0.5, tables)
    return Place()


_FOLDER = "(?:[^\u3400-\u9fff]|(?<=[0-9])年度?)*([\u3400-\u9fff]{2,8}?(?:自治县|县|区|旗))[^\u3400-\u9fff]*"


def _area(
    word: str, evidence: tuple[Evidence, ...], score: float, tables: Gazetteer, codes: tuple[str, ...] = ()
) -> Place:
    codes = codes or tables.codes.get(word, ())
    is_city = word.endswith(("州", "盟")) or (bool(codes) and all(len(code) <= 4 for code in codes))
    if len(codes) != 1:
        is_city = is_city or (not codes and word.endswith("市"))  # the level of an unknown 市 is not known
        return Place(None, None if is_city else word, word if is_city else None, None, None, score, evidence)
    county, city, province = tables.above(codes[0])
    return Place(None, county if len(codes[0]) == 6 else None, city, province, None, score, evidence)
