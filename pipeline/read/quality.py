"""How much of a text is plausible: the share of its characters that a Chinese report could hold."""

from __future__ import annotations

import functools
import re

# Below ENOUGH a document is `partial`, below USABLE it is not kept: measured on mojibake of every kind in
# tests/robust.tsv (0.0 to 0.6) against real reports (0.999 and more).
ENOUGH = 0.9
USABLE = 0.5
# Rare Han characters occur in names; only as a crowd are they a wrong encoding.
RARE_CROWD = 0.08
# Symbols of ASCII make up 1 % of a report, 5 % of a page of addresses.
SYMBOL_CROWD = 0.12
SYMBOL_KINDS = 8

# Never meant: private use, replacement, surrogates, not-a-character, specials.
_FORBIDDEN = "\ud800-\uf8ff\ufff0-\uffff\U000e0000-\U0010ffff\x00-\x08\x0e-\x1f\x7f-\x9f"
_NEVER = re.compile(f"[{_FORBIDDEN}]")
# Bytes of GBK or UTF-8 shown as a Western code page: two and more such letters side by side.
_WESTERN = re.compile(
    "[\xa0-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{3,}"
)
_WESTERN_LETTER = re.compile("[\xaa\xb5\xb8\xba\xc0-\xd6\xd8-\xf6\xf8-\xff]")
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_REFERENCE = re.compile(rb"&#(\d+);")
_SYMBOL = re.compile(r"""[!"#$%&'*+/<=>?@\\^_`{|}~]""")
_WESTERN_SIGN = re.compile(r"[!-/:-@A-Z\[-`a-z{-~]")
_LEADERS = re.compile(r"([.…·_—-])\1{3,}")  # dots of a table of contents: they would hide what is between them
_SUSPECT = re.compile(f"[{_FORBIDDEN}\x80-\xff]")


def quality(text: str) -> float:
    """Share of plausible characters in 0…1, white space aside; 0 for an empty text.

    >>> quality("上半年集中学习28次，同比增长12%。")
    1.0
    >>> quality("ÖÐ¹úÈËÃñ") < 0.1
    True
    >>> quality("café · 5℃ ×2")
    1.0
    """
    total = len(text) - sum(map(text.count, " \t\n\u3000"))
    if total <= 0:
        return 0.0
    outside = _outside(text)
    symbols = _symbols(text, total)
    if not outside and not symbols:
        return 1.0
    total -= sum(len(run[0]) - 1 for run in _LEADERS.finditer(text))
    odd = symbols + (_odd(text) if _SUSPECT.search(outside) else 0) + _rare(text, outside)
    return round(max(0.0, 1 - odd / total), 4)


def _outside(text: str) -> str:
    """The signs of ``text`` that GB 2312 lacks: the codec is thirty times faster than looking at each sign."""
    marked = text.replace("&", "").encode("gb2312", "xmlcharrefreplace")
    return "".join(chr(int(code)) for code in _REFERENCE.findall(marked))


def _symbols(text: str, total: int) -> int:
    """How many ASCII symbols and letters there are, where the symbols are a crowd; else 0.

    Fonts that number their signs from 0x21 on and do not say which they are come out so: ``!"#$%&'()*+,ABC``.
    """
    western = len(text.encode("ascii", "ignore"))
    if western < 0.3 * total:
        return 0
    found = _SYMBOL.findall(text)
    if len(found) < SYMBOL_CROWD * total or len(set(found)) < SYMBOL_KINDS:
        return 0  # few, or a line to write on, or a frame drawn with signs
    return len(_WESTERN_SIGN.findall(text))


def _odd(text: str) -> int:
    never = len(_NEVER.findall(text))
    western = (run for run in _WESTERN.findall(text) if 4 * len(_WESTERN_LETTER.findall(run)) >= len(run))
    return never + sum(map(len, western))


def _rare(text: str, outside: str) -> int:
    """How many Han characters belong to neither everyday character set, where they are a crowd; else 0."""
    count = sum(1 for sign in outside if not is_everyday(sign))
    return count if count > 2 and count > RARE_CROWD * len(re.findall(_HAN, text)) else 0


@functools.cache
def is_everyday(sign: str) -> bool:
    """Whether a Han character is in GB 2312 or in Big5's first plane; true for all that is not Han."""
    if not ("\u3400" <= sign <= "\u4dbf" or "\u4e00" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff"):
        return True
    code = sign.encode("big5", "ignore")
    return bool(sign.encode("gb2312", "ignore")) or b"" < code < b"\xc9"  # from 0xC9 on Big5's less common ones
