"""The headings that stand inside a paragraph: ``（一）抓实学习。严格执行…``, ``…；二是…``, several in one long line."""

from __future__ import annotations

import re

from pipeline.model import RunIn, Span
from pipeline.structure import labels
from pipeline.structure.labels import Numbering
from pipeline.structure.lines import LONGEST_SLOGAN, Line, is_slogan, stop

SHORTEST_LIST = 36  # characters of a paragraph that can hold a numbering

# An inner label stands at the paragraph's start or right after a mark that ends a clause.
_INNER = re.compile(
    r"(?<=[。；;：:！!？?，,])\s*(?=[一二三四五六七八九十]{1,2}(?:是|、(?![一二三四五六七八九十]))|[（(][一二三四五六七八九十0-9]{1,2}[)）]|[①-⑳]"
    r"|[2-9１-９1]{1,2}[.．、](?![0-9０-９])|首先|其次|再次|最后|其[一二三四五][，,是：:]|第[一二三四五六七八九十][，,])"
)


# No numbering without its second number: a quick look before the slow one.
_SECOND = re.compile(r"[二2２次](?:[是要、．）)，,：:]|\.(?![0-9]))")


def _has_second(text: str) -> bool:
    return "②" in text or _SECOND.search(text) is not None


def headings(line: Line) -> tuple[RunIn, ...]:
    """The numbered headings inside a paragraph, its own first one included; a lone inner label is no numbering.

    >>> from pipeline.model import Block
    >>> from pipeline.structure.lines import shape
    >>> text = "主要工作如下：一、抓学习。全年集中学习十二次，人人有笔记。二、抓宣传。发稿三十一篇，上了省报头条。"
    >>> [run_in.span.of(text) for run_in in headings(shape(Block(Span(0, len(text))), text))]
    ['一、抓学习。', '二、抓宣传。']
    """
    start, text = line.block.span.start, line.text
    is_list = len(text) > SHORTEST_LIST and _has_second(text)
    if line.number is None and not is_list:
        return ()
    found: list[tuple[int, Numbering]] = []
    if line.number is not None and line.form in ("run_in", "item"):
        found.append((0, line.number))
    if is_list:
        for match in _INNER.finditer(text):
            number = labels.parse(text, match.end())
            is_told = number is not None and number.style == "han" and text[match.start() - 1] in "，,"  # ，一、二号
            if number is not None and not is_told:
                found.append((match.end(), number))
    if not found:
        return ()
    if line.form == "run_in" and line.heading is not None:
        found = [(at, number) for at, number in found if at == 0 or start + at >= line.heading.end]
    counts: dict[str, int] = {}
    for _, number in found:
        counts[number.style] = counts.get(number.style, 0) + 1
    kept = [(at, number) for at, number in found if (at == 0 and line.form == "run_in") or counts[number.style] > 1]
    ranks = sorted({number.rank for _, number in kept})
    result = []
    for place, (at, number) in enumerate(kept):
        limit = kept[place + 1][0] if place + 1 < len(kept) else len(text)
        end = _heading_end(text, number.end, limit)
        if at == 0 and line.heading is not None and line.form == "run_in":
            end = line.heading.end - start
        result.append(RunIn(Span(start + at, start + end), number.text, ranks.index(number.rank) + 1))
    return tuple(result)


def _heading_end(text: str, start: int, limit: int) -> int:
    """Where an inner heading ends: after its slogan when more follows, else right after the label."""
    found = stop(text, start, min(limit, start + LONGEST_SLOGAN + 1))
    if found and found[0] in "。！!." and found.end() < limit and is_slogan(text[start : found.start()]):
        return found.end()
    return start
