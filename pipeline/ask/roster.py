"""Who should be laid side by side: the units that owe a report, whether they sent one or not, or a peer group."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.ask.reporters import Reporter
from pipeline.errors import QueryError
from pipeline.model import ReportingUnit, Towns


def owing(known: Iterable[Reporter], towns: Towns) -> list[Reporter]:
    """The roster's units that owe a report, in its order: as the dataset names them, or else by the roster's name.

    Empty when no roster is configured.

    >>> from pipeline.model import ReportingUnit
    >>> [each.name for each in owing([Reporter("云溪镇", "云溪镇", None)],
    ...     Towns(units=(ReportingUnit("云溪镇"), ReportingUnit("望川乡"))))]
    ['云溪镇', '望川乡']
    """
    every = [each for each in set(known) if each.level == "town"]
    found: list[Reporter] = []
    for unit in towns.units:
        if unit.owes:
            own = next((each for each in every if _is_unit(each, unit, towns)), None)
            found.append(own or Reporter(unit.name, unit.name, unit.county or towns.county))
    return found


def _is_unit(reporter: Reporter, unit: ReportingUnit, towns: Towns) -> bool:
    county = unit.county or towns.county
    return reporter.town in (unit.name, *unit.aliases) and (not county or reporter.county in (None, county))


def chosen(
    known: Iterable[Reporter], towns: Towns, asked_for: Sequence[str] = (), group: str | None = None
) -> list[Reporter]:
    """The units of a comparison: those asked for, a peer group's, the roster's, or all of the commonest level.

    Raises ``QueryError`` for a name that neither the dataset nor the roster knows, with the nearest ones.
    """
    owes = owing(known, towns)
    every = sorted({*known, *owes}, key=lambda each: (each.county or "", each.name))
    words = list(asked_for) + (_members(towns, group) if group else [])
    if not words:
        return owes or _of_one_level(every)
    found: list[Reporter] = []
    for word in words:
        name = next((unit.name for unit in towns.units if word in unit.aliases), word)
        fitting = [each for each in every if name in (each.name, each.town)]
        if not fitting:
            raise QueryError(unknown("单位", word, [each.name for each in every]))
        found += [each for each in fitting if each not in found]
    return found


def _of_one_level(every: Sequence[Reporter]) -> list[Reporter]:
    levels = Counter(each.level for each in every)
    level = "town" if levels["town"] else (levels.most_common(1)[0][0] if levels else "town")
    return [each for each in every if each.level == level]


def _members(towns: Towns, group: str) -> list[str]:
    for each in towns.groups:
        if each.name == group:
            return each.members.split()
    known = [each.name for each in towns.groups]
    hint = "" if known else "; 请在 towns.yaml 的 groups 里写明可比的单位"
    raise QueryError(unknown("可比组", group, known) + hint)


def unknown(what: str, word: str, known: Sequence[str]) -> str:
    """A sentence for a word that the dataset does not know, with the nearest ones."""
    whole = [each for each in known if word and (each.startswith(word) or each.removesuffix("年") == word)]
    near = list(dict.fromkeys([*whole[:3], *difflib.get_close_matches(word, known, n=3, cutoff=0.3)]))
    if near:
        return f"数据集里没有{what} {word!r} (unknown); 相近的有: {'、'.join(near)}"
    some = f"有的是: {'、'.join(known[:5])}{' 等' if len(known) > 5 else ''}" if known else "一个也没有"
    return f"数据集里没有{what} {word!r} (unknown); {some}"
