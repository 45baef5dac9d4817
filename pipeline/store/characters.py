"""Text → pairs of neighbouring characters, the terms of the second index.

A dictionary cuts 理论学习中心组 in one place and 中心组学习 in another; pairs do not depend on it, so that whatever
stands in a text is found. A run of letters and digits gives its pairs and its last character; what parts runs
(punctuation, blanks) is left out, so that a pair never reaches over it.
"""

from __future__ import annotations

import re

_RUN = re.compile(r"[^\W_]+")
_HALF = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)} | {ord("％"): ord("%"), ord("．"): ord(".")}
_WIDE = re.compile("[\uff05\uff0e\uff10-\uff5a]")  # most texts have none of them: looking is cheaper than translating


def folded(text: str) -> str:
    """Half-width and lower-case, of the same length; what a search compares.

    >>> folded("ＡＩ大讲堂１２场")
    'ai大讲堂12场'
    """
    half = text.translate(_HALF) if _WIDE.search(text) else text
    lower = half.lower()
    return (
        lower if len(lower) == len(half) else "".join(each.lower() if len(each.lower()) == 1 else each for each in half)
    )


def pairs(text: str) -> str:
    """The index terms of a text, in order, parted by blanks.

    >>> pairs("学习28次，宣讲")
    '学习 习2 28 8次 次 宣讲 讲'
    """
    return " ".join(term for run in _RUN.findall(folded(text)) for term in _terms(run))


def phrase(text: str) -> str:
    """The same for a query: the last character is left open, since the text may go on. Empty without a letter or digit.

    >>> phrase("学习，宣讲"), phrase("习"), phrase("——")
    ('"学习 习 宣讲"', '"习" *', '')
    """
    runs = _RUN.findall(folded(text))
    if not runs:
        return ""
    terms = [term for run in runs[:-1] for term in _terms(run)]
    last = runs[-1]
    terms += _terms(last)[:-1] if len(last) > 1 else [last]
    return f'"{" ".join(terms)}"' + (" *" if len(last) == 1 else "")


def _terms(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run))]
