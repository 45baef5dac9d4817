"""A plain query, understood more loosely: its words' parts and words of like meaning, any of them.

What is found so stands apart from what satisfies the query, and every word it was found by is highlighted.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.ask import nearby, neighbours
from pipeline.ask.concepts import Concept, concept
from pipeline.ask.conditions import Expand
from pipeline.ask.neighbours import Meaning
from pipeline.ask.query import Both, Either, Field, Node, Number, Words
from pipeline.store.characters import folded

Cut = Callable[[str], list[str]]
RELAXED_FROM = 4  # characters of a word that may be taken apart
KIN, LEAST, KNOWN = 6, 0.65, 60  # words of like meaning that are sought, how like, of how many looked at
NOTHING, WHOLE = 0.5, 0.85  # cosines of word vectors that mean no likeness and as good as the same
REACH = 2000  # paragraphs that the sought words may stand in together
_IDLE = frozenset(
    ["期间", "活动", "次数", "数量", "工作", "情况", "开展", "有关", "方面", "怎么", "如何", "什么", "哪些", "写法",
     "段落", "内容", "做法", "相关", "关于", "我们", "进行", "进一步"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Looser:
    """``node`` is what is sought, ``things`` what it asks for, ``said`` the query's own words, ``meaning`` theirs."""

    node: Node
    things: tuple[Concept, ...]
    said: str
    meaning: Meaning | None


def looser(base: sqlite3.Connection, node: Node, cut: Cut, expand: Expand) -> Looser | None:
    """None for a query that is more than words, fields and numbers side by side, or that cannot be loosened."""
    parts = node.parts if isinstance(node, Both) else (node,)
    words = [part for part in parts if isinstance(part, Words)]
    if not words or not all(isinstance(part, Words | Field | Number) for part in parts):
        return None
    times: dict[str, int] = {}
    pieces = [_pieces(each, cut) for each in words]
    whole = [neighbours.direction([each.text]) is not None for each in words]
    several = [[each.text] if is_whole else own for each, own, is_whole in zip(words, pieces, whole, strict=True)]
    kin = neighbours.kin(several, KNOWN, LEAST)
    things = tuple(
        _thing(base, each, own, near, expand, times) for each, own, near in zip(words, pieces, kin, strict=True)
    )
    own = list(dict.fromkeys(word for each in things for word in (each.ways[0], *(part for part, _ in each.parts))))
    sought = _within_reach(base, things, times)
    if not sought or (len(words) == 1 and sought == [folded(words[0].text)]):
        return None
    either: Node = Either(tuple(Words(word, exact=True) for word in sought))
    rest = tuple(part for part in parts if not isinstance(part, Words))
    meant = [
        word for each, is_whole in zip(words, whole, strict=True)
        for word in ([each.text] if is_whole else [piece for piece in cut(each.text) if piece not in _IDLE])
    ]  # fmt: skip
    said = " 或 ".join(word for word in own if word in sought)
    return Looser(Both((either, *rest)) if rest else either, things, said, neighbours.meaning(meant))


def told(loosened: Looser, texts: Sequence[str]) -> str:
    """By which words these passages were found, for people: the query's own, then those of like meaning."""
    kin = dict.fromkeys(word for each in loosened.things for word, _ in each.kin)
    near = [word for word in kin if any(word in folded(text) for text in texts)]
    return loosened.said + (f"; 意思相近的: {' '.join(near)}" if near and loosened.said else " ".join(near))


def _thing(
    base: sqlite3.Connection,
    word: Words,
    pieces: Sequence[str],
    kin: Sequence[tuple[str, float]],
    expand: Expand,
    times: dict[str, int],
) -> Concept:
    """A word with its parts, its kin and how rare it is; ``times`` gathers in how many paragraphs each stands."""
    told = concept(word.text, (word.text,) if word.exact else expand(word.text))
    total = max(nearby.size(base), 2)
    rarity = math.log(1 + total / (1 + _common(base, told.ways[0], times)))
    if word.exact:
        return replace(told, rarity=rarity)
    weights = {each: math.log(1 + total / (1 + _common(base, each, times))) for each in map(folded, pieces)}
    weights.pop(told.ways[0], None)
    whole = sum(weights.values())
    kept: list[tuple[str, float]] = []
    for near, likeness in kin:
        if count := nearby.frequencies(base, [near]):  # asked one by one: a common word takes long to count
            times[folded(near)] = count[near]
            kept.append((folded(near), _degree(likeness)))
            if len(kept) == KIN:
                break
    parts = tuple((piece, weight / whole) for piece, weight in weights.items())
    return replace(told, parts=parts, kin=tuple(kept), rarity=rarity)


def _degree(likeness: float) -> float:
    return min(1.0, (likeness - NOTHING) / (WHOLE - NOTHING))


def _pieces(word: Words, cut: Cut) -> list[str]:
    """The dictionary's words of a long word that say something; a four-sign word it knows whole is halved."""
    text = word.text
    if word.exact or len(text) < RELAXED_FROM:
        return [text]
    pieces = [each for each in cut(text) if len(each) > 1 and re.search(r"[^\W_]", each)]
    if len(pieces) == 1 and len(text) == RELAXED_FROM and not text.isascii():
        pieces = [text[:2], text[2:]]
    return [each for each in pieces if each not in _IDLE] or pieces or [text]


def _common(base: sqlite3.Connection, word: str, times: dict[str, int]) -> int:
    """At most how many paragraphs have it: those that have its rarest pair of signs."""
    if word not in times:
        base.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.pairs USING fts5vocab(main, paragraph_characters, row)")
        pairs = [one + other for one, other in pairwise(word) if one.isalnum() and other.isalnum()]
        sql = "SELECT doc FROM temp.pairs WHERE term = ?"
        found = [base.execute(sql, (pair,)).fetchone() for pair in pairs]
        times[word] = min((row[0] if row else 0 for row in found), default=nearby.size(base) // 4)
    return times[word]


def _within_reach(base: sqlite3.Connection, things: Sequence[Concept], times: dict[str, int]) -> list[str]:
    """What is sought: the words and their parts, the rarest first, then their kin, as far as reach allows."""
    own = {word for each in things for word in (*each.ways, *(part for part, _ in each.parts))}
    kin = {word for each in things for word, _ in each.kin} - own
    told: list[str] = []
    reached = 0
    for group in (own, kin):
        for count, word in sorted((_common(base, word, times), word) for word in group if len(word) > 1):
            if count and (not told or reached + count <= REACH):
                told.append(word)
                reached += count
    return told
