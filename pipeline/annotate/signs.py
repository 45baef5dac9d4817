"""Copies of equal length in which digits and punctuation have the one form that the patterns know."""

from __future__ import annotations

import re

from pipeline.annotate import numbers

_WIDE_SIGN = re.compile("[０-９．％＋－／Ｋ點兩萬億個幾數餘貳參叄陸對]")
_ASCII_SIGN = re.compile(r"[,;!?()\":.]")
_ASCII_STOP = re.compile(
    r"[,;!?():.](?:(?<=[;!?()])|(?<=,)(?:(?<![0-9],)|(?![0-9]{3}(?![0-9])))"
    r"|(?<=:)(?:(?<![0-9A-Za-z/]:)(?!//)|(?![0-9/]))|(?<=[一-龥”」』》）)%]\.)(?![0-9.]))"
)
_ASCII_QUOTES = re.compile('"([^"\\n]{1,40})"')
_FULL = {",": "，", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）", ":": "：", ".": "。"}


def half_width(text: str) -> str:
    """A copy of equal length with ASCII digits and signs, so that offsets stay.

    >>> half_width("增长３.２％")
    '增长3.2%'
    """
    if _WIDE_SIGN.search(text):
        text = text.translate(numbers.WIDE)
    return _full_stops(text) if _ASCII_SIGN.search(text) else text


def _full_stops(text: str) -> str:
    """ASCII punctuation of a Chinese text in its full-width form, where it is no part of a number or a code.

    >>> _full_stops("投稿1,200篇,采用45篇.二是宣讲(12场);")
    '投稿1,200篇，采用45篇。二是宣讲（12场）；'
    """
    text = _ASCII_STOP.sub(lambda match: _FULL[match[0]], text)
    return _ASCII_QUOTES.sub("“\\1”", text) if '"' in text else text


# One sign after the other: ``str.translate`` asks a table for each character, twenty times slower.
_FULL_WIDTH = tuple(zip(",;!?:()「」『』〝〞", "，；！？：（）“”“”“”", strict=True))
_FULL_STOP = re.compile(r"(?<![0-9])\.|\.(?![0-9])")


def full_width(text: str) -> str:
    """The same text with the punctuation of Chinese print, sign for sign: the patterns know no other.

    >>> full_width('被评为"文明镇".')
    '被评为“文明镇”。'
    """
    for sign, full in _FULL_WIDTH:
        text = text.replace(sign, full)
    if "." in text:
        text = _FULL_STOP.sub("。", text)
    if '"' in text:
        parts = text.split('"')
        text = parts[0] + "".join(("“" if at % 2 == 0 else "”") + part for at, part in enumerate(parts[1:]))
    return text
