"""Blanks around numbers, as web pages and PDFs leave them: taken out before numbers are sought."""

from __future__ import annotations

import re

from pipeline.model import Fact, Span

# Not behind a number that opens its line or sentence: that is a label (1 加强领导).
_LOOSE = re.compile(
    r"(?<=[一-龥，。、；：（“”])[ 　]+(?=[0-9])|(?<=[一-龥，、；：（“”0-9.,，][0-9])[ 　]+(?=[一-龥%])"
    r"|(?<=[余多几][万千百])[ 　]+(?=[一-龥])|(?<=[0-9 　][余多几])[ 　]+(?=[一-龥])"
    r"|(?<=[0-9][名个位])[ 　]+(?=[一-龥])|(?<=[0-9][ 　][名个位])[ 　]+(?=[一-龥])"
)


def packed(text: str) -> tuple[str, list[int]]:
    """The text without the blanks between a number and what stands beside it, and each of its signs' place before.

    The list has one place more, the text's end; it is empty where nothing was taken out.

    >>> packed("清理垃圾 30 余吨")
    ('清理垃圾30余吨', [0, 1, 2, 3, 5, 6, 8, 9, 10])
    >>> packed("1 加强领导")
    ('1 加强领导', [])
    """
    if " " not in text and "　" not in text:
        return text, []
    kept: list[int] = []
    done = 0
    for loose in _LOOSE.finditer(text):
        kept.extend(range(done, loose.start()))
        done = loose.end()
    if not done:
        return text, []
    kept.extend(range(done, len(text) + 1))
    return "".join(map(text.__getitem__, kept[:-1])), kept


def put_back(fact: Fact, places: list[int]) -> Fact:
    """The fact with its spans in the text as it was."""
    return fact._replace(span=_wide(fact.span, places), sentence=_wide(fact.sentence, places))


def _wide(span: Span, places: list[int]) -> Span:
    return Span(places[span.start], places[span.end - 1] + 1)
