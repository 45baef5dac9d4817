"""The units of a text: every spelling that ``units.yaml`` lists, and classifiers that it does not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.annotate import names
from pipeline.model import Units

_SHARES: dict[str, tuple[int, str]] = {"成": (10, "%"), "折": (10, "%")}
_NOT_SHARE = "立功为员果效绩人本都长品熟片型套交材就分像了叠扣腾旧返射合"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``Units`` made ready: every spelling with its stored name and dimension.

    ``sizes``: the first sign of a spelling → how long those that begin with it are, the longest first.
    """

    names: dict[str, tuple[str, str]]
    sizes: dict[str, tuple[int, ...]]


@lru_cache(maxsize=8)
def vocabulary(units: Units) -> Vocabulary:
    """Every spelling of a unit → (name, dimension); remembered for each ``Units``."""
    known: dict[str, tuple[str, str]] = {}
    for dimension, words in units.classifiers.items():
        for word in words.split():
            spelling, _, name = word.partition("=")
            known[spelling] = (name or spelling, dimension)
    for unit in units.measures:
        for spelling in (unit.name, *unit.also):
            known[spelling] = (unit.name, unit.dimension)
    sizes: dict[str, set[int]] = {}
    for word in known:
        sizes.setdefault(word[0], set()).add(len(word))
    return Vocabulary(known, {sign: tuple(sorted(each, reverse=True)) for sign, each in sizes.items()})


def unit_at(text: str, at: int, known: Vocabulary, is_han: bool) -> tuple[str, str, int]:
    """(name, dimension, end) of the unit at ``at``; an unlisted classifier only between a digit and a boundary.

    >>> from pipeline.model import Unit
    >>> known = vocabulary(Units((Unit("元", "money", also=("块钱",)),), {}))
    >>> unit_at("花了50块钱", 4, known, False), unit_at("放了3挂，", 3, known, False)
    (('元', 'money', 6), ('挂', '', 4))
    """
    if at < len(text) and text[at] == " ":
        at += 1
    table = known.names
    for length in known.sizes.get(text[at : at + 1], ()):
        word = text[at : at + length]
        entry = table.get(word)
        if entry is not None:
            end = at + len(word)
            if text[at:end] == "家" and text[end : end + 1] in tuple("庭园长乡具政规风训教电禽畜"):
                if text.startswith(("规上", "规模", "规下"), end):
                    return entry[0], entry[1], end
                continue
            if text[end - 1] == "队" and text[end : end + 1] in ("伍", "员") and length > 1:
                continue
            if (
                text[at].isascii()
                and text[at].isalpha()
                and end < len(text)
                and text[end].isascii()
                and text[end].isalnum()
            ):
                continue
            return entry[0], entry[1], end
    share = text[at : at + 1]
    if share in _SHARES and share and text[at + 1 : at + 2] not in tuple(_NOT_SHARE):
        return "%", "ratio_" + share, at + 1
    if not is_han:
        unlisted = names.UNLISTED.match(text, at)
        if unlisted is not None:
            return unlisted[0], "", unlisted.end()
    return "", "", at
