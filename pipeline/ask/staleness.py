"""Wording that is not of its time, by the dated table ``configs/wording.yaml``: marked with its rule, not replaced."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

from pipeline.model import Expired, Span, Wording

_SENTENCE_ENDS = "。；！？\n"
_ALWAYS = "2090"  # an `until` from here on has not come yet: only `since` counts


@dataclass(frozen=True, slots=True)
class Stale:
    """A wording at ``span`` that is ``late`` (its time is over) or ``early`` (it did not exist yet), with its rule."""

    span: Span
    words: str
    when: Literal["late", "early"]
    rule: Expired


def find(text: str, start: str, day: str, wording: Wording) -> list[Stale]:
    """Wording in ``text`` that does not fit a report whose time is ``start`` to ``day`` (YYYY-MM-DD), in order.

    Late is what was over before the time began, early what had not come when it ended.

    >>> rule = Expired("十九大精神", "congress", "2022-10", "党的二十大精神", "二十大", since="2017-10", grace=1)
    >>> [s.when for s in find("深入学习十九大精神。", "2024-01-01", "2024-06-30", Wording("1", (rule,)))]
    ['late']
    >>> find("深入学习十九大精神。", "2022-01-01", "2022-12-31", Wording("1", (rule,)))
    []
    """
    found: dict[Span, Stale] = {}
    for rule, pattern in _patterns(wording):
        late = rule.until < _ALWAYS and _later(start, rule.until, rule.grace)
        early = bool(rule.since) and day < _first_day(rule.since)
        if not (late or early):
            continue
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if late and _is_history(text, span, rule, wording):
                continue
            longer = any(span != other and other.start <= span.start and span.end <= other.end for other in found)
            if not longer:
                found.setdefault(span, Stale(span, match[0], "late" if late else "early", rule))
    return [found[span] for span in sorted(found)]


@functools.lru_cache(maxsize=4)
def _patterns_of(rules: tuple[Expired, ...]) -> tuple[tuple[Expired, re.Pattern[str]], ...]:
    return tuple(
        (rule, re.compile("|".join(re.escape(word) for word in sorted(rule.words.split(), key=len, reverse=True))))
        for rule in rules
    )


def _patterns(wording: Wording) -> tuple[tuple[Expired, re.Pattern[str]], ...]:
    return _patterns_of(wording.expired)


def _later(day: str, until: str, grace: int) -> bool:
    """Is ``day`` after the time, years of looking back included?

    >>> _later("2023-06-30", "2022-10", 1), _later("2023-12-31", "2022-10", 1)
    (False, True)
    """
    year, rest = int(until[:4]) + grace, until[4:]
    end = f"{year}{rest}" + {4: "-12-31", 7: "-31", 10: ""}[len(until)]
    return day > end


def _first_day(since: str) -> str:
    return since + {4: "-01-01", 7: "-01", 10: ""}[len(since)]


def _is_history(text: str, span: Span, rule: Expired, wording: Wording) -> bool:
    """Does the sentence look back, so that the old name is right?"""
    start = max((text.rfind(sign, 0, span.start) for sign in _SENTENCE_ENDS), default=-1) + 1
    ends = [at for at in (text.find(sign, span.end) for sign in _SENTENCE_ENDS) if at >= 0]
    sentence = text[start : min(ends, default=len(text))]
    near = text[max(start, span.start - 4) : span.start] + text[span.end : span.end + 4]
    return any(word in sentence for word in rule.unless.split()) or any(
        word in near for word in wording.history.split()
    )
