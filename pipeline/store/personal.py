"""Numbers of persons (identity card, telephone, bank card): found by their check rules, masked on the way out.

The dataset keeps what the files say. A connection that serves pages and exports is put behind ``hide``: every text
that it reads is masked then, so that a new rendering need not think of it. Signs are replaced one by one: a text keeps
its length, and every span its place.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache

STEP = "personal_numbers"  # among the steps of a file that holds any: pages of other datasets cost nothing
SHORTEST = 7  # characters of a text that may hold one
_GAP = r"[ \u00a0\u2002-\u200a\u3000\-－–]?"
# What no such number touches: letters, further digits, a decimal point, the hyphens of ids and file numbers.
_BEFORE, _AFTER = r"(?<![0-9A-Za-z０-９.．_])", r"(?![0-9A-Za-z０-９_]|[.．][0-9０-９])"
_DIGIT = "[0-9０-９]"
_IDENTITY = re.compile(
    f"{_BEFORE}(?<![-－–]){_DIGIT}{{6}}{_GAP}{_DIGIT}{{8}}{_GAP}{_DIGIT}{{3}}[0-9０-９XxＸｘ×]{_AFTER}"
    f"|{_BEFORE}(?<![-－–]){_DIGIT}{{15}}{_AFTER}(?![-－–]{_DIGIT})"
)
_BANK = re.compile(
    f"{_BEFORE}(?<![-－–])[3-9３-９]{_DIGIT}{{3}}(?:(?P<gap>[ \\u00a0\\-－]?)"
    f"{_DIGIT}{{4}}(?:(?P=gap){_DIGIT}{{4}}){{2}}(?:(?P=gap){_DIGIT}{{1,3}})?){_AFTER}(?![-－–]{_DIGIT})"
)
# 11 digits of a mobile telephone; a sum of money or a count has its unit behind it.
_MOBILE = re.compile(
    f"{_BEFORE}(?:[+＋]?(?:86|８６){_GAP})?"
    f"(?P<own>[1１][3-9３-９]{_DIGIT}(?P<gap>{_GAP}){_DIGIT}{{4}}(?P=gap){_DIGIT}{{4}})"
    f"{_AFTER}(?![^\\S\\n]*[元万亿千百十吨米平公立亩户篇次％%‰])"
)
_FIXED = re.compile(
    f"{_BEFORE}(?:[(（]?[0０][1-9１-９]{_DIGIT}{{1,2}}[)）]?[ \\-－–—]{{1,2}}|[(（][0０][1-9１-９]{_DIGIT}{{1,2}}[)）])"
    f"(?P<own>[2-8２-８]{_DIGIT}{{2,3}}{_GAP}{_DIGIT}{{4}}){_AFTER}"
)
# Without an area code only a word before it tells a telephone from any other number.
_NAMED = re.compile(
    r"(?:电话|手机|座机|传真|热线|号码|联系方式|联系人|微信号?|Tel|TEL|tel|☎)[^0-9０-９\n]{0,12}"
    f"(?P<own>[0０]{_DIGIT}{{9,11}}|[2-8２-８]{_DIGIT}{{2,3}}{_GAP}{_DIGIT}{{4}}|[1１][3-9３-９]{_DIGIT}{{9}}){_AFTER}"
)
# What no number of a person goes without, and what is sought fast.
_NARROW, _WIDE = re.compile(f"[0-9]{{3}}{_GAP}[0-9]{{3}}"), re.compile("[０-９]")
_ID = re.compile(rb"(?=[0-9]*[a-f])[0-9a-f]{16}(?:-[0-9]{4}(?:-[0-9]+-[0-9]+)?)?")  # of a row of ours
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643: identity card of 18 signs
_PROVINCES = range(11, 92)


def masked(text: str) -> str:
    """``text`` with stars in the numbers of persons, as long as before.

    >>> masked("联系人张三，电话13812345678，身份证11010519491231002X")
    '联系人张三，电话138****5678，身份证110***********002X'
    >>> masked("卡号6222 0202 0011 2233 446；办公室0571-87654321")
    '卡号6222 **** **** ***3 446；办公室0571-******21'
    >>> masked("财政收入13812345678元，投稿30篇，文号2023110105194912"), masked("12345热线")
    ('财政收入13812345678元，投稿30篇，文号2023110105194912', '12345热线')
    """
    text = _IDENTITY.sub(lambda found: _starred(found[0], 3, 4) if is_identity(found[0]) else found[0], text)
    text = _BANK.sub(lambda found: _starred(found[0], 4, 4) if is_bank_card(found[0]) else found[0], text)
    text = _MOBILE.sub(lambda found: _inside(found, 3, 4), text)
    text = _FIXED.sub(lambda found: _inside(found, 0, 2), text)
    return _NAMED.sub(lambda found: _inside(found, 3 if found["own"][0] in "1１" else 0, 2), text)


def is_identity(number: str) -> bool:
    """Whether 18 signs (with their check digit) or 15 digits are the number of an identity card.

    >>> is_identity("11010519491231002X"), is_identity("110105194912310021"), is_identity("110105491231002")
    (True, False, True)
    """
    signs = _signs(number)
    if int(signs[:2]) not in _PROVINCES:
        return False
    if len(signs) == 15:
        return _is_date(f"19{signs[6:12]}")
    total = sum(weight * int(sign) for weight, sign in zip(_WEIGHTS, signs, strict=False))
    return _is_date(signs[6:14]) and "10X98765432"[total % 11] == signs[17]


def is_bank_card(number: str) -> bool:
    """Whether 16 to 19 digits end in their check digit (ISO 7812, Luhn).

    >>> is_bank_card("6222020200112233446"), is_bank_card("6222020200112233441")
    (True, False)
    """
    digits = [int(sign) for sign in reversed(_signs(number))]
    doubled = [2 * digit - 9 if digit > 4 else 2 * digit for digit in digits[1::2]]
    return 16 <= len(digits) <= 19 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def is_held_by(*texts: str) -> bool:
    """Whether one of the texts holds a number of a person; such a number stands in one line.

    >>> is_held_by("联系人张三，电话13812345678\\n平安建设"), is_held_by("财政收入13812345678元")
    (True, False)
    """
    lines = (line for text in texts if _is_likely(text) for line in text.split("\n"))
    return any(_is_likely(line) and masked(line) != line for line in lines)


def hide(base: sqlite3.Connection) -> None:
    """Mask the numbers of persons in every text that this connection reads from now on."""
    if base.execute("SELECT 1 FROM source WHERE instr(steps, ?) LIMIT 1", (STEP,)).fetchone():
        base.text_factory = _shown


def is_hiding(base: sqlite3.Connection) -> bool:
    """Whether there is anything that this connection masks."""
    return base.text_factory is _shown


def show(base: sqlite3.Connection) -> None:
    """Read texts as they are again."""
    base.text_factory = str


@contextmanager
def as_written(base: sqlite3.Connection) -> Iterator[bool]:
    """Read texts as they are while it lasts; gives whether what is read must pass ``shown`` before it is given out.

    For tables of many rows of which few columns hold a file's own words: to ask for every text takes as long as to
    read them all.
    """
    is_masked = is_hiding(base)
    show(base)
    try:
        yield is_masked
    finally:
        if is_masked:
            base.text_factory = _shown


@lru_cache(maxsize=1 << 13)  # the same sentence comes with every fact that it holds
def shown(text: str) -> str:
    """A text as a connection that masks reads it."""
    return masked(text) if len(text) >= SHORTEST and _is_likely(text) else text


@lru_cache(maxsize=1 << 13)
def _shown(data: bytes) -> str:
    if data.isascii() and _ID.fullmatch(data):
        return data.decode("ascii")
    return shown(data.decode("utf-8", "replace"))


def _is_likely(text: str) -> bool:
    return _NARROW.search(text) is not None or _WIDE.search(text) is not None


def _signs(number: str) -> str:
    """The digits as ASCII, and a last X.

    >>> _signs("１１0105 1949x")
    '1101051949X'
    """
    return "".join(
        str(int(sign)) if sign.isdecimal() else "X" for sign in number if sign.isdecimal() or sign in "XxＸｘ×"
    )


def _is_date(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).year >= 1880
    except ValueError:
        return False


def _inside(found: re.Match[str], first: int, last: int) -> str:
    start, end = found.start("own") - found.start(), found.end("own") - found.start()
    return found[0][:start] + _starred(found["own"], first, last) + found[0][end:]


def _starred(number: str, first: int, last: int) -> str:
    """Stars for all signs but the first and last few; what parts them stays.

    >>> _starred("138-1234-5678", 3, 4)
    '138-****-5678'
    """
    places = [place for place, sign in enumerate(number) if sign.isalnum() or sign == "×"]
    hidden = frozenset(places[first : len(places) - last])
    return "".join("*" if place in hidden else sign for place, sign in enumerate(number))
